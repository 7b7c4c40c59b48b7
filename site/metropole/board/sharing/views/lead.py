"""What the lead authority does: invite others, answer requests, turn a direct enquiry into a sourcing."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.organisations.enums import AUTHORITY_KINDS
from metropole.organisations.finding import LONGEST_QUERY, named
from metropole.organisations.models import Organisation
from metropole.organisations.views.screens import done, screen

from ...enums import CoCarrierState, NeedMode, NeedState
from ...models import CoCarrier, Need
from ...workspace import own_need
from .. import carriers as services
from ..forms import ReasonForm, SourcingForm
from ..sourcing import earliest_closing, turn_to_sourcing
from ..transitions import JOINING
from ..values import value_note
from .common import found_co_carrier

MOST_SHOWN = 20


@screen
def carriers(request: HttpRequest, key: object) -> HttpResponse:
    """Who carries it, whom it is offered to; finds an authority by words of its name, and invites it."""
    need = own_need(request, key)
    policy.require(request.user, "co_carrier.invite", CoCarrier(need=need))
    if request.method == "POST":
        slug = request.POST.get("organisation", "")
        organisation = get_object_or_404(_authorities(), slug=slug.replace("\x00", ""))
        said = _("%(organisation)s is invited: its agents are told.") % {"organisation": organisation}
        done(request, lambda: services.invite(need, organisation, request.user), said)
        return redirect("sharing:carriers", need.key)
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = named(_authorities().exclude(pk=need.organisation_id), text)
    standing = list(need.co_carriers.select_related("organisation"))
    states = {one.organisation_id: one for one in standing if one.state in _STANDING}
    context = {
        "heading": _("Who carries this need"),
        "need": need,
        "note": value_note(need, request.user),
        "standing": standing,
        "is_joinable": need.state in JOINING,
        "is_direct": need.mode == NeedMode.DIRECT and need.state == NeedState.OPEN,
        "text": text,
        "found": [(one, states.get(one.pk)) for one in found[:MOST_SHOWN]] if text else [],
        "more": max(0, found.count() - MOST_SHOWN) if text else 0,
    }
    return render(request, "sharing/carriers.html", context)


_STANDING = (CoCarrierState.INVITED, CoCarrierState.ASKED, CoCarrierState.ACCEPTED)


def _authorities() -> object:
    return Organisation.objects.verified().filter(kind__in=AUTHORITY_KINDS)


@screen
def request_to_join(request: HttpRequest, key: object, pk: int) -> HttpResponse:
    """An authority asks to carry the need: yes, or no and why."""
    co_carrier = found_co_carrier(key, pk)
    if not policy.may(request.user, "co_carrier.admit", co_carrier):
        raise Http404
    action = request.POST.get("action", "")
    form = ReasonForm(request.POST if action == "refuse" else None, help_text=_("The authority reads it."))
    if request.method == "POST" and _answered(request, co_carrier, action, form):
        return redirect("sharing:carriers", co_carrier.need.key)
    context = {
        "heading": _("%(organisation)s asks to carry this need") % {"organisation": co_carrier.organisation},
        "co_carrier": co_carrier,
        "need": co_carrier.need,
        "note": value_note(co_carrier.need, request.user),
        "is_waiting": co_carrier.state == CoCarrierState.ASKED and co_carrier.need.state in JOINING,
        "is_direct": co_carrier.need.mode == NeedMode.DIRECT and co_carrier.need.is_open,
        "form": form,
    }
    return render(request, "sharing/request.html", context)


def _answered(request: HttpRequest, co_carrier: CoCarrier, action: str, form: ReasonForm) -> bool:
    person, words = request.user, {"organisation": co_carrier.organisation}
    if action == "accept":
        said = _("%(organisation)s now carries this need with you.") % words
        return done(request, lambda: services.admit(co_carrier, person), said)
    if action != "refuse":
        raise Http404
    said = _("The request is refused: %(organisation)s is told.") % words
    return form.is_valid() and done(
        request, lambda: services.turn_down(co_carrier, person, form.cleaned_data["reason"]), said, form
    )


@screen
def sourcing(request: HttpRequest, key: object) -> HttpResponse:
    """The lead turns its direct enquiry into a sourcing, so that more authorities can join."""
    need = own_need(request, key)
    policy.require(request.user, "need.turn_to_sourcing", need)
    is_possible = need.is_open and need.mode == NeedMode.DIRECT
    form = SourcingForm(request.POST or None, initial=_proposed(need) if is_possible else {})
    context = {
        "heading": _("Change the mode to sourcing"),
        "need": need,
        "is_possible": is_possible,
        "form": form if is_possible else None,
    }
    if request.method == "POST" and form.is_valid():
        said = _("The need is a sourcing now: everybody reads it, and all concerned are told.")
        if done(request, lambda: turn_to_sourcing(need, request.user, **form.cleaned_data), said, form):
            return redirect("sharing:carriers", need.key)
    status = HTTPStatus.OK if is_possible else HTTPStatus.CONFLICT
    return render(request, "sharing/sourcing.html", context, status=status)


def _proposed(need: Need) -> dict[str, object]:
    """Another closing is proposed only where it has to be another one."""
    earliest = earliest_closing(need)
    return {"closes_at": earliest} if earliest > need.closes_at else {}
