"""axe finds nothing on any kind of page, in both languages, wide and narrow, light and dark."""

import pytest

from tests.factories import CommuneFactory, PracticePageFactory, ThemeFactory

from .test_account import faults

SAMPLES = [
    "/{lang}/",
    "/{lang}/{search}/",
    "/{lang}/{search}/?q=stationnement&type=project&territory=paris-ouest-la-defense",
    "/{lang}/{search}/?q=stationnement&territory=sevres",
    "/{lang}/{resources}/",
    "/{lang}/{catalogue}/",
    "/{lang}/{board}/",
    "/{lang}/{territories}/",
    "/{lang}/{territories}/est-ensemble/",
    "/{lang}/{themes}/",
    "/{lang}/{themes}/donnee/",
    "/{lang}/{sitemap}/",
    "/{lang}/{legal}/",
    "/{lang}/nowhere-at-all/",
]
WORDS = {
    "fr": {
        "search": "recherche", "resources": "ressources", "catalogue": "catalogue", "board": "jadopte",
        "territories": "territoires", "themes": "themes", "sitemap": "plan-du-site", "legal": "mentions-legales",
    },
    "en": {
        "search": "search", "resources": "resources", "catalogue": "catalogue", "board": "adopt",
        "territories": "territories", "themes": "themes", "sitemap": "site-map", "legal": "legal-notice",
    },
}  # fmt: skip
KINDS = ["project", "kit", "article", "programme", "call", "event", "solution", "need"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", SAMPLES)
def test_axe_finds_nothing_on_a_page(open_page, axe, path, language):
    page = open_page(path.format(lang=language, **WORDS[language]))
    assert faults(page, axe) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_a_sheet(open_page, axe, kind, language):
    page = open_page(f"/{language}/{WORDS[language]['search']}/?type={kind}")
    page.goto(page.locator(".card h3 a").first.get_attribute("href"))
    assert faults(page, axe) == []


@pytest.mark.parametrize("path", ["/fr/", "/fr/recherche/?q=stationnement"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (1280, "dark")])
def test_axe_finds_nothing_narrow_or_dark(open_page, axe, path, width, scheme):
    page = open_page(path, width=width, color_scheme=scheme)
    assert faults(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_on_the_error_page(show, axe, settings):
    assert faults(show((settings.ROOT / "templates/500.html").read_text()), axe) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_on_a_practice_which_the_demonstration_has_none_of(show, axe, client, language):
    practice = PracticePageFactory(territories=[CommuneFactory()], themes=[ThemeFactory()], tags=["vélo"])
    assert faults(show(client.get(practice.address_in(language).path).content.decode()), axe) == []


@pytest.fixture
def show(browser, settings):
    """Shows a page's markup in the site's style, without a server."""
    context = browser.new_context()

    def show(markup: str):
        page = context.new_page()
        page.set_content(markup)
        page.add_style_tag(content=(settings.PACKAGE / "static/css/site.css").read_text())
        return page

    yield show
    context.close()
