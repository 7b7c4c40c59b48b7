"""Who may do what to a content on its way to its readers. Nobody approves their own work."""

from django.db.models import Q
from wagtail.models import Page

from metropole.content.models import ContentPage
from metropole.core.policy import Person, policy
from metropole.organisations.enums import OrganisationKind
from metropole.organisations.models import Organisation

from .enums import Presence, Review
from .models import DeletionRequest, ErrorReport, Submission
from .states import presence_of, review_of

MODERATORS = "Moderators"
EDITORS = "Editors"


def is_moderator(person: Person) -> bool:
    return person.is_superuser or person.groups.filter(name=MODERATORS).exists()


def is_editor(person: Person) -> bool:
    """Of the Métropole: editors prepare, moderators decide."""
    return person.is_superuser or person.groups.filter(name__in=(MODERATORS, EDITORS)).exists()


def contributes_to(person: Person, page: Page) -> bool:
    """Whether the person contributes for an organisation that keeps the content up."""
    return any(policy.may(person, "organisation.contribute", keeper) for keeper in keepers(page))


def owners(page: Page) -> list[Organisation]:
    """The organisations whose content a page is."""
    return list(Organisation.objects.filter(contents=page.pk))


def keepers(page: Page) -> list[Organisation]:
    """Those of its organisations that may change it."""
    specific = page.specific
    return [owner for owner in owners(page) if not isinstance(specific, ContentPage) or specific.is_kept_by(owner)]


def is_own_work(person: Person, page: Page) -> bool:
    """Whether a person has a part in a page: by submitting it, or as a member of an organisation whose work it is.

    The Métropole publishes this site: what it carries without having submitted it is not taken for its members' own.
    """
    submission = open_submission(page)
    if submission and submission.submitted_by_id == person.pk:
        return True
    submitting = Q(submissions__workflow_state__object_id=str(page.pk))
    carrying = Q(contents=page.pk) & ~Q(kind=OrganisationKind.METROPOLE)
    return Organisation.objects.of(person).filter(submitting | carrying).exists()


def open_submission(page: Page) -> Submission | None:
    """The last reading of a page whose workflow is not at its end."""
    state = page.workflow_states.active().first()
    return Submission.objects.filter(workflow_state=state).order_by("-pk").first() if state else None


@policy.rule("content.edit")
def may_edit(person: Person, page: Page) -> bool:
    """Write another version on the site itself; not while moderators read the last one."""
    if review_of(page) == Review.WAITING or presence_of(page) == Presence.REMOVED:
        return False
    return contributes_to(person, page)


@policy.rule("content.submit")
def may_submit(person: Person, page: Page) -> bool:
    return contributes_to(person, page) or page.permissions_for_user(person).can_edit()


@policy.rule("content.withdraw")
def may_withdraw(person: Person, page: Page) -> bool:
    submission = open_submission(page)
    if submission is None:
        return False
    if submission.submitted_by_id == person.pk:
        return True
    return submission.organisation is not None and policy.may(
        person, "organisation.contribute", submission.organisation
    )


@policy.rule("content.moderate")
def may_moderate(person: Person, page: Page) -> bool:
    """Decide on what is submitted."""
    return is_moderator(person) and not is_own_work(person, page)


@policy.rule("content.publish")
def may_publish(person: Person, page: Page) -> bool:
    """Besides the right to publish, that Wagtail asks for: what is in review is approved, not published past it."""
    if review_of(page) != Review.NONE or presence_of(page) == Presence.REMOVED:
        return False
    return not is_own_work(person, page)


@policy.rule("content.unpublish")
@policy.rule("content.delete")
def may_take_offline(person: Person, page: Page) -> bool:
    """Besides the right that Wagtail asks for."""
    return not is_own_work(person, page)


@policy.rule("content.ask_deletion")
def may_ask_deletion(person: Person, page: Page) -> bool:
    """Its organisations; for what none of them keeps up, the editors."""
    return contributes_to(person, page) or (is_editor(person) and not keepers(page))


@policy.rule("content.decide_deletion")
def may_decide_deletion(person: Person, page: Page) -> bool:
    return is_moderator(person) and not is_own_work(person, page)


@policy.rule("content.restore")
def may_restore(person: Person, page: Page) -> bool:
    return is_moderator(person) and not is_own_work(person, page)


@policy.rule("content.confirm")
def may_confirm(person: Person, page: Page) -> bool:
    """Say that it is still accurate."""
    return contributes_to(person, page) or is_editor(person)


@policy.rule("deletion.decide")
def may_decide(person: Person, request: DeletionRequest) -> bool:
    if request.page is None or request.asked_by_id == person.pk:
        return False
    if request.organisation_id and Organisation.objects.of(person).filter(pk=request.organisation_id).exists():
        return False
    return may_decide_deletion(person, request.page)


@policy.rule("deletion.withdraw")
def may_withdraw_deletion(person: Person, request: DeletionRequest) -> bool:
    if request.asked_by_id == person.pk:
        return True
    return request.organisation is not None and policy.may(person, "organisation.contribute", request.organisation)


@policy.rule("moderation.queue")
def may_see_queue(person: Person, _nothing: None) -> bool:
    return person.has_perm("wagtailadmin.access_admin") and is_editor(person)


@policy.rule("report.handle")
def may_handle_report(person: Person, _report: ErrorReport | None) -> bool:
    return may_see_queue(person, None)
