"""Long lists in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest


@dataclass(frozen=True)
class PageLink:
    number: int
    url: str
    current: bool


@dataclass(frozen=True)
class ListPage:
    """One page of a list, as ``components/pagination.html`` shows it; a page that is None is a gap."""

    items: Sequence[Any]
    count: int
    pages: list[PageLink | None]
    previous_url: str
    next_url: str


def page_of(queryset: QuerySet, request: HttpRequest, size: int) -> ListPage:
    """The page that the address asks for. Raises Http404 for one that does not exist."""
    paginator = Paginator(queryset, size)
    try:
        page = paginator.page(request.GET.get("page", "1"))
    except InvalidPage:
        raise Http404 from None
    numbers = paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return ListPage(
        items=list(page.object_list),
        count=paginator.num_pages,
        pages=[
            None if number == paginator.ELLIPSIS else PageLink(number, _url(number), number == page.number)
            for number in numbers
        ],
        previous_url=_url(page.number - 1) if page.has_previous() else "",
        next_url=_url(page.number + 1) if page.has_next() else "",
    )


def _url(number: int) -> str:
    return f"?page={number}"
