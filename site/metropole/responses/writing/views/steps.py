"""The steps in which a response is written: saved at each, and while one types."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from metropole.contributions.conflicts import Conflict, Merge, Typed, digest
from metropole.contributions.forms import seen_in
from metropole.contributions.views.common import token_is_stale
from metropole.core.policy import policy
from metropole.core.screens import private

from ...content import PREFIX, Content, criteria_of
from ...models import Response
from .. import services
from ..forms import StepForm, step_form, typed_in, words_in
from ..holding import TooLateError
from ..steps import CRITERIA, STEPS, Step
from .common import context_of, not_saved, response_for, unsealing, url_of


@private
@csrf_exempt
@sensitive_post_parameters()
@unsealing
def step(request: HttpRequest, pk: object, number: int) -> HttpResponse:
    """A step. Its token is checked here, so that what was typed can be shown again and not lost with the refusal."""
    is_post = request.method == "POST"
    if is_post and token_is_stale(request, step):
        return _not_trusted(request)
    if not request.user.is_authenticated:
        return _signed_out(request)
    response = response_for(request, pk)
    if not 1 <= number <= len(STEPS):
        raise Http404
    asked = STEPS[number - 1]
    if is_post:
        return _posted(request, response, number, asked)
    if not (response.need.is_open and policy.may(request.user, "response.write", response)):
        return redirect("responses:response", response.pk)
    content, is_checked = response.draft_content, "check" in request.GET
    form = step_form(response, asked, content["answers"], check=is_checked, is_complete=is_checked)
    return _screen(request, response, number, form, content)


def _posted(request: HttpRequest, response: Response, number: int, asked: Step) -> HttpResponse:
    typed, seen, words = typed_in(request.POST, response, asked), seen_in(request.POST), words_in(request.POST)
    try:
        merged = services.save(response, request.user, typed, seen, words)
    except TooLateError as error:
        return _refused(request, error.messages)
    except PermissionDenied:
        return _refused(request, [_("Only members who deposit for a verified organisation write its response.")])
    if not request.accepts("text/html"):
        return _autosaved(merged.seen, merged.conflicts)
    return _saved(request, response_for(request, response.pk), number, merged)


def _refused(request: HttpRequest, reasons: list[str]) -> HttpResponse:
    if request.accepts("text/html"):
        return not_saved(request, reasons)
    return JsonResponse({"said": " ".join(reasons)}, status=HTTPStatus.CONFLICT)


def _saved(request: HttpRequest, response: Response, number: int, merged: Merge) -> HttpResponse:
    """Shows what is in conflict, or typed wrongly, or else goes on."""
    content, asked = response.draft_content, STEPS[number - 1]
    if merged.conflicts:
        form = step_form(response, asked, {**content["answers"], **{one.field: one.yours for one in merged.conflicts}})
        form.initial["seen"] = json.dumps({**merged.seen, **_as_they_are(merged.conflicts)})
        return _screen(request, response, number, form, content, merged.conflicts, HTTPStatus.CONFLICT)
    form = step_form(response, asked, content["answers"], check=True)
    if form.errors:
        return _screen(request, response, number, form, content)
    if "go_on" not in request.POST:
        messages.success(request, _("Saved. It is not deposited: you can go on now or later, on any device."))
        return redirect("responses:step", response.pk, number)
    is_last = number == len(STEPS)
    return redirect(url_of("files", response) if is_last else url_of("step", response, number + 1))


def _as_they_are(conflicts: list[Conflict]) -> Mapping[str, str]:
    """What is stored of the fields in conflict was shown now: who saves again puts theirs in its place."""
    return {one.field: digest(one.theirs) for one in conflicts}


def _autosaved(seen: Mapping[str, str], conflicts: list[Conflict]) -> JsonResponse:
    if conflicts:
        said = _("Somebody else has changed the same text. Yours is not saved yet: save to see both and choose.")
        return JsonResponse({"seen": seen, "said": said}, status=HTTPStatus.CONFLICT)
    said = _("Saved at %(time)s, not deposited") % {"time": time_format(timezone.localtime(), "TIME_FORMAT")}
    return JsonResponse({"seen": seen, "said": said})


def _screen(
    request: HttpRequest,
    response: Response,
    number: int,
    form: StepForm,
    content: Content,
    conflicts: list[Conflict] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    asked = STEPS[number - 1]
    conflicts = conflicts or []
    context = context_of(request, response, asked.name) | {
        "step": asked,
        "form": form,
        "conflicts": [(form[one.field].label, _shown(one.theirs)) for one in conflicts if one.field in form.fields],
        "former": _former(response, content) if asked is CRITERIA else [],
    }
    return render(request, "responses/step.html", context, status=status)


def _former(response: Response, content: Content) -> list[tuple[str, str]]:
    """The criteria that were answered and are not the need's any more, with their answers."""
    current = {criterion.key for criterion in criteria_of(response.need)}
    answers = content["answers"]
    return [
        (text, answers[f"{PREFIX}{key}"])
        for key, text in content.get("words", {}).items()
        if key not in current and answers.get(f"{PREFIX}{key}")
    ]


def _shown(typed: Typed) -> str:
    return ", ".join(typed) if isinstance(typed, list) else typed


def _signed_out(request: HttpRequest) -> HttpResponse:
    """Nothing of a response is kept in clear, not even until its author has signed in again: the page shows it."""
    if request.method != "POST":
        return redirect_to_login(request.path)
    login = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    if request.accepts("text/html"):
        return not_saved(request, [_("You were signed out meanwhile.")], login)
    answer = {"said": _("You are signed out. What you type stays here:"), "link": _("sign in in another tab")}
    return JsonResponse(answer | {"url": login}, status=HTTPStatus.UNAUTHORIZED)


def _not_trusted(request: HttpRequest) -> HttpResponse:
    """The page is older than the session."""
    if not request.user.is_authenticated:
        return _signed_out(request)
    if request.accepts("text/html"):
        return not_saved(request, [_("This page was open for too long.")], request.path)
    answer = {"said": _("This page is older than your session: open it again to go on.")}
    return JsonResponse(answer, status=HTTPStatus.FORBIDDEN)
