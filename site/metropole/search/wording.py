"""What the reader's words mean: phrases, synonyms, completion of the last word, correction of typing mistakes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from .analysis import ANALYZERS, LANGUAGES, Analyzer, analyzer, fold_word, words
from .engines.base import Alternative, Clause, Lexicon, Sequel, Text
from .languages import reader_language
from .registry import SynonymGroups, synonym_groups
from .spelling import correction

_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»')
_MOST_COMPLETIONS = 50
_SHORTEST_PREFIX = 2
# What a synonym counts beside the words typed; a phrase less, as it is scored by the rarity of all its words together.
_WORD_WEIGHT, _PHRASE_WEIGHT = 0.8, 0.45
_OTHER_LANGUAGE_WEIGHT = 0.5


@dataclass(frozen=True)
class Part:
    """A stretch of the reader's text, between quotation marks or not."""

    text: str
    quoted: bool


@dataclass(frozen=True)
class Wording:
    """The reader's words as understood: what is asked, the text it stands for, and the tokens to highlight."""

    text: Text
    shown: str
    marks: Mapping[str, frozenset[str]]


def understood(typed: str, lexicon: Lexicon, exact: bool) -> Wording:
    """The meaning of a text; words that no document holds are corrected unless ``exact``."""
    shown = typed if exact else _corrected(typed, lexicon)
    parts = list(_parts(shown))
    completed = _to_complete(parts, lexicon)
    asked = {language: _clauses(parts, language, lexicon, completed) for language in LANGUAGES}
    text = {language: _counting(clauses, language) for language, clauses in asked.items() if clauses}
    return Wording(text, shown, {language: _tokens(clauses) for language, clauses in text.items()})


def _parts(text: str) -> Iterator[Part]:
    end = 0
    for match in _QUOTED.finditer(text):
        yield Part(text[end : match.start()], quoted=False)
        yield Part(next(filter(None, match.groups()), ""), quoted=True)
        end = match.end()
    yield Part(text[end:], quoted=False)


def _clauses(parts: list[Part], language: str, lexicon: Lexicon, completed: str) -> tuple[Clause, ...]:
    analysis = ANALYZERS[language]
    clauses: list[Clause] = []
    for part in parts:
        tokens = tuple(analysis.tokens(part.text))
        if part.quoted:
            clauses += [(Alternative(tokens),)] if tokens else []
        else:
            clauses += _with_synonyms(tokens, language)
    if completed and clauses:
        clauses[-1] = _completions(completed, analysis, lexicon)
    return tuple(dict.fromkeys(clauses))


def _counting(clauses: tuple[Clause, ...], language: str) -> tuple[Clause, ...]:
    """What counts less in a language that is not the reader's.

    Few contents are translated: a word that several languages share would else seem rare there, and those contents be
    the best answers to it.
    """
    if language == reader_language():
        return clauses
    return tuple(
        tuple(Alternative(sequel, weight * _OTHER_LANGUAGE_WEIGHT) for sequel, weight in clause) for clause in clauses
    )


def _tokens(clauses: tuple[Clause, ...]) -> frozenset[str]:
    return frozenset(token for clause in clauses for alternative in clause for token in alternative.sequel)


# --- Synonyms ---------------------------------------------------------------------------------------------------------


def _with_synonyms(tokens: Sequel, language: str) -> Iterator[Clause]:
    """A clause for each token. The words of a known expression may be replaced, all together, by its synonyms."""
    table = _synonym_table(synonym_groups(), language)
    place = 0
    while place < len(tokens):
        expression = next((own for own in table.get(tokens[place], ()) if tokens[place:][: len(own)] == own), None)
        if expression is None:
            yield (Alternative((tokens[place],)),)
            place += 1
            continue
        # Each word or a synonym, for each word: that is all the words, together or apart, or one synonym.
        others = [_synonym(other, expression) for other in table[tokens[place]][expression]]
        yield from ((Alternative((token,)), *others) for token in expression)
        place += len(expression)


def _synonym(other: Sequel, expression: Sequel) -> Alternative:
    """Stands in for each word of an expression, and so counts as much less each time."""
    weight = _WORD_WEIGHT if len(other) == 1 else _PHRASE_WEIGHT
    return Alternative(other, weight / len(expression))


@lru_cache(maxsize=16)
def _synonym_table(groups: SynonymGroups, language: str) -> dict[str, dict[Sequel, tuple[Sequel, ...]]]:
    """The expressions by their first token, longest first, with their synonyms."""
    table: dict[str, dict[Sequel, tuple[Sequel, ...]]] = {}
    for group in groups:
        sequels = list(dict.fromkeys(filter(None, (tuple(ANALYZERS[language].tokens(member)) for member in group))))
        for own in sequels:
            known = table.setdefault(own[0], {})
            known[own] = tuple(dict.fromkeys((*known.get(own, ()), *(other for other in sequels if other != own))))
    return {first: dict(sorted(known.items(), key=lambda item: -len(item[0]))) for first, known in table.items()}


# --- Completion of the last word --------------------------------------------------------------------------------------


def _to_complete(parts: list[Part], lexicon: Lexicon) -> str:
    """The last word, folded, when it may be the beginning of one: not quoted, and itself in no document."""
    typed = words(parts[-1].text)
    if not typed or _is_known(typed[-1], lexicon):
        return ""
    prefix = fold_word(typed[-1])
    return prefix if len(prefix) >= _SHORTEST_PREFIX and _is_beginning(prefix, lexicon) else ""


def _completions(prefix: str, analysis: Analyzer, lexicon: Lexicon) -> Clause:
    begun = lexicon.completions(analysis.language, prefix, _MOST_COMPLETIONS)
    found = dict.fromkeys(analysis.folded_token(word.folded) for word in begun)
    # The prefix itself stands for the language that has no such word: no document of it will do.
    return tuple(Alternative((token,)) for token in found or [prefix])


def _is_beginning(prefix: str, lexicon: Lexicon) -> bool:
    return any(lexicon.completions(language, prefix, 1) for language in LANGUAGES)


# --- Correction -------------------------------------------------------------------------------------------------------


def _corrected(text: str, lexicon: Lexicon) -> str:
    """The text with each word that would yield nothing replaced by the nearest word of the index, if there is one."""
    located = list(analyzer(settings.LANGUAGE_CODE).spans(text))
    for place, word in reversed(list(enumerate(located))):
        typed = text[word.start : word.end]
        is_last = place == len(located) - 1
        if _is_known(typed, lexicon) or (is_last and _is_beginning(fold_word(typed), lexicon)):
            continue
        text = text[: word.start] + (correction(typed, lexicon) or typed) + text[word.end :]
    return text


def _is_known(word: str, lexicon: Lexicon) -> bool:
    """Whether a word means something in some language: a stop word, a word of a document, the start of a synonym."""
    groups = synonym_groups()
    for language in LANGUAGES:
        token = ANALYZERS[language].token(word)
        if not token or lexicon.contains(language, token) or token in _synonym_table(groups, language):
            return True
    return False
