"""What people do to a content on its way to its readers. Each service locks the page, asks the table and the policy,
and writes in the log; a refusal changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from metropole.content.models import ContentPage
from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from . import notifications
from .acting import acting_for
from .comparison import differences
from .models import LONGEST_REASON, ChangeRequest, Submission
from .policy import open_submission, owners
from .states import state_of as state_of
from .transitions import STEP, require, write_down

Requests = Iterable[tuple[str, str]]
"""Fields, by name, and what is to be changed in them."""


def open_requests(page: Page) -> QuerySet[ChangeRequest]:
    """What moderators want to see changed in a page and nobody has settled yet."""
    return ChangeRequest.objects.filter(page=page.pk, settled_at=None).select_related("page")


@transaction.atomic
def submit(page: Page, by: AbstractUser, organisation: Organisation | None = None) -> None:
    """Has the last version of a page read by moderators: for the first time, or again after the requested changes.

    ``organisation``: one of those whose content it is; None for who works in the admin. Raises TransitionRefusedError,
    PermissionDenied.
    """
    page = locked(page)
    before = require(STEP["submit"], page, by)
    if organisation is not None:
        policy.require(by, "organisation.contribute", organisation)
        if organisation not in owners(page):
            raise PermissionDenied
    if page.latest_revision is None:
        page.save_revision(user=by)
    if page.live and not page.has_unpublished_changes:
        raise TransitionRefusedError(_("Nothing has changed since it was published."))
    state = page.current_workflow_state
    with acting_for(organisation):
        if state:
            state.resume(by)
        else:
            page.get_workflow().start(page, by)
    write_down(STEP["submit"], page, by, before, organisation=organisation)


@transaction.atomic
def withdraw(page: Page, by: AbstractUser) -> None:
    """Takes a submission back: the page may be changed again, what was published stays."""
    page = locked(page)
    before = require(STEP["withdraw"], page, by)
    organisation = open_submission(page).organisation
    page.current_workflow_state.cancel(user=by)
    settle_all(page)
    write_down(STEP["withdraw"], page, by, before, organisation=organisation)


@transaction.atomic
def request_changes(page: Page, by: AbstractUser, requests: Requests) -> None:
    """Gives a submission back to its authors, with what is to be changed and why."""
    page, asked = locked(page), [(field, reason_of(reason)) for field, reason in requests if reason.strip()]
    reason = "\n".join(reason for _field, reason in asked)
    before = require(STEP["request_changes"], page, by, reason)
    submission = open_submission(page)
    made = [
        ChangeRequest(page_id=page.pk, submission=submission, field=field, reason=reason, made_by=by)
        for field, reason in asked
    ]
    ChangeRequest.objects.bulk_create(made)
    submission.reject(user=by, comment=reason)
    write_down(STEP["request_changes"], page, by, before, organisation=submission.organisation, reason=reason)
    notifications.changes_requested(page, submission, made)


@transaction.atomic
def refuse(page: Page, by: AbstractUser, reason: str) -> None:
    """Ends a review without publishing; the authors keep their draft."""
    page, reason = locked(page), reason_of(reason)
    before = require(STEP["refuse"], page, by, reason)
    submission = open_submission(page)
    page.current_workflow_state.cancel(user=by)
    # Afterwards: Wagtail empties it on the way.
    submission.comment = reason
    submission.save(update_fields=["comment"])
    settle_all(page)
    write_down(STEP["refuse"], page, by, before, organisation=submission.organisation, reason=reason)
    notifications.refused(page, submission, reason)


@transaction.atomic
def approve(page: Page, by: AbstractUser, revision_id: int | None = None) -> None:
    """Publishes the last version of a page. ``revision_id``: the one that the moderator has read."""
    page = locked(page)
    before = require(STEP["approve"], page, by)
    submission = open_submission(page)
    if revision_id not in (None, page.latest_revision_id):
        raise TransitionRefusedError(_("There is another version now: read it before you decide."))
    _refuse_own_words(page, submission, by)
    latest = page.get_latest_revision_as_object()
    if isinstance(latest, ContentPage) and (refused := latest.refusals()):
        raise TransitionRefusedError(list(refused.values()))
    submission.approve(user=by)
    page.refresh_from_db()
    settle_all(page)
    write_down(STEP["approve"], page, by, before, organisation=submission.organisation)
    notifications.published(page, submission)


def decide(
    form_class: type[forms.Form], task_state: TaskState, user: AbstractUser, action: str, said: Mapping[str, Any]
) -> None:
    """A decision from Wagtail's own screens, whose words were not necessarily checked."""
    form = form_class(said)
    page = task_state.workflow_state.content_object
    current = open_submission(page)
    if current is None or current.pk != task_state.pk or not form.is_valid():
        raise PermissionDenied
    try:
        if action == "approve":
            approve(page, user)
        elif action == "reject":
            request_changes(page, user, [(form.cleaned_data["field"], form.cleaned_data["reason"])])
        elif action == "refuse":
            refuse(page, user, form.cleaned_data["reason"])
    except ValidationError as error:
        raise PermissionDenied(error.messages) from error


def settle(request: ChangeRequest, by: AbstractUser | None = None) -> None:
    """A requested change is made."""
    done = ChangeRequest.objects.filter(pk=request.pk, settled_at=None).update(settled_at=timezone.now())
    request.refresh_from_db(fields=["settled_at"])
    if done:
        record(request.page.specific_deferred, "moderation.changerequest.settle", by, reason=request.reason)


def locked(page: Page) -> Page:
    """The page as the database has it now, of its own kind, while nobody else acts on it.

    Raises Page.DoesNotExist.
    """
    Page._base_manager.select_for_update(of=("self",)).only("pk").get(pk=page.pk)
    return Page.objects.get(pk=page.pk).specific


def reason_of(reason: str) -> str:
    """A reason as it is kept. Raises TransitionRefusedError for one that is too long."""
    if len(reason) > LONGEST_REASON:
        raise TransitionRefusedError(
            {"reason": _("This is too long: %(count)d characters at most.") % {"count": LONGEST_REASON}}
        )
    return reason.strip()


def settle_all(page: Page) -> None:
    """What was requested of a version that is not under review any more is not awaited any more."""
    ChangeRequest.objects.filter(page=page.pk, settled_at=None).update(settled_at=timezone.now())


def _refuse_own_words(page: Page, submission: Submission, by: AbstractUser) -> None:
    """A moderator who has changed the text since it was submitted is one of its authors."""
    latest = page.latest_revision
    if latest.pk == submission.revision_id or latest.user_id != by.pk:
        return
    if differences(page, submission.revision.as_object(), latest.as_object()):
        raise TransitionRefusedError(_("You have changed this text: somebody else must approve it."))
