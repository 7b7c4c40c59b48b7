"""wagtail-localize's whole loop with our kinds of pages: submit, translate, the source changes, update, publish."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry, get_page_models
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation

from metropole.content.models import ContentPage
from metropole.translation.progress import is_behind, is_complete, missing_passages
from tests import factories

pytestmark = pytest.mark.django_db

KINDS = [
    factories.ArticlePageFactory,
    factories.CallPageFactory,
    factories.EventPageFactory,
    factories.KitPageFactory,
    factories.PracticePageFactory,
    factories.ProgrammePageFactory,
    factories.ProjectPageFactory,
    factories.SolutionPageFactory,
]


def project(**fields):
    return factories.ProjectPageFactory(
        title="Places libres", summary="Des capteurs montrent les places.", problem="<p>Un.</p><p>Deux.</p>", **fields
    )


@pytest.fixture
def translated(translator):
    page = project()
    translation = translator.submit(page)
    translator.write_all(translation)
    translator.publish(translation)
    return page, translation


def test_the_journal_says_whose_a_published_translation_is_and_who_published_it(translator, editor):
    owner = factories.OrganisationFactory(name="Ville de Bondy", commune=True)
    page = project(organisations=[owner])
    translation = translator.submit(page)
    translator.write_all(translation)
    translator.publish(translation)
    entry = PageLogEntry.objects.get(action="wagtail.publish", page=translator.published(page).pk)
    assert entry.user == editor
    assert entry.data["organisation"] == {"id": owner.pk, "name": "Ville de Bondy"}
    assert (entry.data["before"], entry.data["after"]) == ({"state": "draft"}, {"state": "published"})


@pytest.mark.parametrize("factory", KINDS, ids=lambda factory: factory._meta.model.__name__)
def test_every_kind_of_page_goes_through_the_loop(factory, translator, client):
    page = factory()
    translation = translator.submit(page)
    assert not translator.published(page).live
    translator.write_all(translation)
    translator.publish(translation)
    english = translator.published(page)
    assert english.live
    assert english.title == f"EN {page.title}"
    response = client.get(english.url)
    assert response.status_code == 200
    assert english.url.startswith("/en/")
    assert english.slug == f"{page.slug}-en"
    assert f"EN {page.summary}" in response.content.decode()


def test_what_is_not_translated_yet_is_shown_to_nobody_in_english(translator, client):
    page = project()
    translation = translator.submit(page)
    translator.write(translation, {"Places libres": "Free spaces"})
    client.logout()
    content = client.get(f"/en/resources/{page.slug}/").content.decode()
    assert "Free spaces" not in content
    assert "Places libres" in content


def test_only_what_changed_is_to_be_translated_again(translated, publish):
    page, translation = translated
    assert is_complete(translation)
    page.problem = "<p>Un.</p><p>Deux, et demi.</p>"
    publish(page)
    assert [segment.string.data for segment in missing_passages(translation)] == ["Deux, et demi."]


def test_readers_keep_the_english_text_and_are_told_that_it_is_behind(translated, translator, publish, client):
    page, translation = translated
    page.problem = "<p>Un.</p><p>Deux, et demi.</p>"
    publish(page)
    english = translator.published(page)
    assert is_behind(english)
    content = client.get(english.url).content.decode()
    assert "EN Deux." in content
    assert "Deux, et demi." not in content
    assert "not up to date" in content
    translator.write(translation, {"Deux, et demi.": "Two and a half."})
    assert is_behind(english), "what is translated but not published is not there for readers"
    translator.publish(translation)
    content = client.get(english.url).content.decode()
    assert "Two and a half." in content
    assert "not up to date" not in content


def test_facts_follow_the_original_at_once(translated, translator, publish):
    page, _translation = translated
    commune, theme = factories.CommuneFactory(), factories.ThemeFactory()
    page.date, page.stage = dt.date(2026, 2, 3), "completed"
    page.territories, page.themes = [commune], [theme]
    page.tags.set(["vélo"])
    page.summary = "Un autre résumé."
    publish(page)
    english = translator.published(page)
    assert (english.date, english.stage) == (dt.date(2026, 2, 3), "completed")
    assert list(english.territories.all()) == [commune]
    assert list(english.themes.all()) == [theme]
    assert [tag.name for tag in english.tags.all()] == ["vélo"]
    assert english.summary == "EN Des capteurs montrent les places."
    page.territories, page.themes = [], []
    publish(page)
    english = translator.published(page)
    assert not english.territories.exists()
    assert not english.themes.exists()


def test_a_change_without_words_reaches_the_translation_by_itself(translated, translator, publish):
    page, _translation = translated
    page.problem = "<p>Deux.</p>"
    publish(page)
    english = translator.published(page)
    assert english.problem == "<p>EN Deux.</p>"
    assert not is_behind(english)


def test_words_that_nobody_has_published_do_not_go_online_with_the_original(translated, translator, publish):
    page, translation = translated
    translator.write(translation, {"Places libres": "Unchecked words"})
    page.problem = "<p>Deux.</p>"
    publish(page)
    assert translator.published(page).title == "EN Places libres"


def test_an_incomplete_translation_is_not_published(translator, client):
    page = project()
    translation = translator.submit(page)
    translator.write(translation, {"Places libres": "Free spaces"})
    response = translator.publish(translation)
    assert response.status_code == 302
    content = client.get(response.url).content.decode()
    assert "rien n’a été publié" in content
    assert not translator.published(page).live


def test_syncing_does_not_publish_what_is_incomplete(translated, translator, publish, client):
    page, translation = translated
    page.problem = "<p>Trois.</p>"
    publish(page)
    url = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    with translator.commit():
        client.post(url, {"publish_translations": "on"})
    assert translator.published(page).problem == "<p>EN Un.</p><p>EN Deux.</p>"


def test_withdrawing_the_original_withdraws_the_translation(translated, translator, client):
    page, _translation = translated
    with translator.commit():
        page.unpublish()
    english = translator.published(page)
    assert not english.live
    client.logout()
    assert client.get(english.url).status_code == 404


def test_a_translation_whose_original_was_deleted_stands_alone_and_says_so(translated, translator, client):
    page, translation = translated
    english = translator.published(page)
    with translator.commit():
        page.delete()
    english.refresh_from_db()
    assert not english.live
    assert english.title == "EN Places libres"
    assert not Translation.objects.filter(pk=translation.pk).exists()
    response = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    assert response.status_code == 200
    assert "n’a pas de version en" in response.content.decode()
    assert client.get(reverse("wagtail_localize:translations_report")).status_code == 200


def test_every_field_of_every_page_is_translated_or_shared_on_purpose():
    left_out = {
        "content_type", "owner", "locale", "go_live_at", "expire_at", "first_published_at", "path", "depth", "numchild",
    }  # fmt: skip
    for model in get_page_models():
        if not model.__module__.startswith(("metropole", "catalogue", "resources")) or model is ContentPage:
            continue
        listed = {field.field_name for field in get_translatable_fields(model)}
        editable = {
            field.name
            for field in (*model._meta.get_fields(), *model._meta.many_to_many)
            if getattr(field, "editable", False) and not getattr(field, "primary_key", False) and field.name != "id"
        }
        parents = {field.name for field in model._meta.parents.values() if field}
        missing = editable - listed - left_out - parents - {"tags", "alias_of"}
        assert not missing, f"{model.__name__}: {sorted(missing)}"


def test_fields_stand_in_the_order_of_the_tabs():
    """Translators meet the passages in the order in which the original's author wrote them."""
    for factory in KINDS:
        model = factory._meta.model
        listed = [field.field_name for field in get_translatable_fields(model)]
        panels = [name for name in _panel_fields(model.get_edit_handler()) if name in listed]
        assert [name for name in listed if name in panels] == panels, model.__name__


def _panel_fields(panel):
    for child in getattr(panel, "children", []):
        yield from _panel_fields(child)
    name = getattr(panel, "field_name", None) or getattr(panel, "relation_name", None)
    if name and name != "comments":
        yield name
