"""A page goes at the request of its organisation, and says so at its addresses; a mistake is undone."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page

from metropole.core.audit import record
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.core.versions import language_codes
from metropole.organisations.models import Organisation

from . import notifications
from .enums import DeletionState
from .models import DeletionRequest, Tombstone, TombstonePath
from .policy import keepers
from .services import locked, reason_of, settle_all
from .transitions import DELETION, STEP, require, write_down


@transaction.atomic
def ask(
    page: Page,
    by: AbstractUser,
    organisation: Organisation | None,
    reason: str,
    safe_version: str = "",
    alternatives: Iterable[Page] = (),
) -> DeletionRequest:
    """Asks that a published page be removed, in all its languages.

    ``organisation``: one of those that keep it up; None for editors, where no organisation does.
    """
    page, reason = locked(page), reason_of(reason)
    policy.require(by, "content.ask_deletion", page)
    if organisation is not None:
        policy.require(by, "organisation.contribute", organisation)
        if organisation not in keepers(page):
            raise PermissionDenied
    elif keepers(page):
        raise PermissionDenied
    if not page.live:
        raise TransitionRefusedError(_("This page is not online."))
    if not reason:
        raise TransitionRefusedError({"reason": _("Say why: the page that stays at its address says it.")})
    if DeletionRequest.objects.filter(page=page.pk, state=DeletionState.ASKED).exists():
        raise TransitionRefusedError(_("The deletion of this page is already asked for."))
    asked = DeletionRequest.objects.create(
        page_id=page.pk,
        title=page.title,
        organisation=organisation,
        reason=reason,
        safe_version=safe_version,
        asked_by=by,
    )
    asked.alternatives.set(alternatives)
    record(page, "moderation.deletionrequest.ask", by, organisation=organisation, reason=reason)
    return asked


def withdraw(request: DeletionRequest, by: AbstractUser) -> None:
    DELETION.apply(request, "withdraw", by)


@transaction.atomic
def refuse(request: DeletionRequest, by: AbstractUser, answer: str) -> None:
    """The page stays."""
    _decided(request, by, reason_of(answer))
    DELETION.apply(request, "refuse", by, reason=request.answer, changed=_DECISION)
    notifications.deletion_refused(request)


@transaction.atomic
def grant(
    request: DeletionRequest,
    by: AbstractUser,
    reason: str = "",
    instead: Page | None = None,
    safe_version: str | None = None,
    alternatives: Iterable[Page] | None = None,
) -> None:
    """Removes the page in all its languages. ``reason``, ``safe_version``, ``alternatives``: what its addresses say, if
    not what the organisation said; ``instead``: what they lead to.
    """
    if request.page is None:
        raise TransitionRefusedError(_("This page does not exist any more."))
    page, said = locked(request.page), reason_of(reason) or request.reason
    before = require(STEP["remove"], page, by, said)
    _decided(request, by, said)
    DELETION.apply(request, "grant", by, changed=_DECISION)
    if state := page.current_workflow_state:
        state.cancel(user=by)
        settle_all(page)
    versions = list(_live_versions(page))
    last_words = {"safe_version": request.safe_version if safe_version is None else safe_version}
    others = list(request.alternatives.all() if alternatives is None else alternatives)
    for version in versions:
        _bury(version, request, by, others, reason=said, instead=instead, **last_words)
    for version in versions:
        version.refresh_from_db()
        UnpublishPageAction(version, user=by).execute(skip_permission_checks=True)
    write_down(STEP["remove"], page, by, before, organisation=request.organisation, reason=said)
    notifications.deletion_granted(request)


@transaction.atomic
def restore(page: Page, by: AbstractUser) -> None:
    """Puts a removed page back, in all its languages, as it was."""
    page = locked(page)
    before = require(STEP["restore"], page, by)
    buried = Tombstone.objects.standing().filter(page__translation_key=page.translation_key)
    # The original first: its translations follow it.
    for tombstone in sorted(buried, key=lambda kept: kept.page_id != page.pk):
        tombstone.restored_at = timezone.now()
        tombstone.save(update_fields=["restored_at"])
        if tombstone.revision:
            tombstone.revision.publish(user=by, skip_permission_checks=True)
    write_down(STEP["restore"], page, by, before)
    notifications.restored(page)


def original_of(page: Page) -> Page:
    """The page that stands for all its languages."""
    versions = Page.objects.filter(translation_key=page.translation_key).order_by("pk")
    return versions.first().specific


def addresses(page: Page) -> set[str]:
    """Where a page is read: below its parent's address in each language, translated or not."""
    parent = page.get_parent().specific
    return {f"{parent.address_in(code).path}{page.slug}/" for code in language_codes()}


_DECISION = ("decided_by", "decided_at", "answer")


def _decided(request: DeletionRequest, by: AbstractUser, answer: str) -> None:
    request.decided_by, request.decided_at, request.answer = by, timezone.now(), answer


def _live_versions(page: Page) -> Iterator[Page]:
    yield page
    yield from (other.specific for other in page.get_translations().live())


def _bury(page: Page, request: DeletionRequest, by: AbstractUser, alternatives: list[Page], **said: Any) -> None:
    tombstone = Tombstone.objects.create(
        page_id=page.pk,
        revision_id=page.live_revision_id,
        title=page.title,
        language=page.language,
        organisation=request.organisation,
        removed_by=by,
        **said,
    )
    tombstone.alternatives.set(alternatives)
    paths = [TombstonePath(tombstone=tombstone, path=path) for path in sorted(addresses(page))]
    TombstonePath.objects.bulk_create(paths)
