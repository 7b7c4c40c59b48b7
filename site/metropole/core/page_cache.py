"""Visitors who have not signed in all get the same page: it is kept until something is published.

Nothing of what they search is kept: only addresses without parameters are. A kept page is given again as long as
the site's own journal (Wagtail's log) and what the apps register here stand where they stood; and at the most for
``KEPT_SECONDS``, for the states that follow from the clock.
"""

from collections.abc import Callable, Hashable
from hashlib import md5

from django.conf import settings
from django.core.cache import caches
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header
from wagtail.models import ModelLogEntry, PageLogEntry

KEPT_SECONDS = 30

_versions: list[Callable[[], Hashable]] = []


def register_version(version: Callable[[], Hashable]) -> None:
    """Adds a value that changes whenever pages may have; it is asked at each visit. Called from ``ready()``."""
    _versions.append(version)


class VisitorPageCacheMiddleware:
    """Comes before the session, so that a kept page costs one short query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_plain_visit(request):
            return self.get_response(request)
        pages = caches["pages"]
        key = md5(f"{request.build_absolute_uri()} {_version()}".encode(), usedforsecurity=False).hexdigest()
        response = pages.get(key)
        if response is None:
            response = self.get_response(request)
            if _may_be_kept(response):
                pages.set(key, response, KEPT_SECONDS)
        return response


def _is_plain_visit(request: HttpRequest) -> bool:
    languages = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
    return (
        request.method == "GET"
        and request.path.startswith(languages)
        and not request.META.get("QUERY_STRING")
        and not request.COOKIES
        and "HX-Request" not in request.headers
    )


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response.headers
        and not has_vary_header(response, "Cookie")
        and response.headers["Content-Type"].startswith("text/html")
    )


def _version() -> tuple[Hashable, ...]:
    of_models = ModelLogEntry.objects.order_by("-pk").values("pk")[:1]
    journal = PageLogEntry.objects.order_by("-pk").values_list("pk", Subquery(of_models)).first()
    return (journal, *(version() for version in _versions))
