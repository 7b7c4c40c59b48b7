"""The search page and every other listing of the site."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .present import present
from .presets import Preset
from .query import parse
from .services import Outcome, PageBeyondLastError, search

RESULTS_TEMPLATE = "search/_results.html"


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The search of the whole site."""
    return listing_response(request, general(), "search/search.html")


def general() -> Preset:
    """The search in which nothing is fixed beforehand."""
    return Preset(path=reverse("search:search"))


def listing_response(
    request: HttpRequest, preset: Preset, template: str, context: Mapping[str, object] | None = None
) -> HttpResponse:
    """A page of results: whole, or for htmx only what changes with a filter."""
    outcome = search_or_404(request, preset)
    held = {**(context or {}), "listing": present(outcome)}
    is_partial = bool(request.htmx) and not request.htmx.history_restore_request
    response = render(request, RESULTS_TEMPLATE if is_partial else template, held)
    if is_partial:
        # The form sends empty fields and values at their usual; the address shown is the canonical one.
        response.headers["HX-Push-Url"] = outcome.query.url(preset.path)
    patch_vary_headers(response, ["HX-Request"])
    return response


def search_or_404(request: HttpRequest, preset: Preset) -> Outcome:
    """The answer to the address. Raises Http404 for a page that does not exist."""
    try:
        return search(parse(request.GET), preset)
    except PageBeyondLastError:
        raise Http404(_("There are not so many pages of results.")) from None
