from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_path, override
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers
from wagtail.models import Site

from .health import UNAVAILABLE, component_states, overall_status
from .languages import preferred_language
from .sitemap import site_tree
from .versions import absolute, paths


@vary_on_headers("Accept-Language")
def front_door(request: HttpRequest) -> HttpResponse:
    """``/`` leads to the home page in the reader's language: the one address that chooses a language for them."""
    return redirect(f"/{preferred_language(request)}/")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of error 404, in the language of the address; in the main one where the address has none."""
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with override(language):
        response = render(request, "404.html", status=404)
    response.headers["Content-Language"] = language
    return response


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready to serve, perhaps less well, or not (503), with the state of each component."""
    states = component_states()
    status = overall_status(states.values())
    body = {"status": status} | {name: str(state) for name, state in states.items()}
    return JsonResponse(body, status=503 if status == UNAVAILABLE else 200)


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines need not read: searches (no page has parameters but those), their files, what is not a page.

    The longest rule that fits an address holds, so that the pages of a sitemap are read all the same.
    """
    files = [path for name in ("search:export", "search:feed") for path in paths(name).values()]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/*?", *files, "/admin/", "/api/")),
        "Allow: /sitemap-",
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def site_map(request: HttpRequest) -> HttpResponse:
    """Every page that is not found by search alone, for those who prefer a list."""
    return render(request, "core/site_map.html", {"tree": site_tree(Site.find_for_request(request))})
