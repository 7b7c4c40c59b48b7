"""The receipts of a response."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from metropole.core.pdf import trouble

from ...models import Receipt, Response
from .. import receipts
from .common import own

LONGEST_NUMBER = 14


@own
@require_safe
def receipt(request: HttpRequest, response: Response, number: str) -> HttpResponse:
    found = _receipt(response, number)
    context = {
        "heading": _("Receipt %(number)s") % {"number": found.number},
        "receipt": found,
        "response": response,
        "lines": receipts.lines_of(found),
        "pdf_trouble": trouble(),
    }
    return render(request, "responses/receipt.html", context)


@own
@require_safe
def pdf(request: HttpRequest, response: Response, number: str) -> HttpResponse:
    found = _receipt(response, number)
    if why := trouble():
        return HttpResponse(why, content_type="text/plain; charset=utf-8", status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer = HttpResponse(receipts.pdf(found), content_type="application/pdf")
    name = _("receipt-%(number)s.pdf") % {"number": found.number}
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _receipt(response: Response, number: str) -> Receipt:
    if len(number) > LONGEST_NUMBER or "\x00" in number:
        raise Http404
    found = get_object_or_404(response.receipts, pk=number)
    found.response = response
    return found
