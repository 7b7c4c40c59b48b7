"""The responses of one's organisations, how one is begun, and where one stands."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from metropole.board.models import Need
from metropole.core.policy import policy
from metropole.core.screens import own_screen
from metropole.organisations.legal import require_acceptance

from ...content import digest_of
from ...models import Response
from ...states import response_state
from .. import eligibility, services, workspace
from ..completeness import IncompleteError, handed_in
from ..forms import BeginForm
from ..notices import name_of
from .common import context_of, own


@own_screen
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those of all one's organisations."""
    rows = workspace.rows(workspace.responses_of(request.user))
    return render(request, "responses/index.html", {"heading": _("Responses"), "rows": rows})


@own_screen
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """What responding means, and for which organisation; or why one cannot, and what to do."""
    need = get_object_or_404(Need.objects.published().with_texts().select_related("organisation"), slug=slug)
    refusal = eligibility.refusal_by_need(need)
    respondents = eligibility.respondents(request.user, need)
    free = [one.organisation for one in respondents if not one.refusal]
    form = BeginForm(free, request.POST or None) if free and not refusal else None
    status = HTTPStatus.OK
    if request.method == "POST":
        if _names_another(request.POST.get("organisation", ""), respondents):
            raise Http404
        status = HTTPStatus.FORBIDDEN
        if form is not None and form.is_valid():
            organisation = form.cleaned_data["organisation"]
            if detour := require_acceptance(request, organisation):
                return detour
            try:
                return redirect("responses:response", services.begin(need, organisation, request.user).pk)
            except ValidationError as error:
                form.add_error(None, error)
    context = {
        "heading": _("Respond to a need"),
        "need": need,
        "need_name": name_of(need, get_language()),
        "form": form if any(not (one.refusal or one.response) for one in respondents) else None,
        "refusal": refusal,
        "respondents": respondents,
        "refusal_without": None if respondents else eligibility.refusal_without(request.user),
    }
    return render(request, "responses/begin.html", context, status=status)


def _names_another(named: str, respondents: list[eligibility.Respondent]) -> bool:
    """Whether an organisation is named of which the person is no member: for them, it is not there."""
    return bool(named) and named not in {str(one.organisation.pk) for one in respondents}


@own
@require_safe
def response(request: HttpRequest, response: Response) -> HttpResponse:
    """Where it stands, what can be done with it now, and its receipts."""
    need = response.need
    context = context_of(request, response) | {
        "state": response_state(response, timezone.now()),
        "may_write": need.is_open and policy.may(request.user, "response.write", response),
        "is_changed": response.is_deposited and need.is_open and _is_changed(response),
        "receipts": response.receipts.order_by("-at"),
        "decision": _told_decision(response),
    }
    return render(request, "responses/response.html", context)


def _is_changed(response: Response) -> bool:
    """Whether the draft says something else than what was deposited, or answers another state of the need."""
    try:
        return digest_of(handed_in(response, response.draft_content)) != response.digest
    except IncompleteError:
        return True


def _told_decision(response: Response) -> object | None:
    decision = getattr(response, "decision", None)
    return decision if decision and decision.told_at else None
