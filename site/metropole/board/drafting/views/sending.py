"""A need before its submission: what may answer already, what it lacks, how it will look."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from metropole.contributions.services import IncompleteError, Missing
from metropole.organisations import legal
from metropole.organisations.views.screens import screen

from ...models import Need
from ...workspace import own_need
from ..alternatives import alternatives as found_alternatives
from ..preview import preview_context
from ..services import ALTERNATIVES, look, missing, submit
from .common import frame, writing

_LONGEST_NOTE = 300


@writing
def alternatives(request: HttpRequest, need: Need) -> HttpResponse:
    """What may already answer, each with the reason. A button says that one has looked."""
    if request.method == "POST":
        notes = {
            name.removeprefix("note-"): " ".join(value.split())[:_LONGEST_NOTE]
            for name, value in request.POST.items()
            if name.startswith("note-")
        }
        try:
            look(need, request.user, found_alternatives(need, notes))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("board:manage", need.key)
        return redirect("drafting:step", need.key, 2)
    context = {"groups": found_alternatives(need), "longest_note": _LONGEST_NOTE}
    return render(request, "drafting/alternatives.html", frame(need, "alternatives") | context)


@writing
def check(request: HttpRequest, need: Need) -> HttpResponse:
    """What is missing, with the way to it; or else the submission."""
    lacking = missing(need)
    if request.method == "POST":
        answer = legal.require_acceptance(request, need.organisation) or _submitted(request, need)
        if isinstance(answer, HttpResponse):
            return answer
        lacking = answer
        need.refresh_from_db()
    context = {"lacking": [(lack, _way_to(need, lack)) for lack in lacking]}
    return render(request, "drafting/check.html", frame(need, "check") | context)


def _submitted(request: HttpRequest, need: Need) -> HttpResponse | list[Missing]:
    version = request.POST.get("version", "")
    try:
        submit(need, request.user, int(version) if version.isdecimal() and len(version) < 10 else -1)
    except IncompleteError as error:
        return error.missing
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("drafting:check", need.key)
    messages.success(request, _("Thank you. Your need is submitted to the moderators, who read it before all others."))
    return redirect("board:manage", need.key)


def _way_to(need: Need, lack: Missing) -> str:
    if lack.step:
        return f"{reverse('drafting:step', args=[need.key, lack.step])}?check=1#id_{lack.field}"
    if lack.field == ALTERNATIVES:
        return reverse("drafting:alternatives", args=[need.key])
    return f"{reverse('drafting:files', args=[need.key])}#{lack.field}"


@screen
def preview(request: HttpRequest, key: object) -> HttpResponse:
    """The page as it will look, for the need's people and the moderators alone."""
    need = own_need(request, key)
    if need.is_public:
        return redirect(need)
    request.is_preview = True
    context: dict[str, Any] = preview_context(request, need)
    return render(request, "drafting/preview.html", context)
