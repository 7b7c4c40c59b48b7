"""What everybody reads of the board besides the needs themselves: their documents, and the rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from metropole.core.navigation import Link, trail

from ..views import board_link
from . import rules as site_rules


def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the board, as the code has them."""
    heading = _("The rules of the needs board")
    breadcrumb = trail(*board_link(), Link(heading, request.path))
    context = {"heading": heading, "breadcrumb": breadcrumb, **site_rules.tables()}
    return render(request, "publishing/rules.html", context)
