"""Small vocabularies and documents, and a count of what a search should give made without any index."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import pairwise

from metropole.search.analysis import ANALYZERS, LANGUAGES
from metropole.search.documents import Document
from metropole.search.facets import FACETS, STATUS, clock_status
from metropole.search.fields import date_keys, milliseconds, title_keys
from metropole.search.query import NEWEST, OLDEST, TITLE, Query
from metropole.search.vocabularies import Term

NOW = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)

TERRITORIES = [
    Term("metropole", "Métropole du Grand Paris"),
    Term("paris", "Paris", "metropole"),
    Term("est-ensemble", "Est Ensemble (T8)", "metropole", url="/fr/territoires/est-ensemble/"),
    Term("montreuil", "Montreuil", "est-ensemble", url="/fr/territoires/montreuil/"),
    Term("pantin", "Pantin", "est-ensemble"),
    Term("vallee-sud", "Vallée Sud (T2)", "metropole"),
    Term("malakoff", "Malakoff", "vallee-sud"),
]
THEMES = [
    Term("mobilite", "Mobilité"),
    Term("stationnement", "Stationnement", "mobilite"),
    Term("velo", "Vélo", "mobilite"),
    Term("climat", "Climat"),
    Term("energie", "Énergie", "climat"),
]
ENUMERATED = {
    "type": {
        "project": "Projet",
        "practice": "Bonne pratique",
        "call": "Appel",
        "need": "Besoin",
        "solution": "Solution",
    },
    "status": {"planned": "Prévu", "running": "En cours", "upcoming": "À venir", "open": "Ouvert", "closed": "Clos"},
    "ai": {"yes": "Oui", "no": "Non"},
    "lang": {"fr": "Français", "en": "Anglais"},
    "kind": {"software": "Logiciel", "service": "Service"},
    "technique": {"rules": "Règles", "vision": "Image"},
    "price": {"free": "Gratuit", "under_5k": "Moins de 5 000 €"},
    "confirmed": {"commune": "Par une commune"},
    "fresh": {"yes": "À jour", "no": "Non confirmée"},
}
OF_SOLUTIONS = ("kind", "technique", "price", "confirmed", "fresh", "deployed")
"""Facets that solutions alone have, among those that the tests give values."""


def vocabularies() -> dict[str, object]:
    """Loaders for the facets, as the apps register them."""
    loaders = {"territory": lambda language: TERRITORIES, "theme": lambda language: THEMES}
    for name, labels in ENUMERATED.items():
        terms = [Term(value, label) for value, label in labels.items()]
        loaders[name] = lambda language, terms=terms: terms
    return loaders


def document(number: int, title: str = "", **values: object) -> Document:
    """A document with what a test cares about."""
    given = {"type": "project", "language": "fr", "url": f"/fr/contenu-{number}/"} | values
    return Document(id=f"tests.content:{number}", title=title or f"Contenu {number}", **given)


class Expected:
    """What a search must give, found by reading every document."""

    def __init__(self, documents: Sequence[Document], now: datetime.datetime = NOW) -> None:
        self._documents = documents
        self._now, self._instant = milliseconds(now), now
        self._values = {one.id: self._facet_values(one) for one in documents}

    def hits(self, query: Query) -> set[str]:
        return {one.id for one in self._documents if self._matches(one, query)}

    def order(self, query: Query, language: str) -> list[str]:
        """All the hits in order, for a reader of a language: those published in it come first."""
        keys = {
            NEWEST: lambda one: -date_keys(one)[0],
            OLDEST: lambda one: -date_keys(one)[1],
            TITLE: lambda one: (title_keys(one.version(language).title), -date_keys(one)[0]),
        }
        hits = [one for one in self._documents if self._matches(one, query)]
        ranked = sorted(hits, key=lambda one: (language not in one.languages, keys[query.sort](one)))
        return [one.id for one in ranked]

    def counts(self, facet_name: str, query: Query) -> dict[str, int]:
        """How many documents have each value, the facet's own choice aside."""
        others = query.with_values(facet_name, ())
        counts: dict[str, int] = {}
        for one in self._documents:
            if self._matches(one, others):
                for value in self._values[one.id][facet_name]:
                    counts[value] = counts.get(value, 0) + 1
        return counts

    def _matches(self, one: Document, query: Query) -> bool:
        return holds_words(one, query.text) and all(self._chosen(one, facet.name, query) for facet in FACETS)

    def _chosen(self, one: Document, name: str, query: Query) -> bool:
        chosen = query.selected(name)
        if not chosen or self._values[one.id][name] & set(chosen):
            return True
        if name != "territory" or not query.wider:
            return False
        higher = {above for value in chosen for above in climb(TERRITORIES, [value])} - set(chosen)
        return bool(higher & set(one.facets.get("territory") or ["metropole"]))

    def _facet_values(self, one: Document) -> dict[str, set[str]]:
        values = {facet.name: set(one.facets.get(facet.name, ())) for facet in FACETS}
        values["type"], values["lang"] = {one.type}, set(one.languages)
        values["year"] = {str(one.date.year)} if one.date else set()
        values["territory"] = climb(TERRITORIES, values["territory"] or {"metropole"})
        values["theme"] = climb(THEMES, values["theme"])
        values["deployed"] = climb(TERRITORIES, values["deployed"])
        if one.fresh_until:
            values["fresh"] = {"yes" if one.fresh_until > self._instant else "no"}
        opens, closes = (instant and milliseconds(instant) for instant in (one.opens_at, one.closes_at))
        values["status"] = (values["status"] - set(STATUS.clock_values)) | (
            {clock_status(opens, closes, self._now)} - {""}
        )
        return values


def climb(terms: Iterable[Term], values: Iterable[str]) -> set[str]:
    """The values and all that lies above them."""
    parents = {term.value: term.parent for term in terms}
    found: set[str] = set()
    for value in values:
        while value:
            found.add(value)
            value = parents.get(value)
    return found


def holds_words(one: Document, text: str) -> bool:
    """Whether the document holds each word in one language, or for a text in quotation marks the words side by side."""
    return any(_holds_words_in(language, one, text) for language in LANGUAGES)


def _holds_words_in(language: str, one: Document, text: str) -> bool:
    analysis = ANALYZERS[language]
    parts = ["\n".join(one.keywords.get(language, ()))]
    if language in one.languages:
        version = one.version(language)
        parts += [version.title, version.summary, version.text]
    streams = [analysis.tokens(part) for part in parts]
    wanted = analysis.tokens(text)
    if text.startswith('"') and len(wanted) == 2:
        return any(tuple(wanted) in pairwise(stream) for stream in streams)
    return all(any(token in stream for stream in streams) for token in wanted)
