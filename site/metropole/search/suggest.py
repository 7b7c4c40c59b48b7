"""Suggestions while typing: ends for the word begun, and the text as it would be corrected."""

from dataclasses import dataclass

from django.conf import settings

from .analysis import LANGUAGES, analyzer, fold_word
from .engines.base import Lexicon, Word
from .query import clean_text
from .wording import understood

MOST_SUGGESTIONS = 8
_READ = 40


@dataclass(frozen=True)
class Suggestions:
    text: str
    completions: list[str]
    corrections: list[str]


def suggestions(typed: str, lexicon: Lexicon) -> Suggestions:
    """What the reader may mean by a text still being typed."""
    text = clean_text(typed)
    corrected = understood(text, lexicon, exact=False).shown if text else ""
    return Suggestions(text, _completed(text, lexicon), [corrected] if corrected != text else [])


def _completed(text: str, lexicon: Lexicon) -> list[str]:
    located = list(analyzer(settings.LANGUAGE_CODE).spans(text))
    if not located or located[-1].end != len(text):
        return []
    last = located[-1]
    prefix = fold_word(text[last.start :])
    return [text[: last.start] + word.shown for word in _words(prefix, lexicon)]


def _words(prefix: str, lexicon: Lexicon) -> list[Word]:
    """The most frequent words of all languages that go on from a prefix, each once."""
    found: dict[str, Word] = {}
    for language in LANGUAGES:
        for word in lexicon.completions(language, prefix, _READ):
            if word.folded != prefix and (word.folded not in found or found[word.folded].frequency < word.frequency):
                found[word.folded] = word
    ranked = sorted(found.values(), key=lambda word: (-word.frequency, word.folded))
    return ranked[:MOST_SUGGESTIONS]
