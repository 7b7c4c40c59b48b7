from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page

from .models import Tombstone

GONE = 410
LONGEST_PATH = 1000


class TombstoneMiddleware:
    """Where a page was removed, its address says so. Only what is not found is looked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        language = get_language_from_path(request.path_info)
        tombstone = _tombstone(request.path) if language else None
        return _said(request, tombstone, language) if tombstone else response


def _tombstone(path: str) -> Tombstone | None:
    if len(path) > LONGEST_PATH or "\0" in path:
        return None
    standing = Tombstone.objects.standing().select_related("organisation", "instead")
    return standing.filter(paths__path=path).first()


def _said(request: HttpRequest, tombstone: Tombstone, language: str) -> HttpResponse:
    with override(language):
        instead = tombstone.instead.specific if tombstone.instead and tombstone.instead.live else None
        context = {
            "tombstone": tombstone,
            "heading": tombstone.title,
            "instead": instead,
            "alternatives": _still_online(tombstone, language),
        }
        if instead:
            context["instead_url"] = instead.address_in(language).path
        response = render(request, "moderation/tombstone.html", context, status=GONE)
    response.headers["Content-Language"] = language
    return response


def _still_online(tombstone: Tombstone, language: str) -> list[tuple[Page, str]]:
    """The alternatives that everybody may read, each in the reader's language if it is there, with its address."""
    found = []
    for original in tombstone.alternatives.live().public().specific():
        translation = original.get_translations().live().public().filter(locale__language_code=language).first()
        found.append((translation or original, original.address_in(language).path))
    return found
