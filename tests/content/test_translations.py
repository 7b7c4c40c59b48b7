"""A content is one search document, with the text of each language in which it is published."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from metropole.search.building import built, public_documents
from metropole.search.documents import document_id
from metropole.search.models import Delivery, OutboxEntry
from metropole.taxonomy.models import Theme
from resources.models import ProjectPage, ResourceIndexPage
from tests.factories import ProgrammeFactory, ProjectPageFactory, ThemeFactory


@pytest.fixture
def commit(rebuild_index, django_capture_on_commit_callbacks):
    """Runs what follows as if it were committed at the end of the ``with``."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def page(commit):
    with commit():
        return ProjectPageFactory(title="Capteurs de la place")


@pytest.fixture
def translation(page, commit):
    with commit():
        return translated(page, "Sensors on the square")


def english():
    return Locale.objects.get_or_create(language_code="en")[0]


def translated(page, title, locale=None):
    version = page.copy_for_translation(locale or english(), copy_parents=True)
    version.title = title
    version.save_revision().publish()
    return ProjectPage.objects.get(pk=version.pk)


def found(client, words, language="fr"):
    results = client.get("/api/v1/search", {"q": words, "lang_ui": language, "type": "project"}).json()["results"]
    return [(result["title"], result["language"]) for result in results]


def waiting():
    return OutboxEntry.objects.count() + Delivery.objects.count()


@pytest.mark.usefixtures("translation")
def test_a_content_is_found_once_by_the_words_of_each_version_and_shown_in_the_readers(client):
    assert found(client, "sensors") == found(client, "capteurs") == [("Capteurs de la place", "fr")]
    assert found(client, "sensors", "en") == found(client, "capteurs", "en") == [("Sensors on the square", "en")]
    assert not waiting()


def test_a_translation_that_is_unpublished_or_deleted_is_found_no_more(client, page, translation, commit):
    with commit():
        translation.unpublish()
    assert (found(client, "sensors"), found(client, "capteurs", "en")) == ([], [("Capteurs de la place", "fr")])
    with commit():
        translation.save_revision().publish()
    assert found(client, "sensors", "en") == [("Sensors on the square", "en")]
    with commit():
        translation.delete()
    assert (found(client, "sensors"), found(client, "capteurs", "en")) == ([], [("Capteurs de la place", "fr")])


def test_the_address_of_a_translation_that_moves_follows(client, translation, commit):
    with commit():
        translation.slug = "parking-sensors"
        translation.save_revision().publish()
    assert url(client, "sensors").endswith("/parking-sensors/")
    with commit():
        section = ResourceIndexPage.objects.get(locale=english())
        section.slug = "library"
        section.save_revision().publish()
    assert url(client, "sensors").endswith("/en/library/parking-sensors/")


def url(client, words):
    return client.get("/api/v1/search", {"q": words, "lang_ui": "en"}).json()["results"][0]["url"]


def test_where_the_original_is_unpublished_the_translation_takes_its_place(client, page, translation, commit):
    with commit():
        page.unpublish()
    assert found(client, "sensors") == found(client, "sensors", "en") == [("Sensors on the square", "en")]
    assert found(client, "capteurs") == []
    with commit():
        page.save_revision().publish()
    assert found(client, "sensors") == [("Capteurs de la place", "fr")]


def test_where_the_original_is_private_the_translation_takes_its_place(client, page, translation, commit):
    with commit():
        page.view_restrictions.create(restriction_type="login")
    assert found(client, "sensors") == [("Sensors on the square", "en")]
    assert found(client, "capteurs") == []


def test_a_draft_or_private_translation_is_not_found(client, page, translation, commit):
    with commit():
        translation.view_restrictions.create(restriction_type="login")
    assert found(client, "sensors") == []
    with commit():
        other = ProjectPageFactory(title="Autre chose")
        other.copy_for_translation(english()).save_revision()
    assert found(client, "chose", "en") == [("Autre chose", "fr")]


def test_each_of_these_changes_waits_in_the_outbox_with_the_change_itself(page, translation):
    for change in (page.unpublish, translation.unpublish, translation.delete):
        OutboxEntry.objects.all().delete()
        keys = {document_id(page), document_id(translation)}
        change()
        assert set(OutboxEntry.objects.values_list("document_key", flat=True)) == keys


def test_a_translation_made_in_the_translation_tool_is_found_once_it_is_published(client, page, commit):
    with commit():
        source, _created = TranslationSource.update_or_create_from_instance(page)
        made = Translation.objects.create(source=source, target_locale=english())
        made.save_target(publish=True)
    version = page.get_translation(english())
    assert version.live
    assert found(client, "capteurs", "en") == [("Capteurs de la place", "en")]
    assert not waiting()


def test_of_two_translations_without_their_original_one_is_the_document(client, page, translation, commit, settings):
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [("fr", "French"), ("en", "English"), ("es", "Spanish")]
    with commit():
        other = translated(page, "Sensores", Locale.objects.create(language_code="es"))
        page.unpublish()
    assert [document.id for document in public_documents() if document.type == "project"] == [document_id(translation)]
    batch = built(map(document_id, (page, translation, other)))
    [document] = batch.documents
    assert (document.language, document.versions["es"].title) == ("en", "Sensores")
    assert set(batch.removed) == {document_id(page), document_id(other)}


def test_an_alias_is_no_translation(client, page, commit):
    with commit():
        page.copy_for_translation(english(), alias=True)
    assert found(client, "capteurs", "en") == [("Capteurs de la place", "fr")]


def test_facets_are_the_originals_but_for_its_languages(client, page, translation):
    facets = client.get("/api/v1/search", {"type": "project"}).json()["facets"]
    assert {value["value"]: value["count"] for value in facets["lang"]} == {"fr": 1, "en": 1}
    assert {value["value"]: value["count"] for value in facets["year"]} == {"2024": 1}


def test_a_content_in_french_only_is_found_by_its_subjects_in_english(client, commit):
    with commit():
        theme = ThemeFactory(name="Eau", slug="eau")
        Theme.objects.create(
            name="Water", slug="eau", locale=english(), translation_key=theme.translation_key, position=1
        )
        programme = ProgrammeFactory(name="Fonds des villes", short_name="FDV")
        ProjectPageFactory(title="Fontaines", themes=[theme], programme=programme, tags=["ombre"])
    for words in ("water FDV", "eau fonds", "ombre water"):
        assert found(client, words, "en") == [("Fontaines", "fr")], words
    with commit():
        named = Theme.objects.get(name="Water")
        named.name = "Rivers"
        named.save()
    assert (found(client, "water"), found(client, "rivers")) == ([], [("Fontaines", "fr")])


def test_the_related_contents_of_a_translation_are_others(client, commit):
    theme = ThemeFactory()
    with commit():
        page = ProjectPageFactory(title="Capteurs", themes=[theme])
        version = translated(page, "Sensors")
        ProjectPageFactory(title="Ombrières", themes=[theme])
    for address in (page.url, version.url):
        assert [hit.title for hit in client.get(address).context["related"]] == ["Ombrières"]


def test_many_translations_are_read_with_as_many_queries_as_a_few(page, translation):
    few = queries()
    for number in range(4):
        translated(ProjectPageFactory(title=f"Projet {number}"), f"Project {number}")
    assert queries() == few
    assert sum(len(document.versions) for document in public_documents()) == 5


def queries():
    """Queries that build all projects, once the process knows the site's addresses."""
    keys = [document_id(page) for page in ProjectPage.objects.all()]
    built(keys)
    with CaptureQueriesContext(connection) as captured:
        assert not built(keys).failed
    return len(captured)


@pytest.mark.usefixtures("translation")
def test_a_list_says_what_is_in_another_language_and_what_comes_first(client, commit):
    with commit():
        ProjectPageFactory(title="Ombrières de la gare")
    listing = client.get("/en/search/?type=project").content.decode()
    assert listing.index("Sensors on the square") < listing.index("Ombrières de la gare")
    assert '<h3 lang="fr"><a href="/en/resources/ombrieres-de-la-gare/">Ombrières de la gare</a></h3>' in listing
    assert listing.count(">In French</span>") == 1
    assert "Items in English come first." in listing
    assert (
        "lang="
        not in client.get("/fr/recherche/?type=project")
        .content.decode()
        .partition('class="cards')[2]
        .partition("</ul>")[0]
    )
