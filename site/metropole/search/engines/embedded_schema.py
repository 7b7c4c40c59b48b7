"""tantivy's schema, and a document as tantivy stores it, both made from ``fields``."""

import json
from functools import cache

import tantivy

from ..analysis import ANALYZERS, LANGUAGES, words
from ..documents import Document
from ..fields import FACET_FIELDS, NUMBER_FIELDS, TEXT_FIELDS, WORDS, facet_values, numbers, shown, text_parts

ID, STORED = "id", "stored"
# Between a folded word and its spelling in the index's list of words: sorts before every letter.
SPELLED = "\x1f"


@cache
def schema() -> tantivy.Schema:
    return builder().build()


def builder() -> tantivy.SchemaBuilder:
    """The schema before it is closed."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(STORED, stored=True)
    for language in LANGUAGES:
        for field in TEXT_FIELDS:
            builder.add_text_field(field.in_language(language), tokenizer_name="whitespace")
        builder.add_text_field(WORDS.in_language(language), tokenizer_name="raw", index_option="basic")
    for name in FACET_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, fast=True, indexed=True)
    return builder


def to_tantivy(document: Document) -> tantivy.Document:
    """The document as the index holds it: our tokens, the facets' values, the keys and what is shown."""
    made = tantivy.Document()
    made.add_text(ID, document.id)
    facets = facet_values(document)
    _add_text(made, document)
    for name, values in facets.items():
        for value in values:
            made.add_text(name, value)
    for name, number in numbers(document).items():
        made.add_integer(name, number)
    made.add_bytes(STORED, _json(shown(document, facets)))
    return made


def _json(values: dict[str, object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _add_text(made: tantivy.Document, document: Document) -> None:
    for language, parts in text_parts(document):
        analysis, seen = ANALYZERS[language], set()
        for field, part in parts.items():
            typed = words(part)
            made.add_text(field.in_language(language), " ".join(analysis.tokens_of(typed)))
            seen.update(typed)
        for folded, spelled in analysis.surfaces(seen):
            made.add_text(WORDS.in_language(language), f"{folded}{SPELLED}{spelled}")
