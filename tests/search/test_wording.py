import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from metropole.search import registry
from metropole.search.engines.base import Word
from metropole.search.spelling import DeletesTable, distance
from metropole.search.suggest import suggestions
from metropole.search.wording import understood

from .samples import document


@pytest.fixture
def lexicon(fill, engine):
    fill(
        document(1, "Chatbot métropolitain", text="Un chatbot répond aux habitants. Vidéoprotection."),
        document(2, "Stationnement", text="Le chatbot du stationnement"),
        document(3, "Parking", language="en", text="mobility"),
    )
    return engine.lexicon


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("chatbto", "chatbot"),
        ("chatbots", "chatbots"),
        ("statoinnement", "stationnement"),
        ("vidoprotction", "vidéoprotection"),
        ("metroplitain chatbot", "métropolitain chatbot"),
        ("l'abitants", "l'habitants"),
        ("mobilty", "mobility"),
        ('"chatbto"', '"chatbot"'),
        ("xyzzyx", "xyzzyx"),
        ("bus", "bus"),
        ("2031", "2031"),
    ],
)
def test_a_word_that_no_document_holds_is_corrected(lexicon, typed, shown):
    assert understood(typed, lexicon, exact=False).shown == shown


def test_words_are_kept_as_typed_when_the_reader_says_so(lexicon):
    assert understood("chatbto", lexicon, exact=True).shown == "chatbto"


@pytest.mark.django_db
def test_a_synonym_that_no_document_holds_is_not_a_mistake(lexicon):
    registry.register_synonyms(lambda: [["chatboto", "chatbot"]])
    registry.synonyms_changed()
    wording = understood("chatboto", lexicon, exact=False)
    assert wording.shown == "chatboto"
    assert "chatbot" in wording.marks["fr"]


@pytest.mark.parametrize(("reader", "other"), [("fr", "en"), ("en", "fr")])
def test_words_count_more_in_the_readers_language(lexicon, reader, other):
    with translation.override(reader):
        text = understood("chatbot", lexicon, exact=False).text
    [[own]], [[foreign]] = text[reader], text[other]
    assert own.weight > foreign.weight


@given(st.text(max_size=60))
def test_any_text_has_a_meaning(text):
    class Empty:
        contains = staticmethod(lambda language, token: False)
        completions = staticmethod(lambda language, prefix, limit: [])
        version = staticmethod(lambda: 0)

    understood(text, Empty(), exact=False)


@given(st.text("abcde", max_size=7), st.text("abcde", max_size=7))
def test_mistakes_are_counted_the_same_both_ways(one, other):
    assert distance(one, other) == distance(other, one)
    assert distance(one, one) == 0
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


@given(st.text("abcdefgh", min_size=4, max_size=12), st.data())
def test_one_mistake_never_hides_a_word(word, data):
    place = data.draw(st.integers(0, len(word) - 1))
    mistyped = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + "x" + word[place:],
                word[:place] + "x" + word[place + 1 :],
                word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
            ]
        )
    )
    nearest = DeletesTable([Word(word, word, 1)]).nearest(mistyped)
    assert nearest or len(mistyped) < 4


def test_of_equal_words_the_most_frequent_is_proposed():
    table = DeletesTable([Word("parking", "parking", 2), Word("parkong", "parkong", 9)])
    assert table.nearest("parkng").shown == "parkong"


def test_typing_suggests_ends_for_the_word_and_a_correction(lexicon):
    assert suggestions("le chat", lexicon).completions == ["le chatbot"]
    assert suggestions("chatbto", lexicon).corrections == ["chatbot"]
    assert suggestions("", lexicon).completions == []
    assert suggestions("chatbot ", lexicon).corrections == []
