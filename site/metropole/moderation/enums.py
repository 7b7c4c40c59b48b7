from django.db import models
from django.utils.translation import gettext_lazy as _


class Review(models.TextChoices):
    """Where a page stands with those who read it before everybody does."""

    NONE = "none", _("not submitted")
    WAITING = "waiting", _("waits for a moderator")
    CHANGES = "changes", _("changes requested")


class Presence(models.TextChoices):
    """Where a page stands with its readers."""

    NEVER = "never", _("never published")
    ONLINE = "online", _("online")
    TAKEN_DOWN = "taken_down", _("taken offline")
    REMOVED = "removed", _("removed, with a page that says so")


class ContentState(models.TextChoices):
    """What its authors are told of a page: its review and its presence in one word."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    PUBLISHED = "published", _("online")
    PUBLISHED_UNDER_REVISION = "published_under_revision", _("published, a new version is being reviewed")
    UNPUBLISHED = "unpublished", _("taken offline")
    REMOVED = "removed", _("removed")


WAITING_STATES = (ContentState.SUBMITTED, ContentState.PUBLISHED_UNDER_REVISION)
"""A moderator has it: its authors do not change it meanwhile."""


class DeletionState(models.TextChoices):
    ASKED = "asked", _("asked for")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReportKind(models.TextChoices):
    """What may be wrong with a page."""

    FACT = "fact", _("a fact is wrong or out of date")
    LINK = "link", _("a link or a file does not work")
    PERSON = "person", _("it concerns me and should not be there")
    ACCESS = "access", _("I cannot read or use it (accessibility)")
    OTHER = "other", _("something else")


class ReportState(models.TextChoices):
    RECEIVED = "received", _("received")
    ASSIGNED = "assigned", _("somebody looks into it")
    CLOSED = "closed", _("answered")


class MessageKind(models.TextChoices):
    """The decisions for which moderators keep ready-made words."""

    CHANGES = "changes", _("request for changes")
    REFUSAL = "refusal", _("refusal")
    DELETION = "deletion", _("deletion")
    REPORT = "report", _("answer to an error report")


class Waiting(models.TextChoices):
    """What waits in the queue of moderators."""

    NEW = "new", _("new content")
    REVISION = "revision", _("new version")
    DELETION = "deletion", _("deletion")
    REPORT = "report", _("error report")
    ORGANISATION = "organisation", _("organisation to be verified")
    DEPLOYMENT = "deployment", _("deployment to be confirmed")
    TAKEOVER = "takeover", _("sheet asked for by its publisher")
    NEED = "need", _("need to be published")
    AMENDMENT = "amendment", _("change of an open need")
    WITHDRAWAL = "withdrawal", _("need to be withdrawn")
    MESSAGE = "message", _("message that is reported")
