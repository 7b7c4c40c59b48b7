from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.models import Page, Revision

from metropole.content.enums import Licence
from metropole.organisations.models import Organisation

from .enums import ContributionState, ScanState
from .files.names import stored_name


class Contribution(models.Model):
    """What an organisation writes for the site. It is only data until it is sent: then it becomes a page's revision.

    ``data`` holds what was typed, as it was typed, by field: nothing is lost because it is unfinished or wrong.
    ``version`` counts the changes of it. ``base``: the version of the page from which it goes on. ``about``: what it
    adds to, for a feedback.
    """

    kind = models.CharField(_("kind"), max_length=20)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contributions", verbose_name=_("organisation")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="contributions", verbose_name=_("author")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ContributionState, default=ContributionState.WRITING, editable=False
    )
    page = models.OneToOneField(Page, models.CASCADE, null=True, editable=False, related_name="contribution")
    about = models.ForeignKey(Page, models.CASCADE, null=True, editable=False, related_name="feedback_contributions")
    data = models.JSONField(_("what was typed"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    base = models.ForeignKey(Revision, models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last changed at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "organisation"], condition=models.Q(about__isnull=False), name="feedback_once_each"
            )
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    @property
    def title(self) -> str:
        return " ".join(str(self.data.get("title", "")).split())[:200]

    @property
    def title_language(self) -> str:
        """Of its heading, where that is its own title: contributions are written in the site's own language."""
        return settings.LANGUAGE_CODE if self.title and not self.about_id else ""

    @property
    def is_being_written(self) -> bool:
        return self.state == ContributionState.WRITING

    @property
    def acting_organisation(self) -> Organisation:
        """For the log: what is done to it is done for its organisation."""
        return self.organisation


class ContributedFile(models.Model):
    """A file of a contribution. Nobody else reads it before the page that holds it is published.

    ``document``: what it is for Wagtail, from the first sending on. One that is taken away (``is_removed``) is still
    read on the published page, until the next version of that page is published.
    """

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="files", verbose_name=_("contribution"))
    document = models.OneToOneField(
        get_document_model_string(), models.SET_NULL, null=True, editable=False, related_name="contributed_file"
    )
    file = models.FileField(_("file"), upload_to=stored_name, max_length=100, editable=False)
    name = models.CharField(_("name"), max_length=150, editable=False)
    content_type = models.CharField(_("content type"), max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    title = models.CharField(_("title"), max_length=150, help_text=_("E.g. “Model of an evaluation grid”."))
    accessible_version = models.CharField(
        _("accessible version"),
        max_length=250,
        blank=True,
        help_text=_("Where the same content can be read accessibly, e.g. “the text of this page”."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=30,
        choices=Licence,
        default=Licence.ETALAB,
        help_text=_("How others may reuse it. The Open Licence asks them to name the source, nothing more."),
    )
    scan = models.CharField(_("antivirus"), max_length=10, choices=ScanState, editable=False)
    is_public = models.BooleanField(_("published"), default=False, editable=False)
    is_removed = models.BooleanField(_("taken away"), default=False, editable=False)
    created_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("contributed file")
        verbose_name_plural = _("contributed files")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def is_clean(self) -> bool:
        return self.scan == ScanState.CLEAN

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].upper()
