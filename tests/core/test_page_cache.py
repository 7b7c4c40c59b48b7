import pytest
from django.core.cache import caches
from pytest_django.asserts import assertNumQueries

from metropole.core.models import StandardPage
from metropole.demo.frame import build_frame
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep_pages(settings):
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept-in-tests"}
    }
    caches["pages"].clear()


@pytest.fixture
def page():
    page = build_frame().home.add_child(instance=StandardPage(title="Mentions légales", slug="mentions"))
    page.save_revision().publish()
    return page


def test_a_second_visitor_gets_the_kept_page_for_one_short_query(client, page):
    first = client.get("/fr/mentions/")
    with assertNumQueries(1):
        second = client.get("/fr/mentions/")
    assert second.content == first.content
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_what_is_published_is_seen_at_once(client, page):
    client.get("/fr/mentions/")
    page.title = "Mentions toutes neuves"
    page.save_revision(log_action=True).publish()
    assert "toutes neuves" in client.get("/fr/mentions/").content.decode()
    page.unpublish()
    assert client.get("/fr/mentions/").status_code == 404


def test_nothing_is_kept_of_a_search(client, page):
    client.get("/fr/recherche/?q=secret")
    assert not caches["pages"]._cache


def test_someone_who_has_signed_in_neither_fills_nor_reads_what_is_kept(client, page):
    client.force_login(UserFactory(administrator=True))
    client.get("/fr/mentions/")
    assert not caches["pages"]._cache


def test_the_two_languages_and_two_hosts_are_kept_apart(client, page):
    french, english = client.get("/fr/"), client.get("/en/")
    assert french.content != english.content
    assert client.get("/fr/").content == french.content
    client.get("/fr/", headers={"host": "localhost"})
    assert len(caches["pages"]._cache) == 3


@pytest.mark.parametrize(
    "restriction", [{"restriction_type": "login"}, {"restriction_type": "password", "password": "x"}]
)
def test_a_page_that_is_not_for_everyone_is_never_kept(client, page, restriction):
    page.view_restrictions.create(**restriction)
    response = client.get("/fr/mentions/")
    assert "Mentions légales</h1>" not in response.content.decode()
    assert not caches["pages"]._cache
