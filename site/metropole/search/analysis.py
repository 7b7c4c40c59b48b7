"""From text to the tokens that every engine indexes and is asked for.

Order matters: accents are folded before the stem is taken, so that a word typed without accents always finds the
accented one (stemming first loses a third of them). Each version of a document is analysed in its own language; a
query in each language, and put to that language's fields: any word of a document, typed as its author typed it, finds
it from every interface, and what is a stop word in one language ("car", "on") stays a word in the others.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Set
from functools import lru_cache, partial
from typing import NamedTuple

from django.conf import settings
from Stemmer import Stemmer

from .stop_words import STOP_WORDS

ANALYSIS_VERSION = 1
LONGEST_TOKEN = 40
_MOST_REMEMBERED = 60_000

# Letters and digits, and the marks that stand inside a word without being letters: combining accents, soft hyphens,
# zero-width characters. An apostrophe ends a word: what is elided before it ("l", "qu", "jusqu") and what follows it
# in English ("s", "ll") are stop words.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+[^\W_]*)*")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


class Span(NamedTuple):
    """Where a word stands in a text."""

    start: int
    end: int


class Surface(NamedTuple):
    """A word of a text, folded for comparing and as it was typed for showing."""

    folded: str
    shown: str


def fold(text: str) -> str:
    """Lower case without accents or ligatures; characters that are no letters or digits are kept."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
    return "".join(character for character in decomposed if unicodedata.category(character) not in ("Mn", "Cf"))


def fold_word(word: str) -> str:
    """A word folded to letters and digits alone, as tokens are made of nothing else."""
    folded = fold(word)
    if not folded.isalnum():
        folded = "".join(filter(str.isalnum, folded))
    return folded[:LONGEST_TOKEN]


def words(text: str) -> list[str]:
    """The words of a text as typed."""
    return _WORD.findall(text)


class _Tokens(dict[str, str]):
    """The token of each word met, as texts repeat few words; forgotten all together when they become too many."""

    def __init__(self, analyse: Callable[[str], str]) -> None:
        super().__init__()
        self._analyse = analyse

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        token = self[word] = self._analyse(fold_word(word))
        return token


class Analyzer:
    """The analysis of one language: with our stop words if we have a list, with Snowball's stemmer if it has one."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stop_words = STOP_WORDS.get(language, frozenset())
        self._stem = _stemmer(language)
        self._tokens = _Tokens(self.folded_token)

    def token(self, word: str) -> str:
        """The token of one word; empty for a stop word."""
        return self._tokens[word]

    def folded_token(self, folded: str) -> str:
        """The token of a word that is already folded."""
        if not folded or folded in self._stop_words:
            return ""
        return self._stem(folded)

    def tokens(self, text: str) -> list[str]:
        """The token stream of a text, without stop words."""
        return self.tokens_of(words(text))

    def tokens_of(self, typed: Iterable[str]) -> list[str]:
        """The token stream of the words of a text."""
        return list(filter(None, map(self._tokens.__getitem__, typed)))

    def spans(self, text: str) -> list[Span]:
        """Where the words that are no stop words stand."""
        return [Span(*match.span()) for match in _WORD.finditer(text) if self._tokens[match[0]]]

    def matches(self, text: str, tokens: Set[str]) -> Iterator[Span]:
        """Where the words with one of the tokens stand. Most texts of a page hold few: those are looked over once."""
        token_of = self._tokens
        wanted = {word for word in set(words(text)) if token_of[word] in tokens}
        if wanted:
            yield from (Span(*match.span()) for match in _WORD.finditer(text) if match[0] in wanted)

    def surfaces(self, typed: Iterable[str]) -> set[Surface]:
        """What a reader could type to find one of these words of a text; nothing for stop words."""
        return {surface(word) for word in typed if self._tokens[word]}


@lru_cache(maxsize=_MOST_REMEMBERED)
def surface(word: str) -> Surface:
    """A word as it is listed in the index."""
    return Surface(fold_word(word), unicodedata.normalize("NFC", word.lower())[:LONGEST_TOKEN])


def _stemmer(language: str) -> Callable[[str], str]:
    """What takes the stem of a folded word; words stay whole in a language that Snowball does not know."""
    code = language.partition("-")[0]
    try:
        Stemmer(code)
    except KeyError:
        return str
    return partial(_stem, code)


def _stem(code: str, word: str) -> str:
    # PyStemmer's own cache is not safe between threads: without it, a stemmer is made for each new word.
    stem = Stemmer(code, 0).stemWord(word)
    while len(stem) > 4 and stem.endswith("e"):
        stem = stem[:-1]
    return f"{stem[:-1]}i" if len(stem) > 1 and stem.endswith("y") else stem


ANALYZERS = {code: Analyzer(code) for code, _name in settings.LANGUAGES}
LANGUAGES = tuple(ANALYZERS)


def analyzer(language: str) -> Analyzer:
    """The analysis of a text's language; that of the site's main language for one that the site is not read in."""
    return ANALYZERS.get(language, ANALYZERS[settings.LANGUAGE_CODE])
