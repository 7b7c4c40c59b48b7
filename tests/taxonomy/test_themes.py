import shutil

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from metropole.core.datafiles import DataFileError
from metropole.taxonomy.loading import DATA, load_taxonomy
from metropole.taxonomy.models import SynonymGroup, Theme
from tests.factories import ProjectPageFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_seven_challenges_and_their_worksites_are_loaded_in_both_languages_even_twice():
    load_taxonomy()
    assert load_taxonomy() == 33
    assert Theme.objects.canonical().filter(parent=None).count() == 7
    assert Theme.objects.in_language("en").count() == 33
    french = Theme.objects.canonical().get(slug="nature-en-ville")
    english = Theme.objects.in_language("en").get(slug="nature-en-ville")
    assert (english.name, english.translation_key) == ("Urban nature", french.translation_key)


def test_a_wrong_theme_is_named_by_file_and_line_and_nothing_is_loaded(tmp_path):
    folder = shutil.copytree(DATA, tmp_path / "data")
    path = folder / "themes.yaml"
    path.write_text(path.read_text().replace("slug: wifi-lifi", "slug: Wifi Lifi"))
    with pytest.raises(DataFileError, match=r"themes\.yaml, line \d+: worksites"):
        load_taxonomy(folder)
    assert not Theme.objects.exists()


def test_themes_have_two_levels():
    worksite = ThemeFactory(parent=ThemeFactory())
    with pytest.raises(ValidationError):
        ThemeFactory.build(parent=worksite).clean()
    challenge = worksite.parent
    challenge.parent = ThemeFactory()
    with pytest.raises(ValidationError):
        challenge.clean()


def test_a_slug_names_one_theme_in_a_language():
    theme = ThemeFactory()
    with pytest.raises(IntegrityError):
        ThemeFactory(slug=theme.slug)


def test_a_synonym_needs_its_pair():
    with pytest.raises(ValidationError):
        SynonymGroup(terms="seul\n\n").clean()


def test_a_theme_page_lists_what_is_filed_under_it_and_under_its_worksites(client, rebuild_index):
    challenge = ThemeFactory(name="Métropole agile", slug="agile")
    worksite = ThemeFactory(parent=challenge, slug="e-administration")
    ProjectPageFactory(title="Guichet", themes=[worksite])
    ProjectPageFactory(title="Ailleurs", themes=[ThemeFactory()])
    rebuild_index()
    page = client.get("/fr/themes/agile/").content.decode()
    assert "Guichet" in page
    assert "Ailleurs" not in page
    assert client.get("/fr/themes/inconnu/").status_code == 404


def test_editors_search_themes_and_see_how_much_each_is_used(client):
    client.force_login(UserFactory(administrator=True))
    used, unused = ThemeFactory(name="Compostage"), ThemeFactory(name="Covoiturage")
    ProjectPageFactory(themes=[used])
    response = client.get(reverse("wagtailsnippets_taxonomy_theme:list"))
    counts = {theme.name: theme.usage_count for theme in response.context["object_list"]}
    assert counts == {"Compostage": 1, "Covoiturage": 0}
    found = client.get(reverse("wagtailsnippets_taxonomy_theme:list"), {"q": "covoit"}).context["object_list"]
    assert list(found) == [unused]
