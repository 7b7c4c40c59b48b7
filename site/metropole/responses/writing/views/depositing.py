"""Handing a response in, taking it back, and reading what was handed in."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metropole.core.policy import policy
from metropole.organisations.legal import require_acceptance

from ...content import Content
from ...models import Response
from ...reading import reading_of
from ...sealing import as_bytes
from .. import services
from ..completeness import IncompleteError, handed_in
from ..forms import DepositForm
from .common import context_of, own, url_of


@own
@require_http_methods(["GET", "HEAD", "POST"])
def deposit(request: HttpRequest, response: Response) -> HttpResponse:
    """What is still missing, or all of it as it will be read; then it is deposited."""
    reasons: list[str] = []
    if request.method == "POST":
        policy.require(request.user, "response.deposit", response)
        form = DepositForm(request.POST)
        if detour := require_acceptance(request, response.organisation):
            return detour
        if form.is_valid():
            try:
                receipt = services.deposit(response, request.user, form.cleaned_data["version"])
            except ValidationError as error:
                reasons = [] if isinstance(error, IncompleteError) else error.messages
            else:
                messages.success(request, _("It is deposited: here is the receipt."))
                return redirect("responses:receipt", response.pk, receipt.number)
        response.refresh_from_db(fields=["draft", "draft_version"])
    elif not (response.need.is_open and policy.may(request.user, "response.deposit", response)):
        return redirect("responses:response", response.pk)
    elif detour := require_acceptance(request, response.organisation):
        return detour
    content, lacks = _complete(response)
    context = context_of(request, response, "deposit") | {
        "reasons": reasons,
        "lacks": [(lack, f"{url_of('step', response, lack.step)}?check=1#id_{lack.field}") for lack in lacks],
        **(_read(response, content) if content else {}),
        "is_open": response.need.is_open,
    }
    status = HTTPStatus.FORBIDDEN if request.method == "POST" else HTTPStatus.OK
    return render(request, "responses/deposit.html", context, status=status)


def _complete(response: Response) -> tuple[Content | None, list]:
    try:
        return handed_in(response, response.draft_content), []
    except IncompleteError as error:
        return None, error.lacks


@own
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, response: Response) -> HttpResponse:
    """Asks once more, then takes back what was deposited."""
    reasons: list[str] = []
    if request.method == "POST":
        try:
            receipt = services.withdraw(response, request.user)
        except ValidationError as error:
            reasons = error.messages
        else:
            messages.success(request, _("It is withdrawn: here is the receipt. The draft is still there."))
            return redirect("responses:receipt", response.pk, receipt.number)
    elif not (
        response.need.is_open and response.is_deposited and policy.may(request.user, "response.deposit", response)
    ):
        return redirect("responses:response", response.pk)
    context = context_of(request, response) | {
        "reasons": reasons,
    }
    status = HTTPStatus.FORBIDDEN if reasons else HTTPStatus.OK
    return render(request, "responses/withdraw.html", context, status=status)


@own
@require_safe
def deposited(request: HttpRequest, response: Response) -> HttpResponse:
    """What is deposited now, word for word."""
    context = context_of(request, response) | _read(response, _deposited(response))
    return render(request, "responses/deposited.html", context)


@own
@require_safe
def copy(request: HttpRequest, response: Response) -> HttpResponse:
    """The very bytes of which the receipt gives the SHA-256, for who wants to check it."""
    answer = HttpResponse(as_bytes(_deposited(response)), content_type="application/json")
    name = _("response.json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _read(response: Response, content: Content) -> dict[str, object]:
    files = [(entry, url_of("file", response, entry["id"])) for entry in content["files"]]
    return {"reading": reading_of(content), "files": files}


def _deposited(response: Response) -> Content:
    if not response.deposited:
        raise Http404
    return response.deposited_content
