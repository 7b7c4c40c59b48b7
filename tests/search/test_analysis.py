import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropole.search.analysis import ANALYZERS, LANGUAGES, Analyzer, fold
from metropole.search.stop_words import FRENCH

french, english = ANALYZERS["fr"], ANALYZERS["en"]

SAME = [
    ("énergie", "energie"),
    ("énergies", "Energie"),
    ("ÉNERGIE", "e\u0301nergie"),
    ("stationnement", "stationnements"),
    ("expérimentation", "experimentations"),
    ("cœur", "coeur"),
    ("Œuvre", "oeuvre"),
    ("l’innovation", "l'innovation"),
    ("l’innovation", "innovation"),
    ("Jusqu'ici", "ici"),
    ("métropolitaine", "metropolitaines"),
    ("ﬁnancement", "financement"),
    ("co\u00advoiturage", "covoiturage"),
    ("Saint-Denis", "saint denis"),
    ("année", "annee"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_a_word_are_one(one, other):
    assert french.tokens(one) == french.tokens(other) != []


def test_est_ensemble_keeps_its_first_word():
    assert french.tokens("Est Ensemble") == ["est", "ensembl"]


def test_common_words_are_not_looked_for():
    assert french.tokens("dans la ville et pour les habitants") == french.tokens("ville habitants")


def test_another_language_has_the_stemmer_of_its_own_and_no_stop_words():
    assert Analyzer("es").tokens("los vecinos") == Analyzer("es").tokens("los vecino") == ["los", "vecin"]
    assert Analyzer("de").tokens("Städte") == Analyzer("de").tokens("Stadte")
    assert Analyzer("pt-br").tokens("cidades") == Analyzer("pt-br").tokens("cidade")


def test_a_language_without_a_stemmer_keeps_its_words_whole():
    assert Analyzer("xx").tokens("Énergies vélo") == ["energies", "velo"]


def test_the_languages_are_those_of_the_site(settings):
    assert tuple(code for code, _name in settings.LANGUAGES) == LANGUAGES


def test_numbers_with_letters_stay_whole():
    assert french.tokens("T4 5G 2026") == ["t4", "5g", "2026"]


def test_english_possessive_and_plural_are_one():
    assert english.tokens("the city's parking") == english.tokens("cities parking")


def test_a_stop_word_of_one_language_is_a_word_of_the_other():
    assert french.tokens("car") == []
    assert english.tokens("car") == ["car"]


@given(st.text(max_size=80))
def test_tokens_are_letters_and_digits_whatever_the_text(text):
    for analysis in (french, english):
        assert all(token.isalnum() and token == token.lower() for token in analysis.tokens(text))


@given(st.text(max_size=80))
def test_each_token_comes_from_its_place_in_the_text(text):
    for analysis in (french, english):
        assert [analysis.token(text[start:end]) for start, end in analysis.spans(text)] == analysis.tokens(text)
        assert list(analysis.matches(text, set(analysis.tokens(text)))) == analysis.spans(text)


@given(st.lists(st.text("aàâbcçdeéèêëfghiîïjklmnoôpqrstuùûüvwxyz", min_size=1, max_size=14), max_size=8))
def test_a_query_without_accents_finds_every_accented_word(words):
    text = " ".join(words)
    assert french.tokens(text) == french.tokens(fold(text))


def test_the_stop_words_are_folded_as_words_are():
    assert {fold(word) for word in FRENCH} == FRENCH
