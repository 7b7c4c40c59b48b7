"""What everybody reads of the board besides the needs themselves: their documents, and the rules."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from metropole.contributions.files.serving import file_response
from metropole.core.keys import LARGEST_KEY
from metropole.core.navigation import Link, trail
from metropole.core.policy import policy

from ..models import NeedFile
from ..views import board_link
from . import rules as site_rules


def document(request: HttpRequest, key: object, pk: int) -> HttpResponse:
    """A document of a need, for who may read the need; also one that an amendment has taken away."""
    if pk > LARGEST_KEY:
        raise Http404
    file = get_object_or_404(NeedFile.objects.select_related("need"), pk=pk, need__key=key)
    if not file.is_clean or not policy.may(request.user, "need.read", file.need):
        raise Http404
    return file_response(file.file, file.name)


def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the board, as the code has them."""
    heading = _("The rules of the needs board")
    breadcrumb = trail(*board_link(), Link(heading, request.path))
    context = {"heading": heading, "breadcrumb": breadcrumb, **site_rules.tables()}
    return render(request, "publishing/rules.html", context)
