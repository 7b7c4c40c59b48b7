from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from wagtail.models import Site

from .health import component_states
from .sitemap import site_tree


def front_door(request: HttpRequest) -> HttpResponse:
    """``/`` leads to the site's main language."""
    response = HttpResponse(status=302)
    response["Location"] = f"/{settings.LANGUAGE_CODE}/"
    return response


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready to serve, or not (503), with the state of each component."""
    states = component_states()
    ready = all(state.ready for state in states.values())
    body = {"status": "ok" if ready else "unavailable"} | {name: state.detail for name, state in states.items()}
    return JsonResponse(body, status=200 if ready else 503)


def site_map(request: HttpRequest) -> HttpResponse:
    """Every page that is not found by search alone, for those who prefer a list."""
    return render(request, "core/site_map.html", {"tree": site_tree(Site.find_for_request(request))})
