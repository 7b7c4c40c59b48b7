"""The public, read-only API: the same search, as JSON described by OpenAPI."""

import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request, override
from ninja import NinjaAPI, Query, Schema
from pydantic import Field, create_model

from . import listing
from .engines import get_engine
from .facets import FACETS
from .present import present
from .suggest import suggestions
from .views import general, search_or_404

api = NinjaAPI(
    title="Innovation resource centre of the Métropole du Grand Paris",
    version="1",
    description=(
        "Search of all that the resource centre publishes, and the sheets of its catalogue as data. "
        "No key, no cookie; licence ouverte 2.0."
    ),
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api",
)

_LANGUAGES = dict(settings.LANGUAGES)
_ASKED = f"Language of the labels, and of the results that come first: {' or '.join(_LANGUAGES)}"
LANG_UI = Field("", description=f"{_ASKED}; else that of Accept-Language, else {settings.LANGUAGE_CODE}.")

# Every parameter is text to the API's description: search itself reads them, and ignores what it cannot read.
SearchParameters = create_model(
    "SearchParameters",
    __base__=Schema,
    q=(str, Field("", description="Words; “quoted words” stand together.")),
    wider=(str, Field("", description="1: also what is attached above the chosen territories.")),
    sort=(str, Field("", description="relevance, newest, oldest or title.")),
    page=(str, Field("", description="Page number, from 1.")),
    exact=(str, Field("", description="1: no correction of typing mistakes.")),
    lang_ui=(str, LANG_UI),
    **{
        facet.name: (list[str], Field([], description=f"Facet “{facet.name}”: any of these values."))
        for facet in FACETS
    },
)


class LabelOut(Schema):
    value: str
    label: str


class ResultOut(Schema):
    id: str
    type: str
    title: str
    url: str
    language: str
    summary: str
    highlight: str
    territories: list[LabelOut]
    themes: list[LabelOut]
    date: datetime.date | None


class FacetValueOut(Schema):
    value: str
    label: str
    count: int
    selected: bool
    children: list["FacetValueOut"]


class SearchOut(Schema):
    count: int
    page: int
    page_size: int
    results: list[ResultOut]
    facets: dict[str, list[FacetValueOut]]
    engine: str


class SuggestionsOut(Schema):
    text: str
    completions: list[str]
    corrections: list[str]


@api.get("/search", response=SearchOut, summary="Search", operation_id="search")
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> dict[str, Any]:
    """The results of a search and the counts of its facets; those of solutions come with `type=solution`.

    404 beyond the last page.
    """
    with override(asked_language(request, parameters.lang_ui)):
        outcome = search_or_404(request, general())
        shown = present(outcome)
        return {
            "count": shown.total,
            "page": shown.pagination.number,
            "page_size": outcome.request.size,
            "results": [_result(request, hit) for hit in shown.hits],
            "facets": {facet.name: [_value(value) for value in facet.values + facet.more] for facet in shown.facets},
            "engine": shown.engine,
        }


@api.get("/suggest", response=SuggestionsOut, summary="Suggest", operation_id="suggest")
def suggest(request: HttpRequest, q: str = "") -> dict[str, Any]:
    """Ends for the word being typed, and the text as it would be corrected."""
    found = suggestions(q, get_engine().lexicon)
    return {"text": found.text, "completions": found.completions, "corrections": found.corrections}


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """A 404 of the API, as JSON."""
    return api.create_response(request, {"detail": str(error)}, status=404)


def asked_language(request: HttpRequest, asked: str) -> str:
    """The language that an answer speaks."""
    return asked if asked in _LANGUAGES else get_language_from_request(request)


def _result(request: HttpRequest, hit: listing.Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "type": hit.type,
        "title": hit.title,
        "url": request.build_absolute_uri(hit.url),
        "language": hit.language,
        "summary": hit.summary,
        "highlight": hit.summary_html,
        "territories": hit.territories,
        "themes": hit.themes,
        "date": hit.date,
    }


def _value(value: listing.FacetValue) -> dict[str, Any]:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "children": [_value(child) for child in value.children],
    }
