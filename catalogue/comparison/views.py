"""Solutions side by side: what is compared is in the address alone, so that it can be sent to a colleague."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metropole.core.navigation import Link, trail

from ..models import CatalogueIndexPage
from ..workbooks import response
from .choosing import Chosen, chosen, others
from .offer import MOST, PARAMETER
from .table import compared
from .workbook import comparison_workbook

CHOOSE = "choose"
"""The parameter that asks for the list to choose from, though there is enough to compare."""


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two to four solutions in a table; any other number, or on request: how to choose them."""
    found = chosen(request.GET.getlist(PARAMETER))
    heading = _("Compare solutions")
    context = {"heading": heading, "breadcrumb": trail(*_section(), Link(heading, reverse("catalogue:compare")))}
    if not found.is_comparable or CHOOSE in request.GET:
        asked = bool(request.GET.getlist(PARAMETER))
        context |= {"chosen": found, "others": others(found.pages), "most": MOST, "has_asked": asked}
        return render(request, "comparison/choose.html", context)
    addresses = {
        "export_url": _address("catalogue:compare_export", found),
        "change_url": f"{_address('catalogue:compare', found)}&{CHOOSE}=1",
        "shortlist_url": _address("shortlists:new", found),
    }
    return render(
        request,
        "comparison/table.html",
        context
        | addresses
        | {"comparison": compared(found.pages), "unknown": found.unknown, "today": timezone.localdate()},
    )


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same table as a spreadsheet."""
    found = chosen(request.GET.getlist(PARAMETER))
    if not found.is_comparable:
        return redirect(_address("catalogue:compare", found))
    return response(comparison_workbook(compared(found.pages)), _("comparison.xlsx"))


def _query(found: Chosen) -> str:
    return urlencode([(PARAMETER, page.slug) for page in found.pages])


def _address(name: str, found: Chosen) -> str:
    return f"{reverse(name)}?{_query(found)}" if found.pages else reverse(name)


def _section() -> list[Link]:
    section = CatalogueIndexPage.objects.live().first()
    return [Link(section.localized.title, section.localized.url)] if section else []
