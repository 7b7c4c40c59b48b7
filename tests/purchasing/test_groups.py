"""Authorities gather to buy: who joins, who coordinates, who leaves, and how far the group has come."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from metropole.core.lifecycle import TransitionRefusedError
from metropole.notifications.models import Notification
from metropole.purchasing import checklist, groups, steps
from metropole.purchasing.interests import RefusedError
from metropole.purchasing.models import ChecklistEntry, GroupMember, PurchasingGroup
from metropole.purchasing.transitions import GROUPS
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

from .conftest import CATEGORY, member_of
from .ready_to_sign import sign

URL = "https://marches.exemple.fr/consultation/12"


def to(name, group, *args):
    return reverse(f"purchasing:{name}", args=[group.key, *args])


def told(person):
    return {news.kind for news in Notification.objects.filter(person=person)}


# Forming and joining


def test_an_interested_authority_forms_a_group_and_the_others_are_told(as_person, presentation, first, second):
    url = reverse("purchasing:form_group", args=[presentation.slug])
    typed = {"organisation": first.organisation_id, "category": CATEGORY}
    answer = as_person(first.person).post(url, typed)
    group = PurchasingGroup.objects.get()
    assert answer["Location"] == to("room", group)
    assert [member.organisation for member in group.present] == [first.organisation]
    assert "purchase_group.formed" in told(second.person)
    assert "purchase_group.formed" not in told(first.person)


def test_only_who_is_interested_in_that_category_forms_or_joins(presentation, first, agent, group):
    stranger = agent()
    with pytest.raises(ValidationError):
        groups.form(presentation, "hardware", first.organisation, first.person)
    with pytest.raises(ValidationError):
        groups.join(group, stranger.organisation, stranger.person)
    assert PurchasingGroup.objects.count() == 1


def test_a_category_that_is_not_presented_is_refused_at_its_field(as_person, presentation, first):
    url = reverse("purchasing:form_group", args=[presentation.slug])
    for category in ("data", "", "x" * 50):
        answer = as_person(first.person).post(url, {"organisation": first.organisation_id, "category": category})
        assert answer.context["form"].errors["category"]
    assert not PurchasingGroup.objects.exists()


def test_there_is_one_group_at_a_time_for_a_category(presentation, group, second):
    with pytest.raises(TransitionRefusedError):
        groups.form(presentation, CATEGORY, second.organisation, second.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        PurchasingGroup.objects.create(presentation=presentation, category=CATEGORY)
    steps.take(group, "give_up", second.person, reason="Plus de budget")
    assert groups.form(presentation, CATEGORY, second.organisation, second.person).pk != group.pk


def test_who_contributes_without_engaging_the_authority_does_not_have_it_join(as_person, agent, say, group):
    membership = agent(engages=False)
    say(membership)
    with pytest.raises(PermissionDenied):
        groups.join(group, membership.organisation, membership.person)
    answer = as_person(membership.person).post(to("join", group), {"organisation": membership.organisation_id})
    assert answer.status_code == 403
    assert group.present.count() == 2


def test_a_company_cannot_join(as_person, group):
    company = MembershipFactory(organisation=OrganisationFactory(), contributes=True, deposits=True, owns=True)
    with pytest.raises(RefusedError):
        groups.join(group, company.organisation, company.person)
    answer = as_person(company.person).post(to("join", group), {"organisation": company.organisation_id})
    assert answer.status_code == 403
    assert group.present.count() == 2


def test_joining_twice_changes_nothing(as_person, group, second):
    answer = as_person(second.person).post(to("join", group), {"organisation": second.organisation_id})
    assert answer.status_code == 302
    assert group.present.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMember.objects.create(group=group, organisation=second.organisation)


def test_nobody_has_the_authority_of_others_join(as_person, agent, say, group):
    other, own = agent(), agent()
    say(other), say(own)
    answer = as_person(own.person).post(to("join", group), {"organisation": other.organisation_id})
    assert answer.context["form"].errors["organisation"]
    with pytest.raises(PermissionDenied):
        groups.join(group, other.organisation, own.person)


def test_once_constituted_nobody_joins_any_more(coordinated, first, second, agent, say):
    sign(coordinated, first, second)
    steps.take(coordinated, "constitute", first.person)
    late = agent()
    say(late)
    with pytest.raises(TransitionRefusedError):
        groups.join(coordinated, late.organisation, late.person)


def test_the_members_are_told_who_joins_and_who_leaves(group, first, second, agent, say):
    third = agent()
    say(third)
    groups.join(group, third.organisation, third.person)
    assert "purchase_group.joined" in told(first.person)
    assert "purchase_group.joined" not in told(third.person)
    groups.leave(member_of(group, third), third.person, "Budget")
    assert "purchase_group.left" in told(second.person)


# The coordinator


def test_a_member_designates_and_the_designated_authority_accepts_itself(as_person, group, first, second):
    candidate = member_of(group, first)
    as_person(second.person).post(to("coordinator", group), {"action": "designate", "member": candidate.pk})
    group.refresh_from_db()
    assert (group.candidate, group.coordinator) == (candidate, None)
    assert "purchase_group.designated" in told(first.person)
    with pytest.raises(PermissionDenied):
        groups.answer(group, second.person, accepts=True)
    as_person(first.person).post(to("coordinator", group), {"action": "accept"})
    group.refresh_from_db()
    assert (group.candidate, group.coordinator) == (None, candidate)


def test_nobody_designates_their_own_authority(group, first):
    with pytest.raises(PermissionDenied):
        groups.designate(member_of(group, first), first.person)


def test_an_agent_who_does_not_engage_neither_designates_nor_accepts(group, first, second):
    weak = MembershipFactory(organisation=second.organisation, contributes=True)
    with pytest.raises(PermissionDenied):
        groups.designate(member_of(group, first), weak.person)
    groups.designate(member_of(group, second), first.person)
    with pytest.raises(PermissionDenied):
        groups.answer(group, weak.person, accepts=True)


def test_who_declines_is_not_the_coordinator_and_may_be_designated_again(group, first, second):
    for accepts in (False, True):
        groups.designate(member_of(group, first), second.person)
        groups.answer(group, first.person, accepts=accepts)
    group.refresh_from_db()
    assert group.coordinator == member_of(group, first)
    assert Notification.objects.filter(person=first.person, kind="purchase_group.designated").count() == 2


def test_answering_when_nobody_is_designated_any_more_is_refused(as_person, group, first):
    with pytest.raises(TransitionRefusedError):
        groups.answer(group, first.person, accepts=True)
    assert as_person(first.person).post(to("coordinator", group), {"action": "accept"}).status_code == 302


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"action": "x"},
        {"action": "designate"},
        {"action": "designate", "member": "x"},
        {"action": "designate", "member": str(10**30)},
    ],
)
def test_forged_designations_are_not_there(as_person, group, first, posted):
    assert as_person(first.person).post(to("coordinator", group), posted).status_code == 404


def test_a_member_of_another_group_cannot_be_designated(as_person, coordinated, first, second, presentation, say):
    for membership in (first, second):
        say(membership, 2)
    other = groups.form(presentation, "hardware", first.organisation, first.person)
    posted = {"action": "designate", "member": member_of(other, first).pk}
    assert as_person(second.person).post(to("coordinator", coordinated), posted).status_code == 404


# Leaving


def test_the_coordinator_leaves_a_group_that_is_forming_which_then_has_none(coordinated, first, second):
    groups.leave(member_of(coordinated, first), first.person, "Nous achetons seuls")
    coordinated.refresh_from_db()
    assert coordinated.coordinator is None
    assert not any(step.action == "constitute" for step in GROUPS.possible(coordinated, first.person))
    sign(coordinated, second)
    with pytest.raises(PermissionDenied):
        steps.take(coordinated, "constitute", second.person)


def test_the_coordinator_of_a_constituted_group_hands_over_before_it_leaves(coordinated, first, second):
    sign(coordinated, first, second)
    steps.take(coordinated, "constitute", first.person)
    with pytest.raises(TransitionRefusedError):
        groups.leave(member_of(coordinated, first), first.person, "Budget")
    groups.designate(member_of(coordinated, second), first.person)
    groups.answer(coordinated, second.person, accepts=True)
    groups.leave(member_of(coordinated, first), first.person, "Budget")
    coordinated.refresh_from_db()
    assert coordinated.coordinator.organisation == second.organisation


def test_who_is_designated_and_leaves_is_not_designated_any_more(group, first, second):
    groups.designate(member_of(group, first), second.person)
    groups.leave(member_of(group, first), first.person, "Budget")
    group.refresh_from_db()
    assert group.candidate is None


def test_the_last_member_does_not_leave_but_gives_up(group, first, second):
    groups.leave(member_of(group, first), first.person, "Budget")
    with pytest.raises(TransitionRefusedError):
        groups.leave(member_of(group, second), second.person, "Budget")
    steps.take(group, "give_up", second.person, reason="Seuls")
    group.refresh_from_db()
    assert (group.state, group.reason) == ("given_up", "Seuls")


def test_leaving_needs_a_reason_and_the_right_to_engage(as_person, group, first):
    member = member_of(group, first)
    with pytest.raises(ValidationError) as refused:
        groups.leave(member, first.person, "  ")
    assert "reason" in refused.value.error_dict
    weak = MembershipFactory(organisation=first.organisation, contributes=True)
    answer = as_person(weak.person).post(to("leave", group, member.pk), {"reason": "?"})
    assert answer.status_code == 403
    assert group.present.count() == 2


def test_who_has_left_sees_nothing_more_and_may_come_back(as_person, group, first, say):
    member = member_of(group, first)
    as_person(first.person).post(to("leave", group, member.pk), {"reason": "Budget"})
    assert as_person(first.person).get(to("room", group)).status_code == 404
    groups.join(group, first.organisation, first.person)
    assert as_person(first.person).get(to("room", group)).status_code == 200
    assert group.members.filter(organisation=first.organisation).count() == 2


def test_nobody_has_the_authority_of_others_leave(as_person, group, first, second):
    answer = as_person(second.person).post(to("leave", group, member_of(group, first).pk), {"reason": "?"})
    assert answer.status_code == 404
    with pytest.raises(PermissionDenied):
        groups.leave(member_of(group, first), second.person, "?")


# Its life


def test_a_group_goes_from_its_convention_to_its_end(as_person, client, coordinated, first, second):
    sign(coordinated, first, second)
    person = as_person(first.person)
    person.post(to("step", coordinated, "constitute"))
    person.post(to("step", coordinated, "consult"), {"url": URL})
    coordinated.refresh_from_db()
    assert (coordinated.state, coordinated.consultation_url) == ("consulting", URL)
    client.logout()
    page = client.get(coordinated.get_absolute_url()).content.decode()
    assert URL in page
    assert str(first.organisation) in page
    steps.take(coordinated, "end", first.person)
    coordinated.refresh_from_db()
    assert coordinated.state == "ended"
    entries = ModelLogEntry.objects.filter(action__startswith="purchasing.purchasinggroup.")
    assert {"constitute", "consult", "end"} <= {entry.action.rpartition(".")[2] for entry in entries}


def test_what_the_convention_needs_is_asked_before(coordinated, first, second):
    def refused():
        with pytest.raises(TransitionRefusedError) as error:
            steps.take(coordinated, "constitute", first.person)
        return " ".join(error.value.messages)

    assert "liste" in refused() or "checklist" in refused()
    sign(coordinated, first)
    assert str(second.organisation) in refused()
    checklist.share(member_of(coordinated, second), None, timezone.localdate(), second.person)
    assert steps.take(coordinated, "constitute", first.person).state == "constituted"


def test_one_authority_alone_constitutes_no_group(coordinated, first, second):
    sign(coordinated, first, second)
    groups.leave(member_of(coordinated, second), second.person, "Budget")
    with pytest.raises(TransitionRefusedError):
        steps.take(coordinated, "constitute", first.person)


def test_the_steps_are_the_coordinators(coordinated, first, second):
    sign(coordinated, first, second)
    weak = MembershipFactory(organisation=first.organisation, contributes=True)
    for person in (second.person, weak.person, UserFactory(administrator=True), UserFactory(group="Moderators")):
        for action in ("constitute", "give_up"):
            with pytest.raises(PermissionDenied):
                steps.take(coordinated, action, person, reason="?")


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "pas une adresse", "ftp://exemple.fr", f"https://exemple.fr/{'a' * 200}"]
)
def test_a_consultation_needs_an_official_address(as_person, coordinated, first, second, url):
    sign(coordinated, first, second)
    steps.take(coordinated, "constitute", first.person)
    with pytest.raises(ValidationError) as refused:
        steps.take(coordinated, "consult", first.person, url=url)
    assert "url" in refused.value.error_dict
    answer = as_person(first.person).post(to("step", coordinated, "consult"), {"url": url})
    assert answer.context["form"].errors["url"]


@pytest.mark.parametrize("action", ["consult", "end"])
def test_no_step_is_left_out(as_person, coordinated, first, action):
    with pytest.raises(TransitionRefusedError):
        steps.take(coordinated, action, first.person, url=URL)
    assert as_person(first.person).post(to("step", coordinated, action), {"url": URL}).status_code == 200
    coordinated.refresh_from_db()
    assert coordinated.state == "forming"


def test_a_step_that_is_none_is_not_there(as_person, coordinated, first):
    for action in ("x", "archive", "form"):
        assert as_person(first.person).post(to("step", coordinated, action)).status_code == 404


def test_giving_up_needs_a_reason_which_everybody_reads(client, as_person, coordinated, first):
    answer = as_person(first.person).post(to("step", coordinated, "give_up"), {"reason": " "})
    assert answer.context["form"].errors["reason"]
    as_person(first.person).post(to("step", coordinated, "give_up"), {"reason": "Aucun <b>budget</b>"})
    client.logout()
    assert "Aucun &lt;b&gt;budget&lt;/b&gt;" in client.get(coordinated.get_absolute_url()).content.decode()


def test_nothing_changes_any_more_in_a_group_that_is_over(as_person, coordinated, first, second):
    steps.take(coordinated, "give_up", first.person, reason="Budget")
    member, person = member_of(coordinated, second), as_person(second.person)
    assert person.get(to("room", coordinated)).status_code == 200
    assert person.get(to("share", coordinated, member.pk)).status_code == 404
    assert person.get(to("leave", coordinated, member.pk)).status_code == 404
    person.post(to("write", coordinated), {"organisation": second.organisation_id, "text": "Encore là ?"})
    assert not coordinated.messages.exists()
    with pytest.raises(TransitionRefusedError):
        checklist.check(ChecklistEntry(group=coordinated, item="value", state="to_do"), second.person)
    with pytest.raises(TransitionRefusedError):
        groups.designate(member, first.person)


@pytest.mark.parametrize("values", [
    {"state": "constituted", "coordinator": None}, {"state": "consulting", "consultation_url": ""},
    {"state": "ended", "consultation_url": ""}, {"state": "given_up", "reason": ""},
])  # fmt: skip
def test_the_database_refuses_states_without_what_they_rest_on(coordinated, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        PurchasingGroup.objects.filter(pk=coordinated.pk).update(**values)


# Its checklist


def test_an_item_says_by_whom_and_when_and_what_was_said_before(as_person, group, first, second):
    person = as_person(first.person)
    person.post(to("check", group, "convention"), {"state": "to_do", "note": "Projet envoyé"})
    person = as_person(second.person)
    person.post(to("check", group, "convention"), {"state": "done", "done_on": "2026-09-01", "note": "Signée"})
    line = checklist.lines(group)[1]
    assert (line.state, line.entry.note, line.entry.said_by) == ("done", "Signée", second.person)
    assert [entry.note for entry in line.before] == ["Projet envoyé"]
    page = person.get(to("room", group)).content.decode()
    assert "Projet envoyé" in page
    assert str(second.organisation) in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"state": "done"}, "done_on"),
        ({"state": "done", "done_on": "2999-01-01"}, "done_on"),
        ({"state": "done", "done_on": "1999-01-01"}, "done_on"),
        ({"state": "x"}, "state"),
        ({"state": "to_do", "note": "a" * 501}, "note"),
    ],
)
def test_an_item_is_refused_with_what_was_typed(as_person, group, first, typed, field):
    answer = as_person(first.person).post(to("check", group, "value"), typed)
    assert answer.context["form"].errors[field]
    assert not group.checklist.exists()


def test_an_item_that_is_none_is_not_there(as_person, group, first):
    assert as_person(first.person).get(to("check", group, "x")).status_code == 404


def test_what_was_said_of_a_checklist_is_never_changed(group, first):
    entry = checklist.check(ChecklistEntry(group=group, item="value", state="to_do"), first.person)
    with pytest.raises(DatabaseError), transaction.atomic():
        ChecklistEntry.objects.filter(pk=entry.pk).update(note="Autre")
    ChecklistEntry.objects.filter(pk=entry.pk).update(said_by=None)


def test_each_authority_says_its_own_part_alone(as_person, group, first, second):
    own, other = member_of(group, first), member_of(group, second)
    person = as_person(first.person)
    person.post(to("share", group, own.pk), {"estimated_value": "45000", "deliberated_on": "2026-10-01"})
    own.refresh_from_db()
    assert own.estimated_value == 45_000
    assert person.post(to("share", group, other.pk), {"estimated_value": "1"}).status_code == 404
    with pytest.raises(TransitionRefusedError):
        checklist.share(other, 1, None, first.person)


@pytest.mark.parametrize("value", ["-5", "0", "1e9", "12,5", str(10**30), "x"])
def test_an_absurd_value_is_refused_at_its_field(as_person, group, first, value):
    answer = as_person(first.person).post(to("share", group, member_of(group, first).pk), {"estimated_value": value})
    assert answer.context["form"].errors["estimated_value"]
    assert value in answer.content.decode()


def test_the_values_are_added_up_against_the_amounts_in_force(group, first, second, threshold):
    checklist.share(member_of(group, first), 45_000, None, first.person)
    members = list(group.present)
    assert (checklist.total(members).value, checklist.total(members).silent) == (45_000, 1)
    assert [one.is_reached for one in checklist.total(members).held] == [False]
    checklist.share(member_of(group, second), 15_000, None, second.person)
    assert [one.is_reached for one in checklist.total(list(group.present)).held] == [True]


def test_an_amount_that_has_ended_or_not_begun_is_not_counted_with(group, threshold):
    with time_machine.travel("2025-01-01"):
        assert checklist.total([]).held == []


def test_the_journal_knows_no_values(group, first):
    checklist.share(member_of(group, first), 45_678, None, first.person)
    assert not ModelLogEntry.objects.filter(data__icontains="45678").exists()
