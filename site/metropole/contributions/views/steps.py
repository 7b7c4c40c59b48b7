"""The steps of the form: saved at each, while one types, and whatever happens to the session meanwhile."""

import json
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from ..conflicts import Conflict, Merge
from ..differences import Difference, differences
from ..forms import Asked, StepForm, seen_in, step_form, typed_in
from ..headings import heading
from ..kept import keep, take
from ..kinds import Step, kind_of
from ..models import Contribution
from ..services import mended, save
from ..suggestions import close_to
from .common import contribution_for, own, private, requests_of, step_of, token_is_stale


@private
@csrf_exempt
def step(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A step. Its token is checked here, so that what was typed can be shown again and not lost with the refusal."""
    is_post = request.method == "POST"
    if is_post and token_is_stale(request, step):
        return _stale(request, pk, number)
    if not request.user.is_authenticated:
        return _signed_out(request, pk, number)
    contribution = contribution_for(request, pk)
    asked = step_of(contribution, number)
    if not contribution.is_being_written and not is_post:
        return redirect("contributions:contribution", pk)
    kept = None if is_post else take(request, pk, number)
    if kept is not None:
        messages.success(request, _("What you had typed before you signed in is here."))
        with transaction.atomic():
            return _saved(request, contribution, number, asked, kept, redirect(request.path))
    if not is_post:
        checked = "check" in request.GET
        form = step_form(kind_of(contribution), asked, contribution.data, check=checked, is_complete=checked)
        return _screen(request, contribution, number, asked, form)
    if request.accepts("text/html"):
        return _saved(request, contribution, number, asked, request.POST, _way_on(request, contribution, number))
    return _autosaved(request, contribution, asked)


def _saved(
    request: HttpRequest, contribution: Contribution, number: int, asked: Step, posted: QueryDict, way_on: HttpResponse
) -> HttpResponse:
    """Keeps what was posted; then shows what is in conflict, or typed wrongly, or else goes on."""
    kind = kind_of(contribution)
    typed = typed_in(posted, kind, asked)
    try:
        merged = save(contribution, request.user, typed, seen_in(posted))
    except ValidationError as error:
        form = step_form(kind, asked, typed)
        return _screen(request, contribution, number, asked, form, refusal=error.messages)
    if merged.conflicts:
        return conflict_screen(request, contribution, number, merged.conflicts)
    form = step_form(kind, asked, contribution.data, check=True)
    return _screen(request, contribution, number, asked, form) if form.errors else way_on


def _autosaved(request: HttpRequest, contribution: Contribution, asked: Step) -> JsonResponse:
    typed = typed_in(request.POST, kind_of(contribution), asked)
    try:
        merged = save(contribution, request.user, typed, seen_in(request.POST))
    except ValidationError as error:
        return JsonResponse({"said": " ".join(error.messages)}, status=HTTPStatus.CONFLICT)
    answer = {"seen": merged.seen, "said": said(merged)}
    status = HTTPStatus.CONFLICT if merged.conflicts else HTTPStatus.OK
    return JsonResponse(answer, status=status)


def said(merged: Merge) -> str:
    if merged.conflicts:
        return _("Somebody else has changed the same text. Yours is not saved yet: save to see both and choose.")
    return _("Saved at %(time)s") % {"time": time_format(timezone.localtime(), "TIME_FORMAT")}


def _way_on(request: HttpRequest, contribution: Contribution, number: int) -> HttpResponse:
    kind = kind_of(contribution)
    if "go_on" not in request.POST:
        messages.success(request, _("Saved. You can go on now or later, on any device."))
        return redirect("contributions:step", contribution.pk, number)
    if number < len(kind.steps):
        return redirect("contributions:step", contribution.pk, number + 1)
    return redirect("contributions:files" if kind.files else "contributions:check", contribution.pk)


def _screen(
    request: HttpRequest,
    contribution: Contribution,
    number: int,
    asked: Step,
    form: StepForm,
    refusal: list[str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    kind = kind_of(contribution)
    _show_requests(contribution, form)
    context: dict[str, Any] = {
        "heading": heading(contribution, kind),
        "contribution": contribution,
        "kind": kind,
        "step": asked,
        "number": number,
        "form": form,
        "refusal": refusal,
        "is_last": number == len(kind.steps) and not kind.files,
        "watches_title": number == 1 and "title" in asked.fields,
        "close": close_to(contribution) if number == 1 else [],
    }
    return render(request, "contributions/step.html", context, status=status)


def _show_requests(contribution: Contribution, form: StepForm) -> None:
    """Puts what moderators ask for beside the fields that it is about."""
    for asked in requests_of(contribution):
        if asked.field in form.fields:
            field = form.fields[asked.field]
            words = {"asked": asked, "mended": mended(contribution, asked.field)}
            field.help_text = f"{field.help_text}{render_to_string('contributions/_request.html', words)}"


def _signed_out(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Who is signed out signs in, and finds what they had typed saved."""
    if request.method == "POST" and not request.accepts("text/html"):
        answer = {"said": _("You are signed out. What you type stays here:"), "link": _("sign in in another tab")}
        query = urlencode({"next": reverse("contributions:index")})
        answer["url"] = f"{reverse('account_login')}?{query}"
        return JsonResponse(answer, status=HTTPStatus.UNAUTHORIZED)
    if request.method == "POST":
        keep(request, pk, number)
        messages.info(request, _("You were signed out meanwhile. Sign in: what you typed is kept, and saved then."))
    return redirect_to_login(request.path)


def _stale(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The page is older than the session: nothing is saved, and nothing that was typed is lost."""
    if not request.accepts("text/html"):
        if not request.user.is_authenticated:
            return _signed_out(request, pk, number)
        answer = {"said": _("This page is older than your session: open it again to go on.")}
        return JsonResponse(answer, status=HTTPStatus.FORBIDDEN)
    said = [_("This page was open for too long: nothing is saved yet. Save again.")]
    # A form that another site sent in somebody's name must not be one click away from being saved.
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if not (request.user.is_authenticated and is_ours):
        typed = [value for name, values in request.POST.lists() for value in values if name not in _HIDDEN and value]
        context = {"heading": _("This page was open for too long"), "typed": typed, "path": request.path}
        return render(request, "contributions/stale.html", context, status=HTTPStatus.FORBIDDEN)
    contribution = contribution_for(request, pk)
    asked = step_of(contribution, number)
    kind = kind_of(contribution)
    get_token(request)
    data = {**typed_in(request.POST, kind, asked), "seen": request.POST.get("seen", "")}
    form = StepForm(kind, asked, initial=data)
    return _screen(request, contribution, number, asked, form, refusal=said, status=HTTPStatus.FORBIDDEN)


_HIDDEN = ("csrfmiddlewaretoken", "seen", "go_on")


@own
def choose(request: HttpRequest, contribution: Contribution, number: int) -> HttpResponse:
    """What two have changed differently: one of both is chosen for each field."""
    asked = step_of(contribution, number)
    if request.method != "POST":
        return redirect("contributions:step", contribution.pk, number)
    kind = kind_of(contribution)
    mine = own_values(request.POST, kind, asked)
    chosen = {name for name in mine if request.POST.get(f"choice-{name}") in ("mine", "theirs")}
    if set(mine) - chosen:
        left = [Conflict(name, contribution.data.get(name, ""), value) for name, value in mine.items()]
        return conflict_screen(request, contribution, number, left, is_unfinished=True)
    typed = {name: value for name, value in mine.items() if request.POST.get(f"choice-{name}") == "mine"}
    try:
        merged = save(contribution, request.user, typed, seen_in(request.POST))
    except ValidationError as error:
        return _screen(request, contribution, number, asked, step_form(kind, asked, typed), refusal=error.messages)
    if merged.conflicts:
        return conflict_screen(request, contribution, number, merged.conflicts)
    messages.success(request, _("Saved, as you have chosen."))
    return redirect("contributions:step", contribution.pk, number)


def own_values(posted: QueryDict, kind: Asked, asked: Step) -> dict:
    """The person's own texts, handed on from the screen before."""
    renamed = QueryDict(mutable=True)
    names = [name for name in asked.fields if f"has-{name}" in posted]
    for name in names:
        renamed.setlist(name, posted.getlist(f"mine-{name}"))
    typed = typed_in(renamed, kind, asked)
    return {name: typed[name] for name in names}


def conflict_screen(
    request: HttpRequest,
    contribution: Contribution,
    number: int,
    conflicts: list[Conflict],
    *,
    is_unfinished: bool = False,
    action: str = "",
) -> HttpResponse:
    kind = kind_of(contribution)
    shown: list[Difference] = differences(kind, conflicts)
    context = {
        "heading": _("Somebody else has changed the same text"),
        "contribution": contribution,
        "differences": shown,
        "seen": json.dumps({difference.field: difference.seen for difference in shown}),
        "action": action or reverse("contributions:choose", args=[contribution.pk, number]),
        "is_unfinished": is_unfinished,
    }
    return render(request, "contributions/conflict.html", context, status=HTTPStatus.CONFLICT)
