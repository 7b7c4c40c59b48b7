"""Who takes part in grouped purchases: authorities alone, by their agents, never who sells or carries a solution."""

from django.utils.translation import gettext as _

from catalogue.deployments.policy import carriers
from metropole.core.policy import Person, policy
from metropole.moderation.policy import is_editor, is_moderator
from metropole.organisations.enums import AUTHORITY_KINDS, Right
from metropole.organisations.models import Organisation
from metropole.organisations.querysets import OrganisationQuerySet

from .models import GroupMember, Interest, Message, Presentation, PurchasingGroup
from .querysets import acting_for


def carriers_of(presentation: Presentation) -> set[int]:
    """Who publishes or carries one of its solutions."""
    return {pk for sheet in presentation.sheets.values() for pk in carriers(sheet)}


def refusal(presentation: Presentation, organisation: Organisation) -> str:
    """Why an organisation takes no part in what follows from a presentation; "" where it may."""
    words = {"organisation": organisation.name}
    if not organisation.is_authority:
        return _("%(organisation)s is no authority: only authorities say that they are interested.") % words
    if not organisation.is_verified:
        return _("The Métropole has not verified %(organisation)s yet: it cannot take part.") % words
    if organisation.pk in carriers_of(presentation):
        return _("%(organisation)s publishes or carries one of these solutions: it cannot take part.") % words
    return ""


def refusal_of_person(presentation: Presentation, person: Person) -> str:
    """Why a person takes no part, whoever they act for; "" where they may."""
    if Organisation.objects.of(person).filter(pk__in=carriers_of(presentation)).exists():
        return _(
            "You are a member of an organisation that publishes or carries one of these solutions: a colleague acts."
        )
    return ""


def agents_authorities(person: Person, right: Right) -> OrganisationQuerySet:
    """The verified authorities for which a person holds a right."""
    return Organisation.objects.verified().of(person, right).filter(kind__in=AUTHORITY_KINDS)


def own_members(person: Person, group: PurchasingGroup, right: Right | None = None) -> list[GroupMember]:
    """The members of a group for which a person acts: of those whose right is named, or who contribute or engage."""
    authorities = acting_for(person) if right is None else agents_authorities(person, right)
    return list(group.present.filter(organisation__in=authorities))


def engages(person: Person, member: GroupMember | None) -> bool:
    return (
        member is not None
        and member.left_at is None
        and policy.may(person, "organisation.engage", member.organisation)
        and not refusal_of_person(member.group.presentation, person)
    )


@policy.rule("presentation.be_interested")
def may_be_interested(person: Person, target: tuple[Presentation, Organisation]) -> bool:
    """Say, for an authority, that it is interested in solutions."""
    presentation, organisation = target
    may = presentation.is_public and policy.may(person, "organisation.contribute", organisation)
    return may and not (refusal(presentation, organisation) or refusal_of_person(presentation, person))


@policy.rule("purchase_interest.take_back")
def may_take_back(person: Person, interest: Interest) -> bool:
    return policy.may(person, "organisation.contribute", interest.organisation)


@policy.rule("purchase_group.form")
def may_form(person: Person, target: tuple[Presentation, Organisation]) -> bool:
    """Form a group for an authority, or have it join one: that it is interested is asked elsewhere."""
    presentation, organisation = target
    may = presentation.is_public and policy.may(person, "organisation.engage", organisation)
    return may and not (refusal(presentation, organisation) or refusal_of_person(presentation, person))


@policy.rule("purchase_group.leave")
def may_leave(person: Person, member: GroupMember) -> bool:
    return engages(person, member)


@policy.rule("purchase_group.enter")
def may_enter(person: Person, group: PurchasingGroup) -> bool:
    """See what is the members' own: checklist, values, messages. Neither editors nor administrators do."""
    return bool(own_members(person, group)) and not refusal_of_person(group.presentation, person)


@policy.rule("purchase_group.work")
def may_work(person: Person, group: PurchasingGroup) -> bool:
    """Write messages, see to the checklist, say one's own part, while the group goes on."""
    return group.is_going_on and may_enter(person, group)


@policy.rule("purchase_group.designate")
def may_designate(person: Person, member: GroupMember) -> bool:
    """Designate a member as coordinator: for another member, as no authority designates itself."""
    others = [own for own in own_members(person, member.group, Right.ENGAGES) if own.pk != member.pk]
    return bool(others) and not refusal_of_person(member.group.presentation, person)


@policy.rule("purchase_group.answer")
def may_answer(person: Person, group: PurchasingGroup) -> bool:
    """Accept or decline to coordinate, for the authority that is designated."""
    return engages(person, group.candidate)


@policy.rule("purchase_group.coordinate")
def may_coordinate(person: Person, group: PurchasingGroup) -> bool:
    return engages(person, group.coordinator)


@policy.rule("purchase_group.give_up")
def may_give_up(person: Person, group: PurchasingGroup) -> bool:
    """The coordinator; any member as long as there is none."""
    if group.coordinator_id:
        return may_coordinate(person, group)
    return any(engages(person, member) for member in own_members(person, group, Right.ENGAGES))


@policy.rule("purchase_group.archive")
def may_archive(person: Person, group: PurchasingGroup) -> bool:
    return is_moderator(person)


@policy.rule("purchase_group.list")
def may_list(person: Person, _nothing: None) -> bool:
    """The list of groups in the admin, without what is the members' own."""
    return is_editor(person)


@policy.rule("presentation.archive")
def may_archive_presentation(person: Person, presentation: Presentation) -> bool:
    return is_moderator(person)


@policy.rule("purchase_message.remove")
def may_remove_message(person: Person, message: Message) -> bool:
    """One's own, as long as one is in the group."""
    return message.author_id == person.pk and not message.is_removed and may_enter(person, message.group)


@policy.rule("purchase_message.report")
def may_report_message(person: Person, message: Message) -> bool:
    """Have a moderator read a message of somebody else; one that was reported once is not reported again."""
    is_new = message.reported_at is None and not message.is_removed
    return is_new and message.author_id != person.pk and may_enter(person, message.group)


@policy.rule("purchase_message.settle")
def may_settle(person: Person, message: Message) -> bool:
    """Decide on what is reported: a moderator who is in none of the group's authorities."""
    if not (message.is_reported and is_moderator(person)):
        return False
    authorities = message.group.members.values("organisation")
    return not Organisation.objects.of(person).filter(pk__in=authorities).exists()
