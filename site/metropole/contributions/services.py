"""What people do to contributions. Each service locks the row, asks the policy, and changes all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from metropole.content.models import ContentPage
from metropole.core.audit import record, register_action, register_words
from metropole.core.lifecycle import TransitionRefusedError
from metropole.core.policy import policy
from metropole.moderation import services as moderation
from metropole.moderation.enums import WAITING_STATES
from metropole.moderation.policy import keepers
from metropole.organisations.models import Organisation

from .adapters import Typed
from .conflicts import Merge, Seen, digest, merge
from .enums import ContributionState
from .files.documents import publish_files
from .forms import step_form
from .kinds import Kind, kind_for_page, kind_of
from .models import Contribution
from .pages import current_page, drafted_page, fill, parent_page, placed, typed_from
from .transitions import LIFECYCLE

LONGEST_SLUG = 80
BEGUN, DELETED = "contributions.contribution.begin", "contributions.contribution.delete"


@dataclass(frozen=True)
class Missing:
    """What a contribution lacks to be sent: in which step (0: its files), in which field, and what is wrong."""

    step: int
    field: str
    label: str
    errors: list[str]


class IncompleteError(Exception):
    """It cannot be sent as it is."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__()
        self.missing = missing


class OutdatedError(Exception):
    """Meanwhile its page was changed by somebody else, in fields that were changed here too."""

    def __init__(self, merged: Merge) -> None:
        super().__init__()
        self.merged = merged


@transaction.atomic
def begin(kind: Kind, organisation: Organisation, person: AbstractUser, about: Page | None = None) -> Contribution:
    """A new draft; the organisation's own where it has already begun to add to the same content."""
    policy.require(person, "organisation.contribute", organisation)
    if not kind.is_for(organisation):
        raise PermissionDenied
    if about is not None:
        # Of two who begin at once, the second finds what the first began.
        Page.objects.select_for_update(of=("self",)).get(pk=about.pk)
        begun = Contribution.objects.filter(about=about, organisation=organisation).first()
        if begun:
            return begun
    data: dict[str, Typed] = {}
    if organisation.territory_id and "territories" in kind.fields:
        data["territories"] = [str(organisation.territory_id)]
    contribution = Contribution.objects.create(
        kind=kind.name, organisation=organisation, author=person, about=about, data=data
    )
    record(contribution, BEGUN, person, organisation=organisation)
    return contribution


@transaction.atomic
def begin_from(page: Page, person: AbstractUser) -> Contribution | None:
    """The contribution by which a content of the site is edited; None if this is not for that person."""
    known = Contribution.objects.filter(page=page).first()
    if known:
        return known if policy.may(person, "contribution.edit", known) else None
    kind = kind_for_page(page)
    if kind is None:
        return None
    owners = [owner for owner in keepers(page) if policy.may(person, "organisation.contribute", owner)]
    if not owners:
        return None
    return Contribution.objects.create(
        kind=kind.name, organisation=owners[0], author=person, page=page, state=ContributionState.SENT
    )


def hand_over(page: Page, organisation: Organisation) -> None:
    """A page that is another organisation's from now on: what the former one was writing of it goes."""
    for former in Contribution.objects.filter(page=page.pk).exclude(organisation=organisation):
        former.files.filter(document=None).delete()
        former.organisation, former.state, former.data = organisation, ContributionState.SENT, {}
        former.save(update_fields=["organisation", "state", "data"])


@transaction.atomic
def save(contribution: Contribution, person: AbstractUser, typed: Mapping[str, Typed], seen: Seen) -> Merge:
    """Keeps what somebody typed, but for fields in conflict. Raises TransitionRefusedError once it is sent."""
    _lock(contribution)
    policy.require(person, "contribution.edit", contribution)
    if not contribution.is_being_written:
        raise TransitionRefusedError(_("This was sent meanwhile: take it up again to change it."))
    merged = merge(contribution.data, typed, seen)
    _store(contribution, merged.data)
    return merged


def missing(contribution: Contribution) -> list[Missing]:
    """What would be refused, in the order of the form."""
    kind = kind_of(contribution)
    found = []
    for number, step in enumerate(kind.steps, start=1):
        form = step_form(kind, step, contribution.data, check=True, is_complete=True)
        found += [Missing(number, name, str(form.fields[name].label), list(form.errors[name])) for name in form.errors]
    found += _refused_as_a_whole(contribution, {lack.field for lack in found})
    for file in contribution.files.filter(is_removed=False):
        if not file.is_clean:
            found.append(Missing(0, f"file-{file.pk}", str(file), [str(capfirst(file.get_scan_display()))]))
    return found


def _refused_as_a_whole(contribution: Contribution, known: set[str]) -> list[Missing]:
    """What fields of different steps may not say together, where each is right by itself."""
    kind = kind_of(contribution)
    if kind.refusals is None:
        return []
    refused = kind.refusals(drafted_page(contribution), contribution)
    left = {name: message for name, message in refused.items() if name not in known}
    return _located(contribution, ValidationError(left)) if left else []


@transaction.atomic
def send(contribution: Contribution, person: AbstractUser, version: int) -> ContentPage:
    """Hands it to the moderators, as a new page or a new version of its page: once, however often it is asked.

    ``version``: the one that the person has checked. Raises IncompleteError, OutdatedError, TransitionRefusedError.
    """
    _lock(contribution)
    LIFECYCLE.apply(contribution, "send", person)
    if contribution.version != version:
        raise TransitionRefusedError(_("Somebody has changed it since you opened this page. Check it again."))
    if lacking := missing(contribution):
        raise IncompleteError(lacking)
    _settle_requests(contribution, person)
    _follow_page(contribution)
    try:
        page = _written(contribution, person)
    except ValidationError as error:
        raise IncompleteError(_located(contribution, error)) from error
    moderation.submit(page, by=person, organisation=contribution.organisation)
    return page


@transaction.atomic
def reopen(contribution: Contribution, person: AbstractUser) -> None:
    """Takes up again what was sent, from what its page has become; what is being reviewed is taken back first."""
    LIFECYCLE.apply(contribution, "reopen", person)
    page = contribution.page
    if moderation.state_of(page) in WAITING_STATES:
        moderation.withdraw(page, by=person)
    policy.require(person, "content.edit", page.specific)
    latest = page.get_latest_revision()
    contribution.base = latest
    version = latest.as_object() if latest else page.specific
    _store(contribution, typed_from(version, kind_of(contribution)), "base")


@transaction.atomic
def follow_page(contribution: Contribution, person: AbstractUser, choices: Mapping[str, str]) -> None:
    """Settles what differs from the page as somebody else has changed it: by field, "mine" or "theirs"."""
    _lock(contribution)
    policy.require(person, "contribution.edit", contribution)
    merged = _merged_with_page(contribution)
    chosen = {conflict.field: conflict for conflict in merged.conflicts}
    if set(chosen) - {name for name, choice in choices.items() if choice in ("mine", "theirs")}:
        raise OutdatedError(merged)
    data = dict(merged.data)
    for name, conflict in chosen.items():
        data[name] = conflict.yours if choices[name] == "mine" else conflict.theirs
    contribution.base = contribution.page.get_latest_revision()
    _store(contribution, data, "base")


@transaction.atomic
def delete_draft(contribution: Contribution, person: AbstractUser) -> None:
    """Throws away what was never sent, or the changes to what was: its page stays as it is."""
    _lock(contribution)
    policy.require(person, "contribution.edit", contribution)
    if not contribution.is_being_written:
        raise TransitionRefusedError(_("This was sent meanwhile: take it up again to change it."))
    record(contribution, DELETED, person, organisation=contribution.organisation, before={"title": str(contribution)})
    if contribution.page_id is None:
        contribution.delete()
        return
    contribution.files.filter(document=None).delete()
    contribution.files.update(is_removed=False)
    contribution.state = ContributionState.SENT
    contribution.save(update_fields=["state"])


def register_actions() -> None:
    from django.utils.translation import gettext_lazy

    register_action(BEGUN, gettext_lazy("begin a contribution"))
    register_action(DELETED, gettext_lazy("delete a draft"))
    register_words("title", gettext_lazy("title"))


def mended(contribution: Contribution, field: str) -> bool:
    """Whether a field, or anything at all for an empty name, differs from the version that was sent."""
    if contribution.base is None:
        return False
    sent = typed_from(contribution.base.as_object(), kind_of(contribution))
    names = [field] if field in sent else list(sent)
    return any(digest(sent[name]) != digest(contribution.data.get(name)) for name in names)


def _lock(contribution: Contribution) -> None:
    """Reads it again, and keeps others waiting."""
    rows = Contribution.objects.select_for_update(of=("self",)).filter(pk=contribution.pk)
    if not rows.values_list("pk", flat=True).first():
        raise TransitionRefusedError(_("This draft was deleted meanwhile."))
    contribution.refresh_from_db()


def _store(contribution: Contribution, data: dict[str, Any], *others: str) -> None:
    if data != contribution.data:
        contribution.data, contribution.version = data, contribution.version + 1
        contribution.updated_at = timezone.now()
        others = (*others, "data", "version", "updated_at")
    if others:
        contribution.save(update_fields=others)


def _written(contribution: Contribution, person: AbstractUser) -> ContentPage:
    """Its page with what was typed: new, or with a new version."""
    kind = kind_of(contribution)
    page = current_page(contribution)
    for step in kind.steps:
        form = step_form(kind, step, contribution.data, check=True, is_complete=True)
        form.full_clean()
        fill(page, contribution, {name: form.cleaned_data[name] for name in step.fields})
    if kind.files:
        files, own = publish_files(contribution, person)
        kind.files.attach(page, files, own)
    if contribution.page_id is None:
        parent = parent_page(contribution)
        # Pages of the same title that are put below one section at once take turns to choose their addresses.
        Page.objects.select_for_update(of=("self",)).get(pk=parent.pk)
        page.live = False
        placed(page, parent)
        page.slug = page._get_autogenerated_slug(slugify(page.title)[:LONGEST_SLUG] or kind.name)
        page.full_clean()
        parent.add_child(instance=page)
        contribution.page = page.page_ptr
    contribution.base = page.save_revision(user=person)
    contribution.save(update_fields=["page", "base"])
    return page


def _follow_page(contribution: Contribution) -> None:
    """Takes over what somebody else has changed on the page meanwhile, where nothing was changed here."""
    if contribution.page_id is None:
        return
    merged = _merged_with_page(contribution)
    if merged.conflicts:
        raise OutdatedError(merged)
    contribution.base = contribution.page.get_latest_revision()
    _store(contribution, merged.data, "base")


def _merged_with_page(contribution: Contribution) -> Merge:
    latest = contribution.page.get_latest_revision()
    if contribution.base_id is None or latest is None or latest.pk == contribution.base_id:
        return Merge(dict(contribution.data), [], {})
    kind = kind_of(contribution)
    before = typed_from(contribution.base.as_object(), kind)
    now = typed_from(latest.as_object(), kind)
    typed = {name: contribution.data.get(name, "") for name in kind.fields}
    return merge(now, typed, {name: digest(value) for name, value in before.items()})


def _located(contribution: Contribution, error: ValidationError) -> list[Missing]:
    """What the page itself refuses, at the field where it can be mended."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    kind = kind_of(contribution)
    found = []
    for name, errors in by_field.items():
        number = next((rank for rank, step in enumerate(kind.steps, start=1) if name in step.fields), 1)
        label = str(step_form(kind, kind.steps[number - 1], {}).fields[name].label) if name in kind.fields else ""
        found.append(Missing(number, name, label, errors))
    return found


def _settle_requests(contribution: Contribution, person: AbstractUser) -> None:
    """Ticks off the requested changes that were made, before the new version becomes the last one."""
    if contribution.page_id is None:
        return
    for request in moderation.open_requests(contribution.page):
        if mended(contribution, request.field):
            moderation.settle(request, person)
