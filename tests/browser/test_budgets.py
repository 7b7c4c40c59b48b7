"""Pages are light: what a first visit loads, compressed, without a cache."""

import brotli
import pytest

KILOBYTE = 1024
HTML_BYTES, CSS_BYTES = 25 * KILOBYTE, 15 * KILOBYTE
SCRIPT_BYTES, LISTING_SCRIPT_BYTES = 15 * KILOBYTE, 17 * KILOBYTE
"""A listing carries htmx, which weighs 15.3 KB by itself."""
MOST_REQUESTS = 8
MOST_NODES, MOST_LISTING_NODES = 700, 1200

SHEETS = ["/fr/", "/fr/territoires/", "/fr/themes/", "/fr/ressources/fmin/", "/fr/accessibilite/", "/en/"]
LISTINGS = ["/fr/recherche/", "/fr/ressources/", "/fr/territoires/est-ensemble/", "/en/search/?q=parking"]


@pytest.fixture
def visit(open_page):
    """Opens a page and weighs what comes with it, by kind, as it travels compressed."""

    def visit(path: str):
        page = open_page("/healthz")
        responses = []
        page.on("response", lambda response: responses.append(response))
        page.goto(path, wait_until="networkidle")
        weights = {"document": 0, "stylesheet": 0, "script": 0, "font": 0}
        for response in responses:
            kind = response.request.resource_type
            if kind in weights:
                weights[kind] += len(brotli.compress(response.body(), quality=5 if kind == "document" else 11))
        nodes = page.evaluate("document.querySelectorAll('*').length")
        return weights, len(responses), nodes

    return visit


@pytest.mark.parametrize("path", [*SHEETS, *LISTINGS])
def test_a_page_stays_within_its_budget(visit, path):
    weights, requests, nodes = visit(path)
    is_listing = path in LISTINGS
    assert weights["document"] <= HTML_BYTES
    assert weights["stylesheet"] <= CSS_BYTES
    assert weights["script"] <= (LISTING_SCRIPT_BYTES if is_listing else SCRIPT_BYTES)
    assert weights["font"] == 0
    assert requests <= MOST_REQUESTS
    assert nodes < (MOST_LISTING_NODES if is_listing else MOST_NODES)
