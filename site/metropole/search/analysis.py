"""From text to the tokens that every engine indexes and is asked for.

Order matters: accents are folded before the stem is taken, so that a word typed without accents always finds the
accented one (stemming first loses a third of them). A document is analysed in its own language; a query in each
language, and put to that language's fields: any word of a document, typed as its author typed it, finds it from either
interface, and what is a stop word in one language ("car", "on") stays a word in the other.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import partial

from Stemmer import Stemmer

from .stop_words import ENGLISH, FRENCH

ANALYSIS_VERSION = 1
LONGEST_TOKEN = 40
_MOST_REMEMBERED = 60_000

# Marks that stand inside a word without being letters: combining accents, soft hyphens, zero-width characters.
_WORD = r"[^\W_]+(?:[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+[^\W_]*)*"
_APOSTROPHE = r"['’ʼ‘′＇]"
_ELIDED = rf"(?<![^\W_])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu){_APOSTROPHE}"
_FRENCH_WORDS = re.compile(rf"(?:{_ELIDED})?({_WORD})", re.IGNORECASE)
_ENGLISH_WORDS = re.compile(rf"({_WORD})(?:{_APOSTROPHE}s(?![^\W_]))?", re.IGNORECASE)
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


@dataclass(frozen=True)
class Token:
    """A token and where the word that it comes from stands in the original text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Surface:
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


class Analyzer:
    """The analysis of one language. A word analysed once is remembered, as texts repeat few words."""

    def __init__(self, language: str, words: re.Pattern[str], stop_words: frozenset[str], stemmer: str) -> None:
        self.language = language
        self._words = words
        self._stop_words = stop_words
        # PyStemmer's own cache is not safe between threads: without it, a stemmer is made for each new word.
        self._stem: Callable[[str], str] = partial(_stem, stemmer)
        self._remembered: dict[str, str] = {}

    def words(self, text: str) -> list[str]:
        """The words of a text as typed, without elided articles."""
        return self._words.findall(text)

    def token(self, word: str) -> str:
        """The token of one word; empty for a stop word."""
        token = self._remembered.get(word)
        if token is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            token = self._remembered[word] = self.folded_token(fold_word(word))
        return token

    def folded_token(self, folded: str) -> str:
        """The token of a word that is already folded."""
        if not folded or folded in self._stop_words:
            return ""
        stem = self._stem(folded)
        while len(stem) > 4 and stem.endswith("e"):
            stem = stem[:-1]
        return f"{stem[:-1]}i" if len(stem) > 1 and stem.endswith("y") else stem

    def tokens(self, text: str) -> list[str]:
        """The token stream of a text, without stop words."""
        return [token for token in map(self.token, self.words(text)) if token]

    def located(self, text: str) -> Iterable[Token]:
        """The token stream with the place of each word in the text."""
        for match in self._words.finditer(text):
            token = self.token(match[1])
            if token:
                yield Token(token, match.start(1), match.end(1))

    def first_match(self, text: str, tokens: Set[str]) -> int | None:
        """Where the first word with one of the tokens stands; None when the text has none."""
        for word in self.words(text):
            if self.token(word) in tokens:
                return next(token.start for token in self.located(text) if token.text in tokens)
        return None

    def surfaces(self, text: str) -> Iterable[Surface]:
        """The distinct words of a text that a reader could look for."""
        for word in dict.fromkeys(self.words(text)):
            if self.token(word):
                yield Surface(fold_word(word), unicodedata.normalize("NFC", word.lower())[:LONGEST_TOKEN])


def _stem(algorithm: str, word: str) -> str:
    return Stemmer(algorithm, 0).stemWord(word)


ANALYZERS = {
    "fr": Analyzer("fr", _FRENCH_WORDS, FRENCH, "french"),
    "en": Analyzer("en", _ENGLISH_WORDS, ENGLISH, "english"),
}
LANGUAGES = tuple(ANALYZERS)


def analyzer(language: str) -> Analyzer:
    """The analysis of a document's language; French for one that has none of its own."""
    return ANALYZERS.get(language, ANALYZERS["fr"])
