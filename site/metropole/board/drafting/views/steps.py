"""The steps of a need: saved at each, while one types, and whatever happens to the session meanwhile."""

import datetime as dt
import json
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from metropole.contributions.conflicts import Conflict
from metropole.contributions.differences import differences
from metropole.contributions.forms import seen_in, typed_in
from metropole.contributions.kept import keep, take
from metropole.contributions.views.common import token_is_stale
from metropole.contributions.views.steps import own_values, said
from metropole.core.instants import typed_instant
from metropole.core.screens import private
from metropole.moderation.working_days import is_working_day

from ...enums import WRITABLE, ThresholdKey
from ...models import Need, Threshold
from ...thresholds import in_force
from ..forms import NeedStepForm, step_form
from ..services import missing, save
from ..steps import CALENDAR, NEED, PURCHASE, STEPS, NeedStep
from .common import frame, need_to_write, no_more_written, step_at, writing

_PROPOSED = {"questions_close_at": 20, "answers_due_at": 27, "closes_at": 40}
"""Days from now, on the first working day after them: the moderators need some of them."""
_USUAL_HOUR = dt.time(17)


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: object, number: int) -> HttpResponse:
    """A step. Its token is checked here, so that what was typed can be shown again and not lost with the refusal."""
    is_post = request.method == "POST"
    if is_post and token_is_stale(request, step):
        return _stale(request)
    if not request.user.is_authenticated:
        return _signed_out(request, key, number)
    need, asked = need_to_write(request, key), step_at(number)
    if not is_post and need.state not in WRITABLE:
        messages.error(request, no_more_written())
        return redirect("board:manage", need.key)
    kept = None if is_post else take(request, str(key), number)
    if kept is not None:
        messages.success(request, _("What you had typed before you signed in is here."))
        with transaction.atomic():
            return _saved(request, need, number, asked, kept, redirect(request.path))
    if not is_post:
        return _screen(request, need, number, _form_given(request, need, number, asked))
    if request.accepts("text/html"):
        return _saved(request, need, number, asked, request.POST, _way_on(request, need, number))
    return _autosaved(request, need, asked)


def _form_given(request: HttpRequest, need: Need, number: int, asked: NeedStep) -> NeedStepForm:
    """As it was typed; from the check on, with all that is wrong or missing."""
    if "check" not in request.GET:
        return step_form(asked, need.typed, initial=proposed(need) if number == CALENDAR else None)
    form = step_form(asked, need.typed, check=True, is_complete=True)
    for lack in missing(need):
        if lack.step == number and lack.field not in form.errors:
            form.add_error(lack.field, lack.errors)
    return form


def proposed(need: Need) -> dict[str, str]:
    """A calendar, where none is typed yet."""
    if any(need.typed.get(name) for name in _PROPOSED):
        return {}
    return {name: typed_instant(_working_hour(days)) for name, days in _PROPOSED.items()}


def _working_hour(days: int) -> dt.datetime:
    day = timezone.localdate() + dt.timedelta(days=days)
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, _USUAL_HOUR))


def _saved(
    request: HttpRequest, need: Need, number: int, asked: NeedStep, posted: QueryDict, way_on: HttpResponse
) -> HttpResponse:
    """Keeps what was posted; then shows what is in conflict, or typed wrongly, or else goes on."""
    typed = typed_in(posted, NEED, asked)
    try:
        merged = save(need, request.user, typed, seen_in(posted))
    except ValidationError as error:
        form = step_form(asked, typed)
        return _screen(request, need, number, form, refusal=error.messages, status=HTTPStatus.CONFLICT)
    if merged.conflicts:
        return _conflict(request, need, number, merged.conflicts)
    form = step_form(asked, need.typed, check=True)
    return _screen(request, need, number, form) if form.errors else way_on


def _autosaved(request: HttpRequest, need: Need, asked: NeedStep) -> JsonResponse:
    try:
        merged = save(need, request.user, typed_in(request.POST, NEED, asked), seen_in(request.POST))
    except ValidationError as error:
        return JsonResponse({"said": " ".join(error.messages)}, status=HTTPStatus.CONFLICT)
    status = HTTPStatus.CONFLICT if merged.conflicts else HTTPStatus.OK
    return JsonResponse({"seen": merged.seen, "said": said(merged)}, status=status)


def _way_on(request: HttpRequest, need: Need, number: int) -> HttpResponse:
    if "go_on" not in request.POST:
        messages.success(request, _("Saved. You can go on now or later, on any device."))
        return redirect("drafting:step", need.key, number)
    if number == 1:
        return redirect("drafting:alternatives", need.key)
    if number < len(STEPS):
        return redirect("drafting:step", need.key, number + 1)
    return redirect("drafting:files", need.key)


def _screen(
    request: HttpRequest,
    need: Need,
    number: int,
    form: NeedStepForm,
    refusal: list[str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = frame(need, number) | {
        "step": step_at(number),
        "form": form,
        "refusal": refusal,
        "thresholds": thresholds() if number == PURCHASE else [],
        "is_proposed": number == CALENDAR and not form.is_bound and bool(proposed(need)),
    }
    return render(request, "drafting/step.html", context, status=status)


def thresholds() -> list[Threshold]:
    """What the law says of the day, for who chooses a mode."""
    return [row for key in ThresholdKey if (row := in_force(key))]


def _signed_out(request: HttpRequest, key: object, number: int) -> HttpResponse:
    """Who is signed out signs in, and finds what they had typed saved."""
    if request.method == "POST" and not request.accepts("text/html"):
        answer = {"said": _("You are signed out. What you type stays here:"), "link": _("sign in in another tab")}
        return JsonResponse(answer | {"url": reverse("account_login")}, status=HTTPStatus.UNAUTHORIZED)
    if request.method == "POST":
        keep(request, str(key), number)
        messages.info(request, _("You were signed out meanwhile. Sign in: what you typed is kept, and saved then."))
    return redirect_to_login(request.path)


def _stale(request: HttpRequest) -> HttpResponse:
    """The page is older than the session: nothing is saved, and nothing that was typed is lost."""
    if not request.accepts("text/html"):
        answer = {"said": _("This page is older than your session: open it again to go on.")}
        return JsonResponse(answer, status=HTTPStatus.FORBIDDEN)
    hidden = ("csrfmiddlewaretoken", "seen", "go_on")
    typed = [value for name, values in request.POST.lists() for value in values if name not in hidden and value]
    context = {"heading": _("This page was open for too long"), "typed": typed, "path": request.path}
    return render(request, "contributions/stale.html", context, status=HTTPStatus.FORBIDDEN)


@writing
def choose(request: HttpRequest, need: Need, number: int) -> HttpResponse:
    """What two have changed differently: one of both is chosen for each field."""
    asked = step_at(number)
    if request.method != "POST":
        return redirect("drafting:step", need.key, number)
    mine = own_values(request.POST, NEED, asked)
    choices = {name: request.POST.get(f"choice-{name}") for name in mine}
    if any(choice not in ("mine", "theirs") for choice in choices.values()):
        left = [Conflict(name, need.typed.get(name, ""), value) for name, value in mine.items()]
        return _conflict(request, need, number, left, is_unfinished=True)
    typed = {name: value for name, value in mine.items() if choices[name] == "mine"}
    try:
        merged = save(need, request.user, typed, seen_in(request.POST))
    except ValidationError as error:
        return _screen(request, need, number, step_form(asked, typed), error.messages, HTTPStatus.CONFLICT)
    if merged.conflicts:
        return _conflict(request, need, number, merged.conflicts)
    messages.success(request, _("Saved, as you have chosen."))
    return redirect("drafting:step", need.key, number)


def _conflict(
    request: HttpRequest, need: Need, number: int, conflicts: list[Conflict], *, is_unfinished: bool = False
) -> HttpResponse:
    shown = differences(NEED, conflicts)
    context = {
        "heading": _("Somebody else has changed the same text"),
        "differences": shown,
        "seen": json.dumps({difference.field: difference.seen for difference in shown}),
        "action": reverse("drafting:choose", args=[need.key, number]),
        "is_unfinished": is_unfinished,
    }
    return render(request, "contributions/conflict.html", context, status=HTTPStatus.CONFLICT)
