from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from wagtail.models import Locale

from metropole.content.links import search_links
from metropole.content.related import related_hits
from metropole.core.navigation import Link, trail
from metropole.search.documents import document_id

from .models import BoardIndexPage, Need


def need_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A published need, for everyone."""
    need = get_object_or_404(Need.objects.published().with_filing(), slug=slug)
    context = {
        "need": need,
        "sections": need.sections,
        "state": need.state,
        "breadcrumb": trail(*_board_link(), Link(need.title, need.get_absolute_url())),
        "search_links": search_links(need),
        "related": related_hits(need, document_id(need)),
    }
    return render(request, "board/need.html", context)


def _board_link() -> list[Link]:
    board = BoardIndexPage.objects.live().filter(locale=Locale.get_active()).first()
    return [Link(board.title, board.url)] if board else []
