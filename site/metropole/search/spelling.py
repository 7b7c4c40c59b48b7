"""Nearest words of the index to a mistyped one, by a table of deletions (as SymSpell does).

Two words within two mistakes of each other become equal when letters are deleted from both: the table holds what each
word of the index becomes, and a look-up deletes letters from the typed word alone, whatever the size of the alphabet.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from threading import Lock
from time import monotonic

from .analysis import LANGUAGES, fold_word
from .engines.base import Lexicon, Word

MOST_WORDS = 20_000
_PREFIX = 7
_WORD_BITS = 15
_HASH_MASK = (1 << (64 - _WORD_BITS)) - 1
# A table made from the words of an earlier commit serves this long: making one takes up to half a second.
_SERVES_FOR = 60.0


class DeletesTable:
    """The most frequent words of an index, found again from a mistyped one.

    One sorted array of 64-bit numbers (what is left of a word, hashed, and the word's rank): 5 MB for 20,000 words,
    where a dictionary would take 100.
    """

    def __init__(self, words: Iterable[Word]) -> None:
        self._words = sorted(words, key=lambda word: (-word.frequency, word.folded))[:MOST_WORDS]
        entries = [
            (hash(left) & _HASH_MASK) << _WORD_BITS | rank
            for rank, word in enumerate(self._words)
            for left in _left_of(word.folded, _mistakes(word.folded))
        ]
        entries.sort()
        self._entries = array("Q", entries)

    def nearest(self, folded: str) -> Word | None:
        """The word with the fewest mistakes, the most frequent of equals; None when none is near enough."""
        limit = _mistakes(folded)
        ranked = ((distance(folded, self._words[rank].folded), rank) for rank in self._candidates(folded, limit))
        best = min((found for found in ranked if found[0] <= limit), default=None)
        return self._words[best[1]] if best else None

    def _candidates(self, folded: str, limit: int) -> set[int]:
        ranks: set[int] = set()
        for left in _left_of(folded, limit):
            key = (hash(left) & _HASH_MASK) << _WORD_BITS
            place = bisect_left(self._entries, key)
            while place < len(self._entries) and self._entries[place] >> _WORD_BITS == key >> _WORD_BITS:
                ranks.add(self._entries[place] & ((1 << _WORD_BITS) - 1))
                place += 1
        return ranks


def _mistakes(word: str) -> int:
    """How many mistakes are forgiven in a word of this length."""
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 8 else 2


def _left_of(word: str, deletions: int) -> Iterator[str]:
    """What is left of the beginning of a word after up to so many deletions."""
    head = word[:_PREFIX]
    left = {head}
    for size in range(max(len(head) - deletions, 1), len(head)):
        left.update(map("".join, combinations(head, size)))
    return iter(left)


def distance(one: str, other: str) -> int:
    """Mistakes between two words: letters added, left out, replaced, or two neighbours swapped."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


@dataclass(frozen=True)
class _Held:
    lexicon: Lexicon
    version: object
    made_at: float
    table: DeletesTable


_held: _Held | None = None
_making = Lock()


def correction(typed: str, lexicon: Lexicon) -> str:
    """The nearest word of the index, as its authors type it; empty when there is none."""
    found = _table(lexicon).nearest(fold_word(typed))
    return found.shown if found else ""


def _table(lexicon: Lexicon) -> DeletesTable:
    global _held
    with _making:
        held, version = _held, lexicon.version()
        same_index = held is not None and held.lexicon is lexicon
        if same_index and (held.version == version or monotonic() - held.made_at < _SERVES_FOR):
            return held.table
        _held = _Held(lexicon, version, monotonic(), DeletesTable(_words(lexicon)))
        return _held.table


def _words(lexicon: Lexicon) -> Iterable[Word]:
    """Each word of the index once, in its most frequent spelling."""
    words: dict[str, Word] = {}
    for language in LANGUAGES:
        for word in lexicon.completions(language, "", MOST_WORDS):
            if word.folded not in words or words[word.folded].frequency < word.frequency:
                words[word.folded] = word
    return words.values()
