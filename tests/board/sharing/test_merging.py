"""Two needs that are the same become one, and two again as long as the other is open."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from metropole.board.enums import AmendmentKind, AmendmentState, CoCarrierState, NeedState
from metropole.board.lifecycle import registry
from metropole.board.models import Amendment, CoCarrier, Need, NeedEvent, Watch
from metropole.board.sharing import merging
from metropole.notifications.models import Notification
from tests.factories import MembershipFactory, NeedFactory, ThemeFactory, UserFactory

from .conftest import make_agent

pytestmark = pytest.mark.django_db
SAME = "C’est le même besoin."


@pytest.fixture
def into(other, theme):
    """The need that stays: an open sourcing led by Bagneux."""
    return NeedFactory(organisation=other.organisation, title="De l’ombre en ville", themes=[theme])


@pytest.fixture
def third(db):
    return make_agent(organisation__territory__name="Clamart")


def carry(need: Need, agent, state=CoCarrierState.ACCEPTED, **values) -> CoCarrier:
    return CoCarrier.objects.create(need=need, organisation=agent.organisation, state=state, **values)


def refused(need: Need, into: Need, moderator, **details) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        merging.merge(need, into, moderator, SAME, **details)
    need.refresh_from_db()
    assert need.state != NeedState.MERGED
    found = error.value
    return found.message_dict if hasattr(found, "error_dict") else {"": found.messages}


def test_who_follows_has_and_carries_a_need_moves_to_the_other_and_back_exactly(need, into, third, moderator):
    reader, both = UserFactory(), UserFactory()
    for person in (reader, both):
        Watch.objects.create(need=need, person=person)
    Watch.objects.create(need=into, person=both)
    carrier, interest = carry(need, third), need.interests.create(organisation=make_agent().organisation)
    before = [(model, sorted(model.objects.values_list("pk", "need"))) for model in (Watch, CoCarrier)]
    merged = merging.merge(need, into, moderator, SAME)
    assert (merged.state, merged.merged_into) == (NeedState.MERGED, into)
    assert {watch.person for watch in into.watches.all()} == {reader, both}
    assert carrier in into.co_carriers.all()
    assert interest in into.interests.all()
    undone = merging.unmerge(merged, moderator, "Ce ne l’était pas.")
    assert (undone.state, undone.merged_into) == (NeedState.OPEN, None)
    assert [(model, sorted(model.objects.values_list("pk", "need"))) for model in (Watch, CoCarrier)] == before
    assert interest in need.interests.all()


def test_its_lead_is_invited_to_carry_the_other_and_decides_for_itself(need, into, lead, moderator):
    need.value_low, need.value_high = 5, 9
    need.save()
    merged = merging.merge(need, into, moderator, SAME)
    invitation = into.co_carriers.get(organisation=lead.organisation)
    assert (invitation.state, invitation.value_high) == (CoCarrierState.INVITED, 9)
    merging.unmerge(merged, moderator, "Non.")
    assert not into.co_carriers.exists()


def test_what_the_lead_has_accepted_meanwhile_stays_its_own(need, into, lead, moderator):
    merged = merging.merge(need, into, moderator, SAME)
    into.co_carriers.update(state=CoCarrierState.ACCEPTED)
    merging.unmerge(merged, moderator, "Non.")
    assert into.co_carriers.get().organisation == lead.organisation


def test_readers_of_the_other_learn_who_carries_it_from_an_amendment(need, into, third, moderator):
    carry(need, third)
    merged = merging.merge(need, into, moderator, SAME)
    amendment = Amendment.objects.get(need=into)
    assert amendment.changes == [{"field": "carriers", "old": "Bagneux", "new": "Bagneux, Clamart"}]
    merging.unmerge(merged, moderator, "Non.")
    assert Amendment.objects.get(need=into, number=2).changes[0]["new"] == "Bagneux"


def test_who_is_there_already_is_not_there_twice(need, into, third, other, moderator):
    for one in (need, into):
        carry(one, third)
    carry(need, other)
    merging.merge(need, into, moderator, SAME)
    assert into.co_carriers.filter(state=CoCarrierState.ACCEPTED).count() == 1
    assert need.co_carriers.count() == 2


def test_those_who_followed_it_are_told_where_it_went(need, into, moderator):
    reader = UserFactory()
    Watch.objects.create(need=need, person=reader)
    need.interests.create(organisation=(agent := make_agent()).organisation)
    merging.merge(need, into, moderator, SAME)
    assert Notification.objects.filter(person=agent.person, kind="need.moved").count() == 1


def test_the_history_names_nobody_that_moved(need, into, moderator):
    reader = UserFactory(email="lectrice@example.org")
    Watch.objects.create(need=need, person=reader)
    merging.merge(need, into, moderator, SAME)
    event = NeedEvent.objects.get(need=need, action="merge")
    assert event.details["into"] == into.pk
    assert "lectrice" not in str(event.details)


def test_a_need_is_merged_into_another_open_one_of_its_mode_and_themes(need, into, lead, moderator, threshold):
    assert "into" in refused(need, need, moderator)
    closed = NeedFactory(closed=True, themes=need.themes.all())
    assert "into" in refused(need, closed, moderator)
    draft = NeedFactory(draft=True, themes=need.themes.all())
    assert "into" in refused(need, draft, moderator)
    assert "into" in refused(need, NeedFactory(direct=True, themes=need.themes.all()), moderator)
    elsewhere = NeedFactory(themes=[ThemeFactory()])
    assert "other_themes" in refused(need, elsewhere, moderator)
    assert merging.merge(need, elsewhere, moderator, SAME, other_themes=True).state == NeedState.MERGED


def test_nothing_is_merged_into_what_was_merged_itself(need, into, moderator):
    merging.merge(into, NeedFactory(themes=into.themes.all()), moderator, SAME)
    assert "into" in refused(need, into, moderator)


def test_what_somebody_may_rely_on_is_refused_in_the_same_words_whatever_the_reason(need, into, moderator):
    same = [str(message) for message in merging.not_any_more().messages]
    need.questions.create(text="Combien de places ?")
    assert refused(need, into, moderator) == {"": same}
    need.questions.all().delete()
    Amendment.objects.create(
        need=need, number=1, kind=AmendmentKind.WORDS, state=AmendmentState.PUBLISHED, reason="?",
        decided_at=timezone.now(),
    )  # fmt: skip
    assert refused(need, into, moderator) == {"": same}
    need.amendments.all().delete()
    with time_machine.travel(need.closes_at - dt.timedelta(days=6), tick=False):
        assert refused(need, into, moderator) == {"": same}


def test_an_app_above_adds_a_guard_of_its_own(need, into, moderator, monkeypatch):
    def refuse(attempt):
        raise merging.not_any_more()

    monkeypatch.setattr(registry, "_guards", dict(registry._guards))
    monkeypatch.setattr(registry, "_added_guards", {name: [*added] for name, added in registry._added_guards.items()})
    registry.register_guard("nothing_is_deposited", "?", "merge")(refuse)
    assert refused(need, into, moderator) == {"": merging.not_any_more().messages}


def test_together_direct_enquiries_stay_below_the_threshold(direct, lead, other, theme, moderator):
    facts = {"organisation": other.organisation, "direct": True, "themes": [theme], "value_low": 1}
    assert "into" in refused(direct, NeedFactory(value_high=40_000, **facts), moderator)
    assert merging.merge(direct, NeedFactory(value_high=39_999, **facts), moderator, SAME).state == NeedState.MERGED


def test_a_moderator_who_has_a_part_in_either_merges_nothing(need, into, moderator):
    member = MembershipFactory(organisation=into.organisation, person=moderator)
    assert "into" in refused(need, into, moderator)
    member.organisation = need.organisation
    member.save()
    with pytest.raises(PermissionDenied):
        merging.merge(need, into, moderator, SAME)


def test_no_agent_and_no_editor_merges_needs(need, into, lead):
    for person in (lead.person, UserFactory(group="Editors")):
        with pytest.raises(PermissionDenied):
            merging.merge(need, into, person, SAME)


def test_once_the_other_has_closed_the_two_stay_one(need, into, moderator):
    merged = merging.merge(need, into, moderator, SAME)
    with time_machine.travel(into.closes_at, tick=False), pytest.raises(ValidationError):
        merging.unmerge(merged, moderator, "Non.")
    with pytest.raises(ValidationError):
        merging.unmerge(into, moderator, "Non.")


class TestScreens:
    """In the admin."""

    @pytest.fixture
    def admin(self, client, moderator):
        client.force_login(moderator)
        return client

    def test_the_moderator_sees_the_two_side_by_side_merges_them_and_undoes_it(self, admin, need, into):
        url = reverse("sharing_admin:merge", args=[need.pk])
        assert url in admin.get(reverse("sharing_admin:merging")).content.decode()
        assert f'value="{into.pk}"' in admin.get(url).content.decode()
        beside = admin.get(f"{url}?into={into.pk}").content.decode()
        assert "Ombrager la place" in beside
        assert "De l’ombre en ville" in beside
        assert admin.post(f"{url}?into={into.pk}", {"reason": SAME}).status_code == 302
        need.refresh_from_db()
        assert need.state == NeedState.MERGED
        undo = reverse("sharing_admin:unmerge", args=[need.pk])
        assert undo in admin.get(reverse("sharing_admin:merging")).content.decode()
        assert "De l’ombre en ville" in admin.get(undo).content.decode()
        admin.post(undo, {"reason": "Non."})
        need.refresh_from_db()
        assert need.state == NeedState.OPEN

    def test_a_refusal_keeps_what_was_typed(self, admin, need):
        elsewhere = NeedFactory(themes=[ThemeFactory()])
        url = f"{reverse('sharing_admin:merge', args=[need.pk])}?into={elsewhere.pk}"
        shown = admin.post(url, {"reason": SAME}).content.decode()
        assert SAME in shown
        assert admin.post(url, {"reason": SAME, "other_themes": "on"}).status_code == 302

    @pytest.mark.parametrize("into", ["999999", "x", "9" * 30])
    def test_a_target_that_is_none_is_not_found(self, admin, need, into):
        assert admin.get(f"{reverse('sharing_admin:merge', args=[need.pk])}?into={into}").status_code == 404

    def test_without_a_target_nothing_is_merged(self, admin, need):
        assert admin.post(reverse("sharing_admin:merge", args=[need.pk]), {"reason": SAME}).status_code == 200

    def test_the_empty_lists_say_so(self, admin):
        assert admin.get(reverse("sharing_admin:merging")).status_code == 200

    def test_an_editor_does_not_see_these_screens(self, client, need):
        client.force_login(UserFactory(group="Editors"))
        for name, args in (("merging", []), ("merge", [need.pk]), ("unmerge", [need.pk])):
            assert client.get(reverse(f"sharing_admin:{name}", args=args)).status_code in (302, 403)
