"""What the lead authority does with its open need, in its workspace: each a screen that keeps what was typed."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.organisations.views.screens import done, screen

from ..enums import AmendmentState, NeedState
from ..lifecycle.effects import original_text
from ..lifecycle.services import take
from ..models import Need
from ..parts import Context
from ..policy import leads
from ..workspace import own_need
from . import amendments
from .changes import shown
from .forms import ChangeForm, ExtensionForm, WithdrawalForm


def open_part(request: HttpRequest, need: Need) -> Context | None:
    """What can be done with an open need, and what waits for the moderators."""
    if need.state != NeedState.OPEN:
        return None
    return {
        "need": need,
        "leads": leads(request.user, need),
        "waiting": need.amendments.filter(state=AmendmentState.PROPOSED).first(),
        "refused": need.amendments.filter(state=AmendmentState.REFUSED).order_by("-decided_at").first(),
    }


def _need(request: HttpRequest, key: object, step: str) -> Need:
    """Raises Http404 for who may not see it, PermissionDenied for who is not of its lead authority."""
    need = own_need(request, key)
    policy.require(request.user, f"need.{step}", need)
    return need


def _shown(request: HttpRequest, need: Need, form: Form, template: str, **context: Any) -> HttpResponse:
    return render(request, template, {"need": need, "form": form, **context})


@screen
def extend(request: HttpRequest, key: object) -> HttpResponse:
    need = _need(request, key, "extend")
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = _("The closing is put off: all concerned are told.")
        if done(request, lambda: amendments.extend(need, request.user, **given), said, form):
            return redirect("board:manage", need.key)
    return _shown(request, need, form, "publishing/extend.html", heading=_("Put the closing off"))


@screen
def change(request: HttpRequest, key: object) -> HttpResponse:
    need = _need(request, key, "amend")
    if need.published_at is None:
        messages.info(request, _("This need is not published yet: change it where you write it."))
        return redirect("board:manage", need.key)
    form = ChangeForm(request.POST or None, need=need, text=original_text(need))
    if request.method == "POST" and form.is_valid():
        terms = {name: form.cleaned_data[name] for name in ("reason", "closes_at", "seen")}
        said = (
            _("The change waits for the moderators: companies answer what it is about.")
            if form.is_material
            else _("The change is published: all concerned are told.")
        )
        if done(request, lambda: amendments.change(need, request.user, form.values, **terms), said, form):
            return redirect("board:manage", need.key)
    waiting = need.amendments.filter(state=AmendmentState.PROPOSED).first()
    rows = [shown(row, need.language) for row in waiting.changes] if waiting else []
    words = {"heading": _("Change the need"), "waiting": waiting, "rows": rows}
    return _shown(request, need, form, "publishing/change.html", **words)


@screen
def ask_withdrawal(request: HttpRequest, key: object) -> HttpResponse:
    need = _need(request, key, "ask_withdrawal")
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = _("Your request is sent: a moderator decides on it.")
        reason = form.cleaned_data["reason"]
        if done(request, lambda: take(need, "ask_withdrawal", request.user, reason=reason), said, form):
            return redirect("board:manage", need.key)
    return _shown(request, need, form, "publishing/ask_withdrawal.html", heading=_("Ask to withdraw the need"))
