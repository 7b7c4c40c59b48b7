"""Following a need, themes and territories, without JavaScript, and ending it with one click."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from metropole.board.audience import people
from metropole.board.lifecycle.table import Told
from metropole.board.matching import services
from metropole.board.models import Following, Watch
from metropole.demo.frame import build_frame
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, UserFactory

from .conftest import at, follow

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FRENCH, ENGLISH = "/fr/jadopte/place/", "/en/adopt/place/"


@pytest.fixture(autouse=True)
def _site(rebuild_index):
    build_frame()


@pytest.fixture
def reader(client):
    person = UserFactory()
    client.force_login(person)
    return person


def shown(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_need_is_followed_and_left_by_a_button_on_its_page(client, need, reader):
    assert "Follow this need" in shown(client, ENGLISH)
    for _twice in range(2):
        assert client.post(at("need", "place"), {"action": "follow"}).url == FRENCH
    assert people(need, Told.FOLLOWERS) == [reader]
    assert "Do not follow it any more" in shown(client, ENGLISH)
    for _twice in range(2):
        client.post(at("need", "place"), {"action": "leave"})
    assert people(need, Told.FOLLOWERS) == []


def test_a_visitor_is_led_to_the_sign_in_and_back_to_the_need(client, need):
    assert "/en/account/sign-in/?next=%2Fen%2Fadopt%2Fplace%2F" in shown(client, ENGLISH)
    assert client.post(at("need", "place"), {"action": "follow"}).status_code == 302
    assert not Watch.objects.exists()


def test_from_the_list_a_need_is_left_with_one_click_whatever_became_of_it(client, need, reader):
    services.watch(need, reader)
    type(need).objects.update(archived_at=need.published_at)
    assert "Ombrager la place" in shown(client, at("following"))
    assert client.post(at("need", "place"), {"action": "leave", "from": "list"}).url == at("following")
    assert not Watch.objects.exists()


@pytest.mark.parametrize("trait", ["draft", "in_review"])
def test_a_need_that_is_not_public_is_not_there_to_be_followed(client, reader, trait):
    need = NeedFactory(**{trait: True})
    for action in ("follow", "leave"):
        assert client.post(at("need", need.slug), {"action": action}).status_code == 404
    assert not Watch.objects.exists()


@pytest.mark.parametrize("action", ["", "erase"])
def test_an_unknown_action_is_not_there(client, need, reader, action):
    own = follow(reader, "ombre")
    assert client.post(at("need", "place"), {"action": action}).status_code == 404
    assert client.post(at("change", own.pk), {"action": action}).status_code == 404
    assert client.get(at("need", "place")).status_code == 405


def test_themes_and_territories_are_tried_then_followed_changed_paused_and_left(client, need, reader, ept):
    chosen = {"themes": ["ville"], "territories": ["est"], "organisation": ""}
    tried = client.post(at("new"), chosen | {"action": "preview"})
    [fit] = tried.context["preview"]
    assert fit.need == need
    assert len(fit.reasons) == 2
    assert not Following.objects.exists()
    assert client.post(at("new"), chosen | {"action": "save"}).url == at("following")
    own = Following.objects.get(person=reader)
    page = shown(client, at("following"))
    assert "Ville durable" in page
    assert "Est Ensemble" in page
    assert client.get(at("following")).context["fits"][0].need == need
    client.post(at("edit", own.pk), {"themes": ["ombre"], "action": "save"})
    assert [theme.slug for theme in own.themes.all()] == ["ombre"]
    assert not own.territories.exists()
    client.post(at("change", own.pk), {"action": "pause"})
    assert not client.get(at("following")).context["fits"]
    client.post(at("change", own.pk), {"action": "resume"})
    assert client.get(at("following")).context["fits"]
    client.post(at("change", own.pk), {"action": "forget"})
    assert not Following.objects.exists()


def test_choices_are_named_in_the_readers_language_and_the_rule_is_printed(client, need, reader):
    page = shown(client, "/en/workspace/following/new/")
    assert "one of the themes that you follow is a theme of the need" in page
    assert 'value="ombre"' in page
    assert page.index('value="metropole"') < page.index('value="est"') < page.index('value="bondy"')
    assert "one of the themes that you follow is a theme of the need" in shown(client, "/en/workspace/following/")


@pytest.mark.parametrize(
    "typed",
    [{}, {"themes": ["nothing"]}, {"territories": ["9" * 30]}, {"themes": ["ombre"], "organisation": "x"},
     {"themes": ["ombre"], "organisation": "9" * 30}, {"themes": ["a\0"]}],
)  # fmt: skip
def test_what_is_chosen_wrongly_is_not_followed(client, need, reader, typed):
    assert client.post(at("new"), typed).context["form"].errors
    assert not Following.objects.exists()


def test_one_follows_for_ones_own_organisations_alone(client, need, reader):
    own = MembershipFactory(person=reader, organisation__commune=False).organisation
    forged = OrganisationFactory()
    assert client.post(at("new"), {"themes": ["ombre"], "organisation": forged.pk}).context["form"].errors
    with pytest.raises(ValidationError):
        follow(reader, "ombre", organisation=forged)
    client.post(at("new"), {"themes": ["ombre"], "organisation": own.pk})
    assert Following.objects.get().organisation == own


def test_an_agent_is_offered_the_territory_of_their_authority(client, need, commune):
    authority = OrganisationFactory(commune=True, territory=commune)
    client.force_login(MembershipFactory(organisation=authority).person)
    form = client.get(at("new")).context["form"]
    assert form["territories"].initial == ["bondy"]


def test_somebody_elses_followings_are_not_there(client, need, reader):
    other = follow(UserFactory(), "ombre")
    assert client.get(at("edit", other.pk)).status_code == 404
    assert client.post(at("edit", other.pk), {"themes": ["ville"]}).status_code == 404
    assert client.post(at("change", other.pk), {"action": "forget"}).status_code == 404
    assert Following.objects.filter(pk=other.pk).exists()


def test_twenty_selections_are_followed_at_the_most(client, need, reader):
    for _number in range(services.MOST_FOLLOWINGS):
        follow(reader, "ombre")
    answer = client.post(at("new"), {"themes": ["ville"]})
    assert answer.context["form"].errors
    assert Following.objects.count() == services.MOST_FOLLOWINGS


def test_open_needs_that_fit_stand_on_the_workspaces_home_with_the_reason(client, need, chantier, follower):
    NeedFactory(closed=True, title="Trop tard", themes=[chantier])
    NeedFactory(title="Autre chose")
    client.force_login(follower)
    page = shown(client, reverse("workspace").replace("/fr/espace", "/en/workspace"))
    assert "Needs that fit what you follow" in page
    assert "Ombrager la place" in page
    assert "you follow the theme “Ville durable”, which contains “Ombre”" in page
    assert "Trop tard" not in page
    assert "Autre chose" not in page
    client.force_login(UserFactory())
    assert "Needs that fit what you follow" not in shown(client, "/en/workspace/")


def test_needs_that_fit_stand_in_the_order_of_their_publication(client, need, chantier, follower):
    older = NeedFactory(themes=[chantier], published_at=need.published_at - dt.timedelta(days=1))
    client.force_login(follower)
    fits = client.get(at("following")).context["fits"]
    assert [fit.need for fit in fits] == [need, older]
