"""A need is read in the reader's language where someone has translated it, else in its own, which is then said."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from metropole.board.models import Need
from metropole.demo.frame import build_frame
from tests.factories import MembershipFactory, NeedFactory, NeedTextFactory, language

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FRENCH, ENGLISH = "/fr/jadopte/place/", "/en/adopt/place/"
NOTICE = "This page is not translated yet: here is the original, in French."


@pytest.fixture(autouse=True)
def _site(rebuild_index):
    build_frame()


@pytest.fixture
def need():
    return NeedFactory(slug="place", title="Ombrager la place", problem="<p>Trop de soleil.</p>")


def in_english(need, **words):
    words = {"title": "Shade the square", "problem": "<p>Too much sun.</p>"} | words
    return NeedTextFactory(need=need, locale=language("en"), **words)


def page(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_each_reader_gets_the_words_of_their_language(client, need):
    in_english(need)
    french, english = page(client, FRENCH), page(client, ENGLISH)
    assert "Ombrager la place" in french
    assert "Trop de soleil." in french
    assert "Shade the square" in english
    assert "Too much sun." in english
    assert "Ombrager la place" not in english
    assert NOTICE not in english


@pytest.mark.parametrize("has_draft", [False, True])
def test_without_a_published_translation_the_original_is_given_and_marked_as_such(client, need, has_draft):
    if has_draft:
        in_english(need, live=False)
    english = page(client, ENGLISH)
    assert NOTICE in english
    assert '<h1 lang="fr">Ombrager la place</h1>' in english
    assert "Shade the square" not in english
    assert NOTICE not in page(client, FRENCH)


def test_the_notice_names_the_language_of_the_original_in_the_language_of_the_reader(client):
    NeedFactory(slug="place", title="Shade the square", language="en")
    french = page(client, FRENCH)
    assert '<h1 lang="en">Shade the square</h1>' in french
    assert "anglais" in french
    assert "Anglais" not in french.split("<main")[1]


def test_only_the_languages_of_its_texts_are_announced_and_the_others_lead_to_the_original(client, need):
    untranslated = page(client, ENGLISH)
    assert 'hreflang="en" href="http' not in untranslated
    assert f'<link rel="canonical" href="http://testserver{FRENCH}">' in untranslated
    in_english(need)
    translated = page(client, ENGLISH)
    assert f'<link rel="alternate" hreflang="en" href="http://testserver{ENGLISH}">' in translated
    assert f'<link rel="alternate" hreflang="fr" href="http://testserver{FRENCH}">' in translated
    assert f'<link rel="canonical" href="http://testserver{ENGLISH}">' in translated


@pytest.mark.parametrize("url", [FRENCH, ENGLISH])
@pytest.mark.parametrize("missing", ["unpublished", "deleted"])
def test_a_need_whose_original_is_missing_is_not_there(client, need, url, missing):
    in_english(need)
    if missing == "deleted":
        need.original.delete()
    else:
        need.original.unpublish()
    assert client.get(url).status_code == 404
    assert not Need.objects.get().is_public


def test_a_need_is_named_in_the_readers_language_without_a_query_once_its_texts_are_there(
    need, django_assert_num_queries
):
    in_english(need)
    need = Need.objects.with_texts().get()
    with django_assert_num_queries(0):
        assert str(need) == "Ombrager la place"
        assert need.get_absolute_url() == FRENCH
        with translation.override("en"):
            assert str(need) == "Shade the square"
            assert need.get_absolute_url() == ENGLISH


def test_a_need_without_words_is_named_by_its_slug(need):
    need.texts.all().delete()
    assert str(need) == "place"


def test_a_need_has_one_text_in_each_language(need):
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedTextFactory(need=need, locale=language("fr"))


def test_the_original_is_in_one_of_the_languages_of_the_site(need):
    need.language = "xx"
    with pytest.raises(ValidationError, match="language"):
        need.full_clean()
    need.language = "en"
    need.full_clean()


def test_the_name_of_a_need_is_said_to_be_french_where_it_is(client, need):
    agent = MembershipFactory(organisation=need.organisation, contributes=True).person
    untitled = Need.objects.create(organisation=need.organisation, slug="sans-titre")
    client.force_login(agent)
    with translation.override("en"):
        screens = [reverse("board:manage", args=[one.key]) for one in (need, untitled)]
        mine = reverse("board:mine")
    named, unnamed = (page(client, screen) for screen in screens)
    assert '<h1 lang="fr">Ombrager la place</h1>' in named
    assert "<h1>Untitled</h1>" in unnamed
    assert f'<a href="{screens[0]}" lang="fr">Ombrager la place</a>' in page(client, mine)
    assert f'<a href="{screens[1]}">Untitled</a>' in page(client, mine)
