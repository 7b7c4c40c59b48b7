from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from metropole.content.links import search_links
from metropole.content.related import related_hits
from metropole.search.documents import document_id

from .models import Need


def need_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A published need, for everyone."""
    need = get_object_or_404(Need.objects.published().with_filing(), slug=slug)
    context = {
        "need": need,
        "sections": need.sections,
        "state": need.state,
        "search_links": search_links(need),
        "related": related_hits(need, document_id(need)),
    }
    return render(request, "board/need.html", context)
