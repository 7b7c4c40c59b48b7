"""The demonstration's content as search sees it, read from a snapshot: the same on each machine and on each day.

``python -m tests.search.golden.snapshot`` makes the snapshot anew after a change of the demonstration.
"""

import datetime
import json
from dataclasses import fields
from functools import cache
from pathlib import Path

from metropole.search.documents import Document, Version
from metropole.search.vocabularies import Term

SNAPSHOT = Path(__file__).with_name("corpus.json")

# The demonstration's needs open and close some days from the day it is made: it is made, and searched, on this one.
NOW = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)

_READ = {
    "date": datetime.date.fromisoformat,
    "opens_at": datetime.datetime.fromisoformat,
    "closes_at": datetime.datetime.fromisoformat,
    "keywords": lambda keywords: _tuples(keywords),
    "versions": lambda versions: {language: Version(**told) for language, told in versions.items()},
    "organisations": tuple,
    "aliases": tuple,
    "facets": lambda facets: _tuples(facets),
}


def documents() -> list[Document]:
    """Every public content of the demonstration."""
    return [Document(**_read(told)) for told in _snapshot()["documents"]]


def loaders() -> dict[str, object]:
    """Loaders for the facets, as the apps register them, with the labels of the French interface."""
    terms: dict[str, list[Term]] = {}
    for told in _snapshot()["terms"]:
        values = _read(told)
        terms.setdefault(values.pop("facet"), []).append(Term(**values))
    return {facet: lambda language, terms=terms: terms for facet, terms in terms.items()}


def synonyms() -> list[list[str]]:
    """The groups of equivalent words and phrases."""
    return _snapshot()["synonyms"]


def told(one: Document | Term) -> dict[str, object]:
    """A document or a term as the snapshot holds it: what is empty is left out, and instants are text."""
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: _plain(value) for name, value in values.items() if value}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Version):
        return vars(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def _tuples(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in lists.items()}


def _read(told: dict[str, object]) -> dict[str, object]:
    return {name: _READ[name](value) if name in _READ else value for name, value in told.items()}


@cache
def _snapshot() -> dict[str, list]:
    return json.loads(SNAPSHOT.read_text(encoding="utf-8"))
