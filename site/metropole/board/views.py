from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from .models import Need


def need_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A published need, for everyone."""
    need = get_object_or_404(Need.objects.published().with_filing(), slug=slug)
    return render(request, "board/need.html", {"need": need, "sections": need.sections, "state": need.state})
