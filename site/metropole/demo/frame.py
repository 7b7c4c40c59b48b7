"""The pages that hold the site together: the home page and its sections, in French and in English."""

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Locale, Page, Site

from catalogue.models import CatalogueIndexPage
from metropole.board.models import BoardIndexPage
from metropole.core.models import HomePage
from metropole.translation.recording import record_translation
from resources.models import ResourceIndexPage

HOME = {
    "fr": {
        "title": "Accueil",
        "hero_title": "Ce qu’une commune a essayé peut servir à toutes",
        "hero_text": (
            "Projets, méthodes, solutions et besoins des communes et territoires de la Métropole du Grand Paris : "
            "cherchez ce que vos pairs ont fait, reprenez-le, partagez ce que vous avez appris."
        ),
    },
    "en": {
        "title": "Home",
        "hero_title": "What one town has tried can serve them all",
        "hero_text": (
            "Projects, methods, solutions and needs of the towns and territories of Greater Paris: "
            "see what your peers have done, reuse it, share what you have learnt."
        ),
    },
}

SECTIONS = (
    (
        ResourceIndexPage,
        {
            "fr": {
                "slug": "ressources",
                "title": "Ressources",
                "intro": "Ce que les communes et les territoires ont fait, et comment s’y prendre : "
                "projets, bonnes pratiques, fiches, programmes, appels et rendez-vous.",
            },
            "en": {
                "slug": "resources",
                "title": "Resources",
                "intro": "What towns and territories have done, and how to go about it: "
                "projects, good practice, guides, programmes, calls and events.",
            },
        },
    ),
    (
        CatalogueIndexPage,
        {
            "fr": {
                "slug": "catalogue",
                "title": "Catalogue",
                "intro": "Les solutions numériques et d’intelligence artificielle essayées ou citées sur le territoire "
                "métropolitain. Ce que personne n’a renseigné est dit tel quel.",
            },
            "en": {
                "slug": "catalogue",
                "title": "Catalogue",
                "intro": "Digital and AI solutions tried or mentioned in Greater Paris. "
                "What nobody has provided is said to be so.",
            },
        },
    ),
    (
        BoardIndexPage,
        {
            "fr": {
                "slug": "jadopte",
                "title": "J’adopte une innovation",
                "intro": "Les collectivités disent ce qu’elles cherchent ; celles et ceux qui portent des solutions "
                "leur répondent, dans les règles de la commande publique.",
            },
            "en": {
                "slug": "adopt",
                "title": "Adopt an innovation",
                "intro": "Authorities say what they are looking for; those who carry solutions answer them, "
                "within public procurement law.",
            },
        },
    ),
)


@dataclass(frozen=True)
class SiteFrame:
    """The pages below which the content is put, in French."""

    home: HomePage
    sections: dict[type[Page], Page]


def build_frame() -> SiteFrame:
    """Makes the site, its home page and its sections in each language, or finds them again."""
    home = _home()
    sections = {model: _section(model, texts["fr"], home) for model, texts in SECTIONS}
    _translate(home, HomePage(slug="home", **HOME["en"]))
    for model, texts in SECTIONS:
        _translate(sections[model], model(**texts["en"]))
    return SiteFrame(home, sections)


def _home() -> HomePage:
    home = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(slug="accueil", locale=Locale.get_default(), **HOME["fr"]))
        home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "site_name": str(settings.WAGTAIL_SITE_NAME), "root_page": home},
    )
    _remove_welcome_page()
    return home


def _remove_welcome_page() -> None:
    for page in Page.objects.filter(depth=2, content_type__model="page"):
        page.delete()


def _section(model: type[Page], texts: dict[str, str], home: HomePage) -> Page:
    page = model.objects.filter(locale=home.locale).first()
    if page is None:
        page = home.add_child(instance=model(locale=home.locale, show_in_menus=True, **texts))
        page.save_revision().publish()
    return page


def _translate(page: Page, wording: Page) -> None:
    english, _created = Locale.objects.get_or_create(language_code="en")
    if not page.has_translation(english):
        record_translation(page, wording, english)
