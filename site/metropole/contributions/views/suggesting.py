from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Contribution
from ..suggestions import close_to
from .common import own


@own
def close(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """The contents close to a title that is being typed."""
    found = close_to(contribution, request.GET.get("title", "")[:1000])
    return render(request, "contributions/_close.html", {"close": found})
