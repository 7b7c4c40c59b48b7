"""The search page as Wagtail's own search can give it: its database backend, and counts by the ORM."""

from collections.abc import Iterable
from itertools import islice

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from wagtail.search.backends import get_search_backend
from wagtail.search.query import MATCH_ALL, Phrase, PlainText

from metropole.search.documents import Document
from metropole.search.engines.base import Counts, Filter, SearchResult
from metropole.search.facets import FACETS
from metropole.search.fields import facet_values, shown
from metropole.search.present import present
from metropole.search.presets import Preset
from metropole.search.query import parse
from metropole.search.services import Outcome, _request
from metropole.search.wording import Wording

from .models import Label, Row

PATH = "/wagtail/"
SINGLE = ("type", "lang", "year", "programme", "status", "ai", "maturity")
SEVERAL = ("theme", "territory", "tag")
# As many as Wagtail's own command for this takes at once.
_AT_ONCE = 1000


# --- Filling ----------------------------------------------------------------------------------------------------------


def fill(documents: Iterable[Document]) -> None:
    documents, labels = iter(documents), {}
    while batch := list(islice(documents, _AT_ONCE)):
        _add(batch, labels)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _add(batch: list[Document], labels: dict[str, int]) -> None:
    filed = [facet_values(document) for document in batch]
    rows = Row.objects.bulk_create(_row(document, values) for document, values in zip(batch, filed, strict=True))
    through = Row.labels.through
    through.objects.bulk_create(
        through(row_id=row.pk, label_id=_label(name, value, labels))
        for row, values in zip(rows, filed, strict=True)
        for name in SEVERAL
        for value in values[name]
    )
    get_search_backend().get_index_for_model(Row).add_items(Row, rows)


def _row(document: Document, values: dict[str, tuple[str, ...]]) -> Row:
    return Row(
        key=document.id,
        title=document.title,
        summary=document.summary,
        text=document.text,
        keywords=" ".join(document.keywords),
        shown=shown(document, values),
        date=document.date,
        opens_at=document.opens_at,
        closes_at=document.closes_at,
        **{name: values[name][0] for name in SINGLE},
    )


def _label(facet: str, value: str, known: dict[str, int]) -> int:
    if value not in known:
        known[value] = Label.objects.get_or_create(value=value, defaults={"facet": facet})[0].pk
    return known[value]


def megabytes() -> float:
    """What its tables, their indexes and Wagtail's index of them take."""
    if connection.vendor != "postgresql":
        return 0.0
    entries = get_search_backend().get_index_for_model(Row).entries.model
    tables = [model._meta.db_table for model in (Row, Row.labels.through, entries)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(pg_total_relation_size(to_regclass(name))) FROM unnest(%s::text[]) name", [tables])
        return round(float(cursor.fetchone()[0]) / 1e6, 1)


# --- Searching --------------------------------------------------------------------------------------------------------


def searched(address: str) -> Outcome:
    """The outcome of a search, for the same templates as the site's own."""
    query = parse(QueryDict(address))
    wording = Wording({}, query.text, {})
    request = _request(query, Preset(PATH), wording, FACETS, 20)
    rows = _filtered(Row.objects.all(), request.filters)
    results = _results(rows, query.text)
    page = list(results[request.start : request.start + request.size])
    result = SearchResult("wagtail", results.count(), [row.shown for row in page], _counts(results))
    return Outcome(query, Preset(PATH), wording, request, result, freed=())


def _filtered(rows: QuerySet, filters: Iterable[Filter]) -> QuerySet:
    for held in filters:
        name = held.facet.name
        if name in SEVERAL:
            filed = Row.labels.through.objects.filter(label__value__in=held.values)
            rows = rows.filter(id__in=filed.values("row_id"))
        elif "open" in held.values:
            now = timezone.now()
            rows = rows.filter(Q(opens_at__lte=now, closes_at__gt=now))
        else:
            rows = rows.filter(**{f"{name}__in": held.values})
    return rows


def _results(rows: QuerySet, text: str) -> object:
    """All words; when nothing has them, words of titles that begin with the last one."""
    backend = get_search_backend()
    if not text:
        return backend.search(MATCH_ALL, rows.order_by("-date"), order_by_relevance=False)
    asked = Phrase(text.strip('"')) if text.startswith('"') else PlainText(text, operator="and")
    results = backend.search(asked, rows)
    return results if results.count() else backend.autocomplete(text, rows)


def _counts(results: object) -> Counts:
    """One query for each facet with a single value, one for all the others."""
    counts = {name: dict(results.facet(name)) for name in SINGLE} | {name: {} for name in SEVERAL}
    several = _queryset(results).order_by().values("labels__facet", "labels__value").annotate(count=Count("pk"))
    for row in several.order_by("-count"):
        if row["labels__facet"]:
            counts[row["labels__facet"]][row["labels__value"]] = row["count"]
    return counts


def _queryset(results: object) -> QuerySet:
    """All the rows that were found; what Wagtail's backend for PostgreSQL gives, and that for SQLite keeps."""
    compiler = results.query_compiler
    own = {"backend": results.backend} if connection.vendor == "postgresql" else {}
    return compiler.search(compiler.get_config(results.backend), None, None, **own)


def page(request: HttpRequest) -> HttpResponse:
    outcome = searched(request.GET.urlencode())
    return render(request, "search/search.html", {"listing": present(outcome)})
