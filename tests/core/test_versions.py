"""What search engines and readers are told of the languages of a page."""

import re
from html.parser import HTMLParser

import pytest
from wagtail.models import Locale

from metropole.core.models import StandardPage
from metropole.demo.frame import build_frame
from tests.factories import (
    CallPageFactory,
    CommuneFactory,
    EventPageFactory,
    KitPageFactory,
    NeedFactory,
    OrganisationFactory,
    PracticePageFactory,
    ProgrammePageFactory,
    ProjectPageFactory,
    SolutionPageFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HOST = "https://innovation.test"
SHEETS = [
    CallPageFactory, EventPageFactory, KitPageFactory, PracticePageFactory, ProgrammePageFactory, ProjectPageFactory,
    SolutionPageFactory,
]  # fmt: skip


@pytest.fixture(autouse=True)
def _canonical_host(settings):
    settings.SITE_URL = f"{HOST}/"


class Head(HTMLParser):
    """The canonical address and the alternates of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.canonical, self.alternates = "", {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        link = dict(attributes)
        if link.get("rel") == "canonical":
            assert not self.canonical
            self.canonical = link["href"]
        elif "hreflang" in link and tag == "link":
            assert link["hreflang"] not in self.alternates
            self.alternates[link["hreflang"]] = link["href"]


def head(client, path: str) -> Head:
    response = client.get(path.removeprefix(HOST))
    assert response.status_code == 200, path
    return Head(response.content.decode())


def translated(page, title="In English"):
    translation = page.copy_for_translation(Locale.objects.get(language_code="en"))
    translation.title, translation.slug = title, f"english-{page.slug}"
    translation.save_revision().publish()
    return translation


def standard_page(**fields) -> StandardPage:
    page = build_frame().home.add_child(instance=StandardPage(title="Mentions légales", slug="mentions", **fields))
    page.save_revision().publish()
    return page


def in_every_language() -> list[str]:
    """An address of each kind of page that is in both languages."""
    build_frame()
    pages = [*(factory() for factory in SHEETS), standard_page()]
    for page in pages:
        translated(page)
    theme = ThemeFactory(slug="donnee")
    theme.copy_for_translation(Locale.objects.get(language_code="en")).save()
    return [
        *(page.url for page in pages),
        *("/fr/", "/fr/ressources/", "/fr/catalogue/", "/fr/jadopte/", "/fr/recherche/", "/fr/themes/donnee/"),
        *("/fr/territoires/", "/fr/themes/", "/fr/plan-du-site/"),
        CommuneFactory().get_absolute_url(),
        OrganisationFactory().get_absolute_url(),
    ]


def test_every_kind_of_page_and_its_translation_name_each_other(client):
    for path in in_every_language():
        french = head(client, path)
        assert french.canonical == french.alternates["fr"] == french.alternates["x-default"] == f"{HOST}{path}"
        assert set(french.alternates) == {"fr", "en", "x-default"}
        english = head(client, french.alternates["en"])
        assert english.canonical == french.alternates["en"] != french.canonical
        assert english.alternates == french.alternates


@pytest.mark.parametrize("factory", SHEETS)
def test_what_is_in_french_alone_has_one_address_and_no_alternate(client, factory):
    page = factory()
    for address in (page.url, page.address_in("en").path):
        assert head(client, address).canonical == f"{HOST}{page.url}"
        assert head(client, address).alternates == {}


def test_a_need_and_a_theme_in_french_alone_have_one_address_and_no_alternate(client):
    build_frame()
    for french in (NeedFactory(slug="ombre").get_absolute_url(), ThemeFactory(slug="donnee").get_absolute_url()):
        english = french.replace("/fr/jadopte", "/en/adopt").replace("/fr/", "/en/")
        for address in (french, english):
            assert (head(client, address).canonical, head(client, address).alternates) == (f"{HOST}{french}", {})


def test_a_theme_is_read_under_its_french_name_until_it_has_an_english_one(client):
    build_frame()
    theme = ThemeFactory(slug="donnee", name="Donnée")
    ThemeFactory(slug="capteurs", name="Capteurs", parent=theme)
    page = client.get("/en/themes/").content.decode()
    assert '<a href="/en/themes/donnee/">Donnée</a>' in page
    assert '<a href="/en/themes/capteurs/">Capteurs</a>' in page
    english = theme.copy_for_translation(Locale.objects.get(language_code="en"))
    english.name = "Data"
    english.save()
    page = client.get("/en/themes/").content.decode()
    assert "Donnée" not in page
    assert re.search(r'donnee/">Data</a>.*<ul><li><a href="/en/themes/capteurs/">Capteurs</a>', page, re.DOTALL)
    assert "Capteurs" in client.get("/en/themes/donnee/").content.decode()


@pytest.mark.parametrize(
    "restriction", [{"restriction_type": "login"}, {"restriction_type": "password", "password": "x"}]
)
def test_a_translation_that_is_not_for_everyone_is_no_alternate(client, restriction):
    page = ProjectPageFactory(slug="capteurs")
    translated(page).view_restrictions.create(**restriction)
    assert head(client, page.url).alternates == {}
    assert "Contenu" in client.get("/en/resources/capteurs/").content.decode()


def test_an_address_with_parameters_is_read_at_the_one_without_and_has_no_alternate(client):
    build_frame()
    for path in ("/fr/recherche/?q=capteurs", "/fr/ressources/?type=project", "/fr/?from=mail"):
        found = head(client, path)
        assert (found.canonical, found.alternates) == (f"{HOST}{path.partition('?')[0]}", {})


def test_what_is_not_found_has_no_address(client):
    build_frame()
    for path in ("/fr/nowhere/", "/nowhere/", "/en/themes/nowhere/"):
        page = Head(client.get(path).content.decode())
        assert (page.canonical, page.alternates) == ("", {})


def switcher(client, path: str) -> dict[str, str]:
    """The links of the switcher, as readers hear them, with their addresses."""
    nav = re.search(r'<nav class="languages".*?</nav>', client.get(path).content.decode(), re.DOTALL)[0]
    links = re.findall(r'<a href="([^"]*)" hreflang="(\w+)" lang="(\w+)".*?<span class="vh">(.*?)</span>', nav)
    assert all(hreflang == lang for _url, hreflang, lang, _label in links)
    return {label: url for url, _hreflang, _lang, label in links}


def test_the_switcher_leads_to_the_translation(client):
    page = ProjectPageFactory(slug="capteurs")
    translated(page)
    assert switcher(client, page.url) == {"English": "/en/resources/english-capteurs/"}
    assert switcher(client, "/en/resources/english-capteurs/") == {"Français": "/fr/ressources/capteurs/"}


def test_the_switcher_says_in_the_reader_s_language_that_a_page_is_not_translated(client):
    page = ProjectPageFactory(slug="capteurs")
    assert switcher(client, page.url) == {"English (this page is in French only)": "/en/resources/capteurs/"}
    assert switcher(client, NeedFactory(slug="ombre").get_absolute_url()) == {
        "English (this page is in French only)": "/en/adopt/ombre/"
    }


def test_the_switcher_keeps_what_is_looked_for(client):
    build_frame()
    assert switcher(client, "/fr/recherche/?q=v%C3%A9lo&type=project&page=1") == {
        "English": "/en/search/?q=v%C3%A9lo&amp;type=project&amp;page=1"
    }
    assert switcher(client, "/fr/ressources/?q=v%C3%A9lo") == {"English": "/en/resources/?q=v%C3%A9lo"}


def test_the_switcher_leads_home_from_an_address_of_no_language(client):
    build_frame()
    assert switcher(client, "/nowhere/") == {"English": "/en/"}
