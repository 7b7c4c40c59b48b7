"""How the lead records what became of a need, and what it does afterwards."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from metropole.board.lifecycle.services import take
from metropole.board.lifecycle.table import STEP_BY_NAME
from metropole.board.models import Need
from metropole.core.keys import LARGEST_KEY
from metropole.core.policy import policy
from metropole.organisations.views.screens import done

from ...models import FollowUp
from .. import following
from ..forms import FORMS
from ..outcome_guards import lacking
from ..workspace import fits
from .common import need_screen


@need_screen("need.adopt")
def outcome(request: HttpRequest, need: Need, name: str) -> HttpResponse:
    """One of the outcomes: everybody is told at once, each respondent of their own decision."""
    if name not in FORMS or not fits(name, need):
        raise Http404
    step = STEP_BY_NAME[name]
    policy.require(request.user, step.may, need)
    form = FORMS[name](need, request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, details = form.cleaned_data["reason"], form.details
        said = _("The outcome is recorded. Everybody is told, each respondent of their own decision.")
        if done(request, lambda: take(need, name, request.user, reason=reason, **details), said, form):
            return redirect("board:manage", need.key)
    context = {
        "heading": capfirst(str(step.label)),
        "need": need,
        "form": form,
        "lacking": lacking(need, name, request.user) if request.method != "POST" else [],
    }
    return render(request, "opening/outcome.html", context)


@need_screen("need.adopt")
def feedback(request: HttpRequest, need: Need, pk: int) -> HttpResponse:
    """Begins, or goes on with, the practice in which the authority tells what came of it."""
    found = get_object_or_404(FollowUp, need=need, pk=pk) if pk <= LARGEST_KEY else None
    if found is None:
        raise Http404
    policy.require(request.user, "followup.begin", found)
    if request.method != "POST":
        return redirect("board:manage", need.key)
    contribution = following.begin_feedback(found, request.user)
    return redirect("contributions:contribution", contribution.pk)
