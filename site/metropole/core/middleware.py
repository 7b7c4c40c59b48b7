from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp with two policies: the strict one for readers, a wider one for Wagtail's admin."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponse, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path.startswith(reverse("wagtailadmin_home")):
            parts.update = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class AddressLanguageMiddleware(LocaleMiddleware):
    """Django's, without its redirection: what is not found is not looked for again below the browser's language."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not get_language_from_path(request.path_info):
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", get_language())
        return response


class AtomicWritesMiddleware:
    """Runs each view that may write in one transaction, which an exception rolls back.

    Django's ``ATOMIC_REQUESTS`` would do the same to every page that is only read: with SQLite's immediate
    transactions, readers would queue for the writer's lock. Comes last, so that the other middlewares have seen the
    request before the view runs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method in SAFE_METHODS:
            return None
        with transaction.atomic():
            return view(request, *args, **kwargs)
