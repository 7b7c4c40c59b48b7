from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from wagtail.models import Site

from .health import UNAVAILABLE, component_states, overall_status
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
    """Ready to serve, perhaps less well, or not (503), with the state of each component."""
    states = component_states()
    status = overall_status(states.values())
    body = {"status": status} | {name: str(state) for name, state in states.items()}
    return JsonResponse(body, status=503 if status == UNAVAILABLE else 200)


def site_map(request: HttpRequest) -> HttpResponse:
    """Every page that is not found by search alone, for those who prefer a list."""
    return render(request, "core/site_map.html", {"tree": site_tree(Site.find_for_request(request))})
