"""Search engines find every public page in its languages, and nothing that is not public."""

import datetime as dt
import re

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from metropole.core.xml_sitemap import LanguageSitemap
from metropole.demo.frame import build_frame
from tests.factories import CommuneFactory, NeedFactory, OrganisationFactory, ProjectPageFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HOST = "https://innovation.test"
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def _canonical_host(settings):
    settings.SITE_URL = HOST


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/xml")
    return fromstring(response.content)


def entries(client, language: str, page: str = "") -> dict[str, dict]:
    """The addresses of a language's file, without the host, with what is said of each."""
    found = {}
    for url in read(client, f"/sitemap-{language}.xml{page}").iterfind("s:url", SPACES):
        address = url.findtext("s:loc", namespaces=SPACES)
        assert address.startswith(f"{HOST}/{language}/")
        alternates = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", SPACES)}
        lastmod = url.findtext("s:lastmod", namespaces=SPACES)
        found[address.removeprefix(HOST)] = {"alternates": alternates, "lastmod": lastmod}
    return found


def translated(page):
    translation = page.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.slug = f"english-{page.slug}"
    translation.save_revision().publish()
    return translation


def test_the_index_names_a_file_for_each_language_and_no_other_exists(client, settings):
    build_frame()
    ProjectPageFactory()
    index = read(client, "/sitemap.xml")
    named = [location.text for location in index.iterfind("s:sitemap/s:loc", SPACES)]
    assert named == [f"http://testserver/sitemap-{code}.xml" for code, _name in settings.LANGUAGES]
    assert index.findtext("s:sitemap/s:lastmod", namespaces=SPACES).startswith(timezone.localdate().isoformat())
    assert client.get("/sitemap-xx.xml").status_code == 404
    assert client.get("/sitemap-fr.xml?p=2").status_code == 404
    assert client.get("/sitemap-fr.xml?p=x").status_code == 404


def test_every_kind_of_public_page_is_in_the_file_of_its_language_alone(client):
    theme = ThemeFactory(slug="donnee")
    ThemeFactory(slug="data", locale=Locale.objects.get(language_code="en"))
    commune, company, need = CommuneFactory(), OrganisationFactory(), NeedFactory()
    alone, both = ProjectPageFactory(slug="seul"), ProjectPageFactory(slug="capteurs")
    translated(both)
    french, english = set(entries(client, "fr")), set(entries(client, "en"))
    own = [theme, commune, company, need]
    assert {alone.url, both.url, *(one.get_absolute_url() for one in own)} < french
    assert {
        "/fr/",
        "/fr/ressources/",
        "/fr/recherche/",
        "/fr/territoires/",
        "/fr/themes/",
        "/fr/plan-du-site/",
    } < french
    assert {"/en/", "/en/resources/english-capteurs/", "/en/search/", "/en/themes/data/"} < english
    assert f"/en/organisations/{company.slug}/" in english
    assert not [path for path in english if "seul" in path or need.slug in path or "donnee" in path]
    assert "/fr/themes/data/" not in french
    assert all(client.get(path).status_code == 200 for path in french | english)


def test_what_is_not_public_is_in_no_file(client):
    secret = ProjectPageFactory(slug="secret")
    secret.view_restrictions.create(restriction_type="password", password="x")
    translated(secret)
    members = translated(ProjectPageFactory(slug="reserve"))
    members.view_restrictions.create(restriction_type="login")
    ProjectPageFactory(slug="brouillon", is_draft=True)
    past = timezone.now() - dt.timedelta(days=1)
    expired = ProjectPageFactory(slug="expire")
    type(expired).objects.filter(pk=expired.pk).update(expire_at=past)
    withdrawn = ProjectPageFactory(slug="retire")
    withdrawn.unpublish()
    NeedFactory(slug="besoin-brouillon", draft=True)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    NeedFactory(slug="besoin-demain", published_at=tomorrow, closes_at=tomorrow + dt.timedelta(days=9))
    authority = OrganisationFactory(commune=True)
    french, english = entries(client, "fr"), entries(client, "en")
    hidden = ("/secret", "brouillon", "expire", "retire", "besoin-demain", f"organisations/{authority.slug}")
    assert [path for path in french if any(word in path for word in hidden)] == []
    assert "/en/resources/english-reserve/" not in english
    assert french["/fr/ressources/reserve/"]["alternates"] == {}


def test_an_entry_says_when_it_was_published_and_names_its_versions_as_the_page_itself_does(client):
    page = ProjectPageFactory(slug="capteurs")
    translated(page)
    NeedFactory(slug="ombre", published_at=timezone.now() - dt.timedelta(days=20))
    french, english = entries(client, "fr"), entries(client, "en")
    entry = french["/fr/ressources/capteurs/"]
    page.refresh_from_db()
    assert entry["lastmod"] == timezone.localdate(page.last_published_at).isoformat()
    assert entry["alternates"] == english["/en/resources/english-capteurs/"]["alternates"]
    for path in ("/fr/", "/fr/ressources/capteurs/", "/fr/jadopte/ombre/", "/fr/territoires/"):
        links = re.findall(r'<link rel="alternate" hreflang="(\S+)" href="(\S+)">', client.get(path).content.decode())
        assert dict(links) == french[path]["alternates"]
    assert french["/fr/"]["alternates"] == {"fr": f"{HOST}/fr/", "en": f"{HOST}/en/", "x-default": f"{HOST}/fr/"}
    assert french["/fr/jadopte/ombre/"] == {
        "alternates": {}, "lastmod": (timezone.localtime() - dt.timedelta(days=20)).date().isoformat()
    }  # fmt: skip


def test_a_long_file_is_cut_and_the_index_names_each_part(client, monkeypatch):
    build_frame()
    whole = entries(client, "fr")
    monkeypatch.setattr(LanguageSitemap, "limit", 4)
    parts = [location.text for location in read(client, "/sitemap.xml").iterfind("s:sitemap/s:loc", SPACES)]
    own = [part.partition("sitemap-fr.xml")[2] for part in parts if "sitemap-fr" in part]
    assert len(own) == -(-len(whole) // 4) > 1
    assert {path for part in own for path in entries(client, "fr", part)} == set(whole)


def queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-fr.xml"])
def test_a_file_costs_the_same_whatever_it_holds(client, path):
    def fill(size):
        for _ in range(size):
            translated(ProjectPageFactory(themes=[ThemeFactory()], organisations=[OrganisationFactory()]))
            NeedFactory()

    fill(1)
    few = queries(client, path)
    fill(4)
    assert queries(client, path) == few <= 22


def matches(rule: str, path: str) -> bool:
    """As RFC 9309 has it: ``*`` stands for anything, and a rule is the beginning of an address."""
    return re.match(re.escape(rule).replace(r"\*", ".*"), path) is not None


def may_be_crawled(rules: str, path: str) -> bool:
    found = [line.split(": ") for line in rules.splitlines() if line.startswith(("Allow", "Disallow"))]
    fitting = [(len(rule), verb == "Allow") for verb, rule in found if matches(rule, path)]
    return max(fitting, default=(0, True))[1]


def test_robots_read_every_page_but_no_search_no_file_of_a_search_and_nothing_that_is_no_page(client):
    build_frame()
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    rules = response.content.decode()
    assert f"Sitemap: {HOST}/sitemap.xml" in rules.splitlines()
    for path in [*entries(client, "fr"), *entries(client, "en"), "/", "/sitemap.xml", "/sitemap-fr.xml?p=2"]:
        assert may_be_crawled(rules, path), path
    for path in (
        "/fr/recherche/?q=velo", "/en/search/?type=project", "/fr/ressources/?page=2", "/fr/recherche/export.csv",
        "/en/search/feed.atom", "/admin/", "/api/v1/search",
    ):  # fmt: skip
        assert not may_be_crawled(rules, path), path
