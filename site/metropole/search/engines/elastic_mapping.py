"""How the server holds a document, made from ``fields``: our tokens, the facets' values, the keys, what is shown."""

from functools import cache
from typing import Any

from elasticsearch.dsl import Boolean, Keyword, Long, Mapping, MetaField, Object, Text
from elasticsearch.dsl import Document as ServerDocument

from ..analysis import ANALYZERS, LANGUAGES
from ..documents import Document
from ..fields import FACET_FIELDS, NUMBER_FIELDS, TEXT_FIELDS, facet_values, numbers, shown, stamp, text_parts

ID, DIGEST, SHOWN = "id", "digest", "shown"

INDEX_SETTINGS = {
    # One shard: counts and scores are those of all documents, not of a part of them.
    "number_of_shards": 1,
    # What is written is made visible by who writes it: at once for a change, at the end for a whole index.
    "refresh_interval": "-1",
    "auto_expand_replicas": "0-1",
    # Any page of the results may be asked for; the number of documents bounds what that costs.
    "max_result_window": 100_000_000,
}


def read_in(language: str) -> str:
    """The field that says whether a document is published in a language, to put those that are before the others."""
    return f"read_in_{language}"


@cache
def content_document() -> type[ServerDocument]:
    """The kind of document that an index holds."""
    # Tokens come from our own analysis, on both sides: the server only has to cut them apart.
    text = {field.in_language(language): Text(analyzer="whitespace") for language in LANGUAGES for field in TEXT_FIELDS}
    values = {name: Keyword() for name in FACET_FIELDS}
    keys = {name: Long() for name in NUMBER_FIELDS} | {read_in(language): Boolean() for language in LANGUAGES}
    own = {ID: Keyword(), DIGEST: Keyword(index=False), SHOWN: Object(enabled=False)}
    meta = type("Meta", (), {"dynamic": MetaField("strict"), "source": MetaField(includes=[SHOWN])})
    return type("ContentDocument", (ServerDocument,), text | values | keys | own | {"Meta": meta})


def mapping() -> dict[str, Any]:
    """The mapping of an index of this version, which says so."""
    declared: Mapping = content_document()._doc_type.mapping
    return declared.to_dict() | {"_meta": {"stamp": stamp()}}


def to_server(document: Document) -> dict[str, Any]:
    """The document as the server indexes it."""
    facets = facet_values(document)
    made: dict[str, Any] = {ID: document.id, DIGEST: document.digest(), SHOWN: shown(document, facets)}
    for language, parts in text_parts(document):
        made[read_in(language)] = language in document.languages
        for field, part in parts.items():
            made[field.in_language(language)] = " ".join(ANALYZERS[language].tokens(part))
    return made | {name: values for name, values in facets.items() if values} | numbers(document)
