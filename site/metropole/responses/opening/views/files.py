"""What leaves the site as a file: never kept by a cache, always downloaded, for who may alone."""

from collections.abc import Callable
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.workbooks import response as workbook_response
from metropole.board.models import Need
from metropole.core.pdf import trouble
from metropole.core.screens import private

from ...models import Opening
from ...serving import serve
from .. import reading
from ..bundle import bundle_of, digest_of
from ..concluding import standing
from ..panel import Labelled, deposited
from ..printing import bundle_pdf
from ..workbook import bundle_workbook, responses_workbook
from .common import panel_screen, readable, response_screen

KEPT_SECONDS = 24 * 3600


@response_screen
def file(request: HttpRequest, need: Need, found: Labelled, file_pk: UUID) -> HttpResponse:
    """A file of a response, unsealed; not while the panel reads without names, which files show."""
    files = found.deposit.files if found.deposit else []
    answer = serve(found.response, files, file_pk)
    reading.opened_by(found.response, request.user)
    return answer


@panel_screen
def responses_xlsx(request: HttpRequest, need: Need) -> HttpResponse:
    return workbook_response(responses_workbook(need, readable(request, need)), _("responses.xlsx"))


@panel_screen
def bundle_xlsx(request: HttpRequest, need: Need) -> HttpResponse:
    bundle, digest = _bundle(need)
    return workbook_response(bundle_workbook(bundle, digest, _receipts(need)), _("sourcing-file.xlsx"))


@panel_screen
def bundle_file(request: HttpRequest, need: Need) -> HttpResponse:
    bundle, digest = _bundle(need)
    back = ("opening:responses", need.key)
    return pdf_response(
        request, lambda: bundle_pdf(bundle, digest, _receipts(need)), _("sourcing-file.pdf"), _("File"), back
    )


@require_safe
def public_bundle(request: HttpRequest, slug: str) -> HttpResponse:
    """The frozen file of a need that is at its end, for everybody; made once a day at most."""
    need = get_object_or_404(Need.objects.published(), slug=slug)
    conclusion = standing(need) if need.outcome else None
    if conclusion is None:
        raise Http404

    def made() -> bytes:
        key = f"sourcing-file:{conclusion.pk}:{conclusion.digest}"
        return cache.get_or_set(key, lambda: bundle_pdf(conclusion.bundle, conclusion.digest), KEPT_SECONDS)

    return pdf_response(request, made, _("sourcing-file.pdf"), _("File"), ("board:need", need.slug))


def pdf_response(
    request: HttpRequest, make: Callable[[], bytes], name: str, heading: str, back: tuple[str, object]
) -> HttpResponse:
    """A PDF; or why none can be made here."""
    if why := trouble():
        context = {"heading": heading, "trouble": why, "back": back[0], "back_to": back[1]}
        return private(lambda request: render(request, "opening/no_pdf.html", context, status=503))(request)
    answer = HttpResponse(make(), content_type="application/pdf")
    answer.headers["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _bundle(need: Need) -> tuple[dict, str]:
    """The frozen one; before the outcome, as it would be now."""
    conclusion = standing(need)
    if conclusion:
        return conclusion.bundle, conclusion.digest
    bundle = bundle_of(need, count=deposited(need).count())
    return bundle, digest_of(bundle)


def _receipts(need: Need) -> list[dict]:
    opening = Opening.objects.filter(need=need).first()
    return opening.minutes["receipts"] if opening and opening.minutes else []
