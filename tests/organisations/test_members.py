"""Owners say who is in their organisation and what each may do; one owner always stays."""

import pytest

from metropole.organisations import members
from metropole.organisations.departure import register_departure_check
from metropole.organisations.enums import MembershipState, Right
from metropole.organisations.models import Membership
from metropole.organisations.transitions import MEMBERSHIPS
from tests.accounts.people import make_person
from tests.factories import MembershipFactory

from .journeys import logged, membership, to, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(person, commune, owner):
    """Jeanne contributes to the commune."""
    return MembershipFactory(person=person, organisation=commune, contributes=True)


def change(client, one: Membership, *rights: str, **typed: object):
    url = to("member", one.organisation.slug, one.pk)
    return client.post(url, {"action": "rights", "rights": rights, **typed})


def test_an_owner_changes_rights_and_the_member_is_told_and_the_log_says_what_changed(
    person, commune, owner, colleague, as_person
):
    client = as_person(owner)
    assert change(client, colleague, "contributes", "engages").status_code == 302
    assert membership(person, commune).rights == ["contributes", "engages"]
    change(client, colleague, "owns")
    assert membership(person, commune).rights == ["owns"]
    assert told(person) == ["membership.rights", "membership.rights"]
    assert logged()[-2:] == ["organisations.membership.rights"] * 2


def test_saving_the_same_rights_tells_nobody(person, owner, colleague, as_person):
    change(as_person(owner), colleague, "contributes")
    assert told(person) == []


@pytest.mark.parametrize("right", ["deposits", "state", "is_staff", "", "owns\x00"])
def test_a_right_that_such_an_organisation_cannot_give_is_refused(owner, colleague, as_person, right):
    response = change(as_person(owner), colleague, "owns", right)
    assert response.status_code == 200
    assert response.context["rights_form"].errors["rights"]
    assert Membership.objects.get(pk=colleague.pk).rights == ["contributes"]


def test_a_member_without_the_right_sees_the_members_but_changes_nothing(person, commune, owner, colleague, as_person):
    client = as_person(person)
    page = client.get(to("members", commune.slug)).content.decode()
    assert str(owner) in page
    assert owner.email not in page
    url = to("member", commune.slug, colleague.pk)
    assert client.get(url).status_code == 403
    assert change(client, colleague, "owns").status_code == 403
    assert client.post(to("invite", commune.slug), {"email": "a@example.org"}).status_code == 403
    assert Membership.objects.get(pk=colleague.pk).rights == ["contributes"]


def test_a_membership_of_another_organisation_is_not_there(owner, commune, as_person):
    foreign = MembershipFactory(state="asked")
    for pk in (foreign.pk, 0, 10**30):
        url = to("member", commune.slug, pk)
        assert as_person(owner).get(url).status_code == 404
        assert as_person(owner).post(url, {"action": "accept"}).status_code == 404
    assert Membership.objects.get(pk=foreign.pk).state == MembershipState.ASKED


@pytest.mark.parametrize("action", ["", "promote", "__class__"])
def test_an_action_that_there_is_not_is_not_found(owner, colleague, as_person, action):
    url = to("member", colleague.organisation.slug, colleague.pk)
    assert as_person(owner).post(url, {"action": action}).status_code == 404


def test_what_is_not_possible_any_more_is_said(owner, colleague, as_person):
    url = to("member", colleague.organisation.slug, colleague.pk)
    response = as_person(owner).post(url, {"action": "accept"})
    assert response.status_code == 200
    assert [str(message) for message in response.context["messages"]]
    assert Membership.objects.get(pk=colleague.pk).rights == ["contributes"]


def test_a_member_is_removed_with_a_reason_and_loses_every_right(person, commune, owner, colleague, as_person):
    url = to("member", commune.slug, colleague.pk)
    assert as_person(owner).post(url, {"action": "remove"}).context["reason_form"].errors["reason"]
    as_person(owner).post(url, {"action": "remove", "reason": "A quitté la mairie."})
    assert membership(person, commune).state == MembershipState.REMOVED
    assert told(person) == ["membership.removed"]
    assert as_person(person).get(to("home", commune.slug)).status_code == 404


def test_the_last_owner_neither_leaves_nor_gives_up_owning(person, owner, commune, colleague, as_person):
    client = as_person(owner)
    own = membership(owner, commune)
    assert change(client, own, "contributes").context["rights_form"].non_field_errors()
    left = client.post(to("leave", commune.slug))
    assert left.status_code == 200
    assert left.context["is_last_owner"]
    assert membership(owner, commune).rights == ["owns"]
    change(client, colleague, "contributes", "owns")
    assert client.post(to("leave", commune.slug)).url == to("mine")
    assert membership(owner, commune).state == MembershipState.LEFT


def test_an_owner_whose_account_is_closed_does_not_count(owner, commune, colleague, as_person):
    MembershipFactory(person=make_person(is_active=False), organisation=commune, owns=True)
    assert as_person(owner).post(to("leave", commune.slug)).context["is_last_owner"]


def test_not_even_an_editor_removes_the_last_owner(owner, commune, editor, as_person):
    url = to("member", commune.slug, membership(owner, commune).pk)
    as_person(editor).post(url, {"action": "remove", "reason": "Parti."})
    assert membership(owner, commune).state == MembershipState.ACTIVE


def test_an_owner_does_not_remove_or_answer_themselves(owner, commune, colleague, as_person):
    members.change_rights(colleague, [Right.OWNS], owner)
    url = to("member", commune.slug, membership(owner, commune).pk)
    assert as_person(owner).post(url, {"action": "remove", "reason": "Moi."}).status_code == 403
    assert membership(owner, commune).state == MembershipState.ACTIVE


def test_who_leaves_first_reads_what_they_have_in_hand(person, commune, colleague, as_person, monkeypatch):
    monkeypatch.setattr("metropole.organisations.departure._checks", [])
    register_departure_check(lambda who, where: [(f"Brouillon de {who}", "/fr/brouillon/")])
    page = as_person(person).get(to("leave", commune.slug)).content.decode()
    assert '<a href="/fr/brouillon/">Brouillon de Jeanne Petit</a>' in page
    assert membership(person, commune).state == MembershipState.ACTIVE
    as_person(person).post(to("leave", commune.slug))
    assert membership(person, commune).state == MembershipState.LEFT
    assert as_person(person).post(to("leave", commune.slug)).status_code == 404


def test_the_table_of_memberships_is_the_one_that_was_agreed():
    assert {(one.action, *one.sources, one.target, one.may, one.needs_reason) for one in MEMBERSHIPS.transitions} == {
        ("join", "asked", "active", None, False),
        ("accept", "asked", "active", "membership.decide", False),
        ("refuse", "asked", "refused", "membership.decide", True),
        ("withdraw", "asked", "left", "membership.leave", False),
        ("leave", "active", "left", "membership.leave", False),
        ("end", "asked", "active", "left", None, False),
        ("remove", "active", "removed", "membership.remove", True),
    }
