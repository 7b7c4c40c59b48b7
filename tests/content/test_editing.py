"""Editors fill the forms of the Wagtail admin."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from catalogue.models import CatalogueIndexPage, SolutionPage
from metropole.board.models import BoardIndexPage
from metropole.demo.frame import build_frame
from resources.models import CallPage, PracticePage, ProjectPage, ResourceIndexPage
from tests.factories import (
    ArticlePageFactory,
    CallPageFactory,
    CommuneFactory,
    EventPageFactory,
    KitPageFactory,
    OrganisationFactory,
    PracticePageFactory,
    ProgrammePageFactory,
    ProjectPageFactory,
    SolutionPageFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FACTORIES = [
    ArticlePageFactory,
    CallPageFactory,
    EventPageFactory,
    KitPageFactory,
    PracticePageFactory,
    ProgrammePageFactory,
    ProjectPageFactory,
    SolutionPageFactory,
]


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(administrator=True))
    return client


def submit(admin, model, section, **fields):
    """Posts the creation form of a page; ``publish=False`` saves a draft."""
    publish = fields.pop("publish", True)
    data = {"title": "", "slug": "", "summary": "", "body": streamfield([]), "licence": "etalab-2.0", "tags": ""}
    data |= {"organisations": [], "territories": [], "themes": [], "documents": [], "figures": []} | fields
    if publish:
        data["action-publish"] = "1"
    parent = build_frame().sections[section]
    url = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
    with translation.override("fr"):
        return admin.post(url, nested_form_data(data))


def submit_call(admin, **instants):
    texts = {name: rich_text("<p></p>") for name in CallPage.section_fields}
    named = {"title": "Appel", "slug": "appel", "summary": "Un résumé."}
    return submit(admin, CallPage, ResourceIndexPage, **named, **texts, **instants)


PROSE = {name: rich_text("<p>Un texte.</p>") for name in PracticePage.section_fields}


def test_a_practice_without_what_did_not_work_is_refused_in_french_and_keeps_what_was_typed(admin):
    texts = PROSE | {"what_did_not_work": rich_text("<p></p>")}
    response = submit(
        admin, PracticePage, ResourceIndexPage, title="Covoiturage", slug="covoiturage", summary="Un résumé.", **texts
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "Ce champ ne peut pas être vide." in page
    assert "Covoiturage" in page
    assert not PracticePage.objects.exists()


def test_a_complete_practice_is_published(admin):
    response = submit(
        admin, PracticePage, ResourceIndexPage, title="Covoiturage", slug="covoiturage", summary="Un résumé.", **PROSE
    )
    assert response.status_code == 302
    assert PracticePage.objects.get().live


def test_a_summary_over_its_limit_is_refused_with_the_limit(admin):
    texts = {name: rich_text("<p></p>") for name in ProjectPage.section_fields}
    response = submit(admin, ProjectPage, ResourceIndexPage, title="Projet", slug="projet", summary="a" * 401, **texts)
    assert (
        "Assurez-vous que cette valeur comporte au plus 400 caractères (actuellement 401)." in response.content.decode()
    )


def test_a_call_that_closes_before_it_opens_is_refused_beside_its_closing(admin):
    response = submit_call(admin, opens_at="2026-10-02 10:00", closes_at="2026-10-01 10:00")
    assert "closes_at" in response.context["form"].errors


def test_an_hour_that_paris_never_had_is_refused_in_french(admin):
    response = submit_call(admin, opens_at="2026-03-29 02:30", closes_at="2026-10-01 10:00")
    assert "2026-03-29 02:30:00 n’a pas pu être interprété" in response.context["form"].errors["opens_at"][0].replace(
        "'", "’"
    )


def test_a_publisher_must_fill_the_twelve_fields_before_publishing(admin):
    solution = {"title": "Outil", "slug": "outil", "summary": "Un résumé.", "kind": "software", "origin": "publisher"}
    texts = {"problem_and_use": rich_text("<p></p>")}
    response = submit(admin, SolutionPage, CatalogueIndexPage, **solution, **texts)
    missing = set(response.context["form"].errors)
    assert {"publisher", "status", "contains_ai", "personal_data", "hosting_place", "price_model"} <= missing
    assert submit(admin, SolutionPage, CatalogueIndexPage, publish=False, **solution, **texts).status_code == 302


def test_the_metropole_may_publish_what_public_sources_say_of_a_solution(admin):
    solution = {"title": "Outil", "slug": "outil", "summary": "Un résumé.", "kind": "software", "origin": "editorial"}
    assert (
        submit(admin, SolutionPage, CatalogueIndexPage, **solution, problem_and_use=rich_text("<p></p>")).status_code
        == 302
    )


@pytest.mark.parametrize("factory", FACTORIES)
def test_every_kind_of_content_can_be_edited_and_previewed(admin, factory):
    page = factory()
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    preview = page.make_preview_request()
    assert preview.status_code == 200
    assert page.title in preview.content.decode()


@pytest.mark.parametrize("factory", FACTORIES)
def test_every_field_of_an_editing_form_has_a_help_text(admin, factory):
    form = admin.get(reverse("wagtailadmin_pages:edit", args=[factory().pk])).context["form"]
    wagtails_own = {
        "slug",
        "seo_title",
        "search_description",
        "show_in_menus",
        "go_live_at",
        "expire_at",
        "comment_notifications",
        "body",
    }
    assert [name for name, field in form.fields.items() if not field.help_text and name not in wagtails_own] == []


def test_the_long_lists_are_grouped_as_people_know_them(admin):
    challenge = ThemeFactory(name="Métropole agile")
    ThemeFactory(name="E-administration", parent=challenge)
    commune = CommuneFactory(name="Montreuil", parent__name="Est Ensemble")
    OrganisationFactory(commune=True, territory=commune)
    form = admin.get(reverse("wagtailadmin_pages:edit", args=[ProjectPageFactory().pk])).context["form"]

    def groups(name):
        return {group: [label for _pk, label in members] for group, members in form.fields[name].choices}

    assert groups("themes") == {"Métropole agile": ["Métropole agile", "E-administration"]}
    assert groups("territories")["Est Ensemble"] == ["Est Ensemble", "Montreuil"]
    assert groups("organisations") == {"Commune": ["Montreuil"]}


@pytest.mark.parametrize("model", [ResourceIndexPage, CatalogueIndexPage, BoardIndexPage])
def test_a_section_is_previewed_with_its_listing(admin, model):
    section = build_frame().sections[model]
    section.intro = "Une introduction toute neuve"
    preview = section.make_preview_request()
    assert preview.status_code == 200
    page = preview.content.decode()
    assert "toute neuve" in page
    assert 'id="filters"' in page


def test_the_home_page_is_previewed(admin):
    home = build_frame().home
    home.hero_title = "Un titre tout neuf"
    assert "Un titre tout neuf" in home.make_preview_request().content.decode()


@pytest.mark.parametrize("view", ["wagtailadmin_pages:search", "wagtailadmin_explore_root", "wagtailimages:index"])
def test_editors_search_the_admin(admin, view):
    assert admin.get(reverse(view), {"q": "climat"}).status_code == 200


def test_editors_find_a_page_by_a_word_of_its_title(admin):
    page = PracticePageFactory(title="Ombrières de la place du marché")
    found = admin.get(reverse("wagtailadmin_pages:search"), {"q": "ombrières"}).context["pages"]
    assert [match.pk for match in found] == [page.pk]
