import pytest
from django.urls import reverse

from metropole.core import workspace as registry
from metropole.core.workspace import Beginning, Part
from metropole.notifications import kinds, topics
from metropole.notifications.kinds import Kind
from metropole.notifications.models import Notification
from metropole.notifications.services import notify
from metropole.notifications.topics import Topic
from tests.factories import MembershipFactory, OrganisationFactory

from .people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _news(monkeypatch):
    monkeypatch.setitem(topics._topics, "arrivals", Topic("arrivals", "Arrivals", "", 10))
    monkeypatch.setitem(kinds._kinds, "arrival", Kind("arrival", "arrivals", "%(name)s came", "Look.", "You wait."))


@pytest.fixture
def own(client, person):
    client.force_login(person)
    return client


def test_who_signs_in_is_led_to_the_workspace(client, person):
    response = sign_in(client, person)
    assert response.url == reverse("workspace")
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize("address", ["/fr/espace/", "/en/workspace/"])
def test_the_home_shows_the_latest_news_the_organisations_and_the_way_on(own, person, address):
    notify([person], "arrival", "arrival:1", name="Paul")
    MembershipFactory(person=person, organisation=OrganisationFactory(name="Ville de Bondy", commune=True), owns=True)
    page = own.get(address).content.decode()
    assert "Paul came" in page
    assert "Ville de Bondy" in page


def test_the_home_of_a_newcomer_says_what_there_is_to_do(own, monkeypatch):
    monkeypatch.setattr(registry, "_beginnings", [Beginning("Register", "A company.", "my_data", 1)])
    page = own.get("/en/workspace/").content.decode()
    assert "Register" in page
    assert "A company." in page


def test_parts_are_in_their_order_and_one_with_nothing_to_show_is_left_out(own, monkeypatch):
    parts = [
        Part("workspace/_organisations.html", lambda person: {"memberships": []}, 2),
        Part("notifications/_latest.html", lambda person: {"items": []}, 1),
        Part("nowhere.html", lambda person: None, 3),
    ]
    monkeypatch.setattr(registry, "_parts", parts)
    shown = own.get("/en/workspace/").context["parts"]
    assert [part.template for part in shown] == ["notifications/_latest.html", "workspace/_organisations.html"]


def test_a_beginning_is_offered_to_those_whom_it_is_for(person, monkeypatch):
    beginnings = [Beginning("B", "", "my_data", 2), Beginning("A", "", "my_data", 1, lambda person: False)]
    monkeypatch.setattr(registry, "_beginnings", beginnings)
    assert [one.label for one in registry.beginnings(person)] == ["B"]


@pytest.mark.parametrize("name", ["workspace", "my_data", "my_data_export", "close_account", "favourites:list",
                                  "notifications:list", "notifications:preferences"])  # fmt: skip
def test_the_workspace_is_for_who_has_signed_in_and_kept_by_no_cache(client, person, name):
    assert client.get(reverse(name)).url.startswith(reverse("account_login"))
    client.force_login(person)
    response = client.get(reverse(name))
    assert response.status_code in (200, 302)
    assert "no-store" in response.headers["Cache-Control"]


def test_the_masthead_counts_what_is_new_for_its_reader_alone(own, client, person):
    notify([person], "arrival", "arrival:1", name="Paul")
    assert 'class="unread"' in own.get("/fr/themes/").content.decode()
    Notification.objects.update(read_at="2026-01-01T00:00Z")
    assert 'class="unread"' not in own.get("/fr/themes/").content.decode()


@pytest.mark.parametrize(
    ("path", "most"), [("", 32), ("notifications/", 24), ("notifications/e-mails/", 24), ("my-data/", 24)]
)
def test_a_screen_costs_few_queries(own, person, path, most, django_assert_max_num_queries):
    for number in range(30):
        notify([person], "arrival", f"arrival:{number}", name="Paul")
    MembershipFactory.create_batch(5, person=person)
    own.get(f"/en/workspace/{path}")
    with django_assert_max_num_queries(most):
        own.get(f"/en/workspace/{path}")
