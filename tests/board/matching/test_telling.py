"""Who follows themes or territories is told of each need that fits when it is published: once, with the reason."""

import pytest

from metropole.board.audience import people
from metropole.board.enums import NeedState
from metropole.board.lifecycle.services import take
from metropole.board.lifecycle.table import Told
from metropole.board.matching import services
from metropole.board.models import Following, Need
from metropole.core.personal_data import erase, export_of
from metropole.notifications.enums import Pace
from metropole.notifications.models import MailChoices, Notification
from metropole.notifications.stopping import Stop
from metropole.notifications.wording import said
from tests.factories import CommuneFactory, MembershipFactory, NeedFactory, UserFactory

from .conftest import follow

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
REASON = "you follow the theme “Ville durable”, which contains “Ombre”"


@pytest.fixture
def publish(monkeypatch, chantier, commune):
    """Publishes a need of the theme and the commune by its step, whatever its other guards ask."""
    monkeypatch.setattr("metropole.board.lifecycle.services.guards_of", lambda step: [])

    def publish(need: Need | None = None) -> Need:
        need = need or NeedFactory(in_review=True, title="Ombrager", themes=[chantier], territories=[commune])
        return take(need, "publish", UserFactory(group="Moderators"))

    return publish


def told(person) -> list[Notification]:
    return list(Notification.objects.filter(person=person, kind="need.fits"))


def test_who_follows_what_fits_is_told_with_the_reasons(follower, publish):
    follower.language = "en"
    follower.save()
    need = publish()
    [news] = told(follower)
    words = said(news)
    assert "Ombrager" in words.subject
    assert REASON in words.text
    assert "which contains “Bondy”" in words.text
    assert need.organisation.name in words.text
    assert news.route == ["board:need", need.slug]


def test_each_is_told_in_their_own_language(follower, publish):
    reader = UserFactory(language="en")
    follow(reader, "ville")
    publish()
    assert "Paris time" in told(reader)[0].words["closes"]
    assert "heure de Paris" in told(follower)[0].words["closes"]


def test_who_follows_something_else_has_paused_or_has_closed_the_account_is_not_told(follower, publish, ept):
    elsewhere, paused, closed = UserFactory(), UserFactory(), UserFactory()
    CommuneFactory(slug="pantin", parent=ept)
    follow(elsewhere, "ville", "pantin")
    services.set_active(follow(paused, "ville"), paused, is_active=False)
    follow(closed, "ville")
    closed.is_active = False
    closed.save()
    publish()
    assert [len(told(person)) for person in (follower, elsewhere, paused, closed)] == [1, 0, 0, 0]


def test_several_followings_that_fit_make_one_piece_of_news_with_all_reasons(follower, publish):
    follow(follower, "", "bondy")
    publish()
    [news] = told(follower)
    assert "Bondy" in news.words["reasons"]
    assert "Ville durable" in news.words["reasons"]
    assert news.words["reasons"].count("Ville durable") == 1


def test_a_need_that_is_given_back_corrected_and_published_is_told_once(follower, publish):
    moderator = UserFactory(group="Moderators")
    need = publish()
    Need.objects.filter(pk=need.pk).update(published_at=None)
    need.refresh_from_db()
    need = take(need, "give_back", moderator, reason="Encore.")
    agent = MembershipFactory(organisation=need.organisation, contributes=True).person
    need = take(need, "submit", agent)
    assert publish(need).state == NeedState.OPEN
    assert len(told(follower)) == 1


def test_another_step_tells_nobody_that_a_need_fits(follower, publish, chantier):
    need = NeedFactory(in_review=True, themes=[chantier])
    take(need, "give_back", UserFactory(group="Moderators"), reason="Non.")
    assert told(follower) == []


def test_the_authoritys_own_agents_are_not_told_that_it_fits(publish, chantier, commune):
    agent = MembershipFactory(organisation__commune=True, contributes=True)
    follow(agent.person, "", "bondy")
    need = NeedFactory(in_review=True, organisation=agent.organisation, themes=[chantier], territories=[commune])
    publish(need)
    assert told(agent.person) == []


def test_whoever_has_an_account_is_told_their_organisation_verified_or_not(publish, theme):
    member = MembershipFactory(organisation__commune=False, organisation__verification="waiting", contributes=True)
    follow(member.person, "ville", organisation=member.organisation)
    publish()
    assert len(told(member.person)) == 1


def test_it_comes_once_a_day_unless_one_chooses_otherwise_and_stops_when_one_says_so(follower, publish):
    publish()
    assert told(follower)[0].pace == Pace.DAILY
    Stop(follower, "matching").take_effect()
    assert MailChoices.objects.get(person=follower).paces == {"matching": Pace.NEVER}
    publish()
    assert [news.pace for news in told(follower)] == [Pace.NEVER, Pace.DAILY]


def test_nobody_is_told_twice_by_the_steps_own_audience(follower, need):
    assert people(need, Told.MATCHED) == []


def test_what_one_follows_is_exported_and_erased(follower, need):
    services.watch(need, follower)
    exported = export_of(follower)["following"]
    assert exported["needs"][0]["need"] == "Ombrager la place"
    assert exported["themes_and_territories"][0]["themes"] == ["Ville durable"]
    assert exported["themes_and_territories"][0]["territories"] == ["Est Ensemble"]
    erase(follower)
    assert not Following.objects.exists()
    assert not need.watches.exists()
