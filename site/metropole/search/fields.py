"""The one definition of what is indexed: text fields with their weights, facet fields, instants and order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from django.conf import settings

from .analysis import ANALYSIS_VERSION, LANGUAGES, analyzer, fold
from .documents import Document, Version
from .facets import CLOSES, FACETS, FACETS_BY_NAME, FRESH_UNTIL, INSTANTS, OPENS, TERRITORY
from .registry import vocabulary

SCHEMA_VERSION = 4


@dataclass(frozen=True)
class TextField:
    """A part of the text; each language has its own field, as each version of a document is analysed in its own."""

    name: str
    weight: float

    def in_language(self, language: str) -> str:
        return f"{self.name}_{language}"


_KEYWORDS = TextField("keywords", 3.0)
TEXT_FIELDS = (TextField("title", 5.0), _KEYWORDS, TextField("summary", 2.0), TextField("text", 1.0))

# Each distinct word once per document, as typed by its author: for completion, correction and their frequencies.
WORDS = TextField("words", 0.0)

# The territories named by the document itself, without those above: what is attached higher is offered apart.
DIRECT_TERRITORY = "territory_direct"
FACET_FIELDS = (*FACETS_BY_NAME, DIRECT_TERRITORY)

ALWAYS_OPENED, NEVER_CLOSES = 0, 1 << 52
RECENCY, AGE = "recency", "age"
_TITLE_KEY_COUNT = 3

_TIE_BITS = 41
_TITLE_CHARACTERS = 12
_TITLE_ALPHABET = {character: digit for digit, character in enumerate("0123456789abcdefghijklmnopqrstuvwxyz", start=1)}


def title_key_fields(language: str) -> tuple[str, ...]:
    """The fields that put titles in order for readers of a language, those of the main one for none in particular."""
    return tuple(f"title_key_{place}_{language or settings.LANGUAGE_CODE}" for place in range(_TITLE_KEY_COUNT))


NUMBER_FIELDS = (
    *(*INSTANTS, RECENCY, AGE),
    *(name for language in LANGUAGES for name in title_key_fields(language)),
)


def stamp() -> str:
    """What an index must carry to be read and written by this code; anything else asks for a rebuild."""
    names = [field.name for field in TEXT_FIELDS] + [facet.name for facet in FACETS] + list(LANGUAGES)
    return f"{SCHEMA_VERSION}.{ANALYSIS_VERSION}.{blake2b(' '.join(names).encode(), digest_size=4).hexdigest()}"


def milliseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)


def text_parts(document: Document) -> Iterator[tuple[str, dict[TextField, str]]]:
    """Each language of the site with what the document has for its text fields: its version in it, and its keywords."""
    for language in LANGUAGES:
        version = _version_read_as(language, document)
        parts = {field: getattr(version, field.name, "") for field in TEXT_FIELDS}
        parts[_KEYWORDS] = "\n".join(document.keywords.get(language, ()))
        yield language, {field: part for field, part in parts.items() if part}


def _version_read_as(language: str, document: Document) -> Version | None:
    """The version whose words are analysed as those of a language, if there is one."""
    is_of_original = analyzer(document.language).language == language
    return document.version(language) if is_of_original or language in document.versions else None


def facet_values(document: Document) -> dict[str, tuple[str, ...]]:
    """The values of each facet field, with all that lies above them in the trees."""
    direct = _direct_values(document)
    values = {
        facet.name: vocabulary(facet.name).expand(direct[facet.name]) if facet.is_tree else direct[facet.name]
        for facet in FACETS
    }
    return values | {DIRECT_TERRITORY: direct[TERRITORY.name]}


def _direct_values(document: Document) -> dict[str, tuple[str, ...]]:
    own = {"type": (document.type,), "lang": document.languages}
    if document.date:
        own["year"] = (str(document.date.year),)
    given = own | {name: tuple(dict.fromkeys(values)) for name, values in document.facets.items()}
    return {facet.name: given.get(facet.name) or facet.default for facet in FACETS}


def numbers(document: Document) -> dict[str, int]:
    """The numeric fields: instants (both of a period or none), and the keys that put documents in order."""
    values = dict(zip((RECENCY, AGE), date_keys(document), strict=True))
    for language in LANGUAGES:
        values |= zip(title_key_fields(language), title_keys(document.version(language).title), strict=True)
    if document.opens_at or document.closes_at:
        values[OPENS] = milliseconds(document.opens_at) if document.opens_at else ALWAYS_OPENED
        values[CLOSES] = milliseconds(document.closes_at) if document.closes_at else NEVER_CLOSES
    if document.fresh_until:
        values[FRESH_UNTIL] = milliseconds(document.fresh_until)
    return values


def date_keys(document: Document) -> tuple[int, int]:
    """Keys that put the newest first and the oldest first, greatest first; documents without a date are last in both.

    Equal dates are told apart by a digest of the identifier, so that an order is the same everywhere.
    """
    tie = int.from_bytes(blake2b(document.id.encode(), digest_size=8).digest()) >> (64 - _TIE_BITS)
    if not document.date:
        return tie, tie
    day = document.date.toordinal()
    return (day << _TIE_BITS) | tie, ((date.max.toordinal() - day + 1) << _TIE_BITS) | tie


def title_keys(title: str) -> tuple[int, ...]:
    """The title's first letters as numbers that sort like a dictionary, whatever the accents."""
    letters = [_TITLE_ALPHABET.get(character, 0) for character in " ".join(fold(title).split())]
    return tuple(
        _number(letters[start : start + _TITLE_CHARACTERS])
        for start in range(0, _TITLE_CHARACTERS * _TITLE_KEY_COUNT, _TITLE_CHARACTERS)
    )


def _number(letters: list[int]) -> int:
    number = 0
    for letter in letters + [0] * (_TITLE_CHARACTERS - len(letters)):
        number = number * 37 + letter
    return number


def shown(document: Document, facets: dict[str, tuple[str, ...]]) -> dict[str, object]:
    """What the index gives back of a document, as JSON can hold it: all that a result shows."""
    return {
        "id": document.id,
        "digest": document.digest(),
        "type": document.type,
        "language": document.language,
        "title": document.title,
        "url": document.url,
        "summary": document.summary,
        "text": document.text,
        "versions": {language: vars(version) for language, version in document.versions.items()},
        "date": document.date.isoformat() if document.date else None,
        "opens_at": document.opens_at.isoformat() if document.opens_at else None,
        "closes_at": document.closes_at.isoformat() if document.closes_at else None,
        "organisations": document.organisations,
        "is_example": document.is_example,
        "territory_expanded": facets["territory"],
        "territory": facets["territory_direct"],
        "theme": document.facets.get("theme", ()),
        "technique": document.facets.get("technique", ()),
        "deployed": document.facets.get("deployed", ()),
        "status": document.facets.get("status", ()),
    }
