from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from metropole.content.links import search_links
from metropole.content.related import related_hits
from metropole.core.navigation import Link, in_reader_language, trail
from metropole.search.documents import document_id

from .enums import NeedState
from .models import BoardIndexPage, Need, NeedText
from .parts import need_parts


def need_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A published need, for everyone: in the reader's language, or in its own until it is translated.

    One that was merged leads to the other; only for now, since merging can be undone.
    """
    need = get_object_or_404(Need.objects.published().with_filing().with_carriers(), slug=slug)
    if need.state == NeedState.MERGED:
        return redirect(need.merged_into.get_absolute_url())
    return show_need(request, need, need.text_for(get_language()))


def show_need(request: HttpRequest, need: Need, text: NeedText) -> HttpResponse:
    """The page of a need with one of its texts, be it not published yet."""
    context = {
        "need": need,
        "text": text,
        "written_in": list(need.live_texts) or [text.language],
        "sections": text.sections,
        "breadcrumb": trail(*board_link(), Link(text.title, need.get_absolute_url())),
        "search_links": search_links(need),
        "related": related_hits(need, document_id(need)),
        **{f"{place}_parts": need_parts(request, need, place) for place in ("notice", "side", "body")},
    }
    return render(request, "board/need.html", context)


def board_link() -> list[Link]:
    """The way to the board, in the reader's language."""
    boards = {board.language: board for board in BoardIndexPage.objects.live()}
    board = boards.get(get_language()) or boards.get(settings.LANGUAGE_CODE)
    return [Link(board.title, in_reader_language(board.url))] if board else []
