"""What an authority does that carries a need with its lead, or is about to."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.organisations.enums import AUTHORITY_KINDS, Right
from metropole.organisations.models import Organisation
from metropole.organisations.querysets import OrganisationQuerySet
from metropole.organisations.views.screens import done, screen

from ...enums import CoCarrierState, NeedMode, NeedState
from ...models import CoCarrier, Need
from .. import carriers as services
from ..carriers import VALUES
from ..forms import AnswerForm, AskForm, BandForm, NoteForm, ReasonForm
from ..transitions import JOINING, NOTING
from .common import found_co_carrier, found_need, words_of

View = Callable[..., HttpResponse]


def own_standing(view: View) -> View:
    """A screen for the agents of an authority that stands in some way with a need: for others it is not there."""

    @wraps(view)
    def opened(request: HttpRequest, key: object, pk: int) -> HttpResponse:
        co_carrier = found_co_carrier(key, pk)
        if not policy.may(request.user, "co_carrier.see", co_carrier):
            raise Http404
        return view(request, co_carrier)

    return screen(opened)


@screen
def ask(request: HttpRequest, key: object) -> HttpResponse:
    """From the public page: one's authority asks to carry the need too."""
    need = found_need(key)
    if not need.is_public:
        raise Http404
    offered, why = _that_may_ask(request, need)
    is_direct = need.mode == NeedMode.DIRECT
    form = AskForm(request.POST or None, offered=offered, is_owed=is_direct)
    context = {"heading": _("Ask to carry this need"), "need": need, "form": form, "why": why, "is_direct": is_direct}
    if why:
        return render(request, "sharing/nobody.html", context, status=HTTPStatus.FORBIDDEN)
    if request.method == "POST" and form.is_valid():
        given, said = form.cleaned_data, _("You have asked: the lead authority answers you here.")
        if done(
            request,
            lambda: services.ask(need, given["organisation"], request.user, form.band, given["reason"]),
            said,
            form,
        ):
            return redirect("sharing:shared")
    return render(request, "sharing/ask.html", context)


def _that_may_ask(request: HttpRequest, need: Need) -> tuple[OrganisationQuerySet, str]:
    """The authorities that a person engages and that could join, and why there is none."""
    engaged = Organisation.objects.verified().of(request.user, Right.ENGAGES).filter(kind__in=AUTHORITY_KINDS)
    standing = (CoCarrierState.INVITED, CoCarrierState.ASKED, CoCarrierState.ACCEPTED)
    known = need.co_carriers.filter(state__in=standing).values("organisation")
    offered = engaged.exclude(pk__in=known).exclude(pk=need.organisation_id).order_by("name")
    if need.state != NeedState.OPEN:
        return offered, _("Who carries it does not change any more: say that your authority has this need too.")
    if not engaged.exists():
        return offered, _("Only an agent who engages a verified authority asks to carry a need. Tell yours of it.")
    if not offered.exists():
        return offered, _("Your authority leads or carries this need, or an answer is awaited.")
    return offered, ""


@own_standing
def invitation(request: HttpRequest, co_carrier: CoCarrier) -> HttpResponse:
    """Another authority invites one's own: what it is about, then yes or no."""
    need, action = co_carrier.need, request.POST.get("action", "")
    is_direct = need.mode == NeedMode.DIRECT
    initial = {name: getattr(co_carrier, name) for name in VALUES}
    form = AnswerForm(
        request.POST if action == "accept" else None, is_owed=is_direct, is_open=need.is_open, initial=initial
    )
    refusal = ReasonForm(
        request.POST if action == "decline" else None,
        help_text=_("The lead authority reads it."),
        required=False,
        prefix="refusal",
    )
    if request.method == "POST" and (answer := _answered(request, co_carrier, action, form, refusal)):
        return answer
    context = {
        "heading": _("Carry this need with %(lead)s?") % {"lead": need.organisation},
        "co_carrier": co_carrier,
        "need": need,
        "words": words_of(need),
        "is_waiting": co_carrier.state == CoCarrierState.INVITED and need.state in JOINING,
        "may_answer": policy.may(request.user, "co_carrier.answer", co_carrier),
        "is_direct": is_direct,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "sharing/invitation.html", context)


def _answered(
    request: HttpRequest, co_carrier: CoCarrier, action: str, form: AnswerForm, refusal: ReasonForm
) -> HttpResponse | None:
    """Where to go on; None where the screen says why not."""
    policy.require(request.user, "co_carrier.answer", co_carrier)
    if action == "accept":
        is_done = form.is_valid() and done(
            request,
            lambda: services.accept(co_carrier, request.user, form.band, form.cleaned_data["reason"]),
            _("Your authority now carries this need."),
            form,
        )
        return redirect("board:manage", co_carrier.need.key) if is_done else None
    if action != "decline":
        raise Http404
    is_done = refusal.is_valid() and done(
        request,
        lambda: services.decline(co_carrier, request.user, refusal.cleaned_data["reason"]),
        _("The invitation is declined: the lead authority is told."),
        refusal,
    )
    return redirect("sharing:shared") if is_done else None


@screen
def take_back(request: HttpRequest, key: object, pk: int) -> HttpResponse:
    """An invitation, by the lead; a request, by who asked."""
    co_carrier = found_co_carrier(key, pk)
    if not policy.may(request.user, "co_carrier.take_back", co_carrier):
        raise Http404
    is_invitation = co_carrier.state == CoCarrierState.INVITED
    back = redirect("sharing:carriers", key) if is_invitation else redirect("sharing:shared")
    if request.method == "POST":
        done(request, lambda: services.take_back(co_carrier, request.user), _("It is taken back."))
    return back


@own_standing
def leave(request: HttpRequest, co_carrier: CoCarrier) -> HttpResponse:
    """One's authority carries the need no more."""
    policy.require(request.user, "co_carrier.leave", co_carrier)
    form = ReasonForm(request.POST or None, help_text=_("On an open need, everybody reads it."))
    is_possible = co_carrier.need.state in JOINING and co_carrier.state == CoCarrierState.ACCEPTED
    return _changed(
        request,
        co_carrier,
        form,
        lambda: services.leave(co_carrier, request.user, form.cleaned_data["reason"]),
        is_possible=is_possible,
        heading=_("Leave this need"),
        action=_("Leave"),
        said=_("Your authority does not carry this need any more."),
        explanation=_("Your authority stops carrying this need. The others are told, with your reason."),
    )


@own_standing
def value(request: HttpRequest, co_carrier: CoCarrier) -> HttpResponse:
    """What one's authority would spend."""
    policy.require(request.user, "co_carrier.say_value", co_carrier)
    need = co_carrier.need
    form = BandForm(
        request.POST or None,
        is_owed=need.mode == NeedMode.DIRECT,
        initial={name: getattr(co_carrier, name) for name in VALUES},
    )
    return _changed(
        request,
        co_carrier,
        form,
        lambda: services.say_value(co_carrier, request.user, form.band),
        is_possible=need.state in JOINING and need.state != NeedState.OPEN,
        heading=_("What your authority would spend"),
        action=_("Save"),
        said=_("Your estimate is noted."),
        explanation=_("Until the need is published. The estimates of all are added up, as the law asks."),
    )


@own_standing
def note(request: HttpRequest, co_carrier: CoCarrier) -> HttpResponse:
    """What one's authority has against an outcome."""
    policy.require(request.user, "co_carrier.write_note", co_carrier)
    form = NoteForm(request.POST or None, initial={"veto": co_carrier.veto})
    return _changed(
        request,
        co_carrier,
        form,
        lambda: services.write_note(co_carrier, request.user, form.cleaned_data["veto"]),
        is_possible=co_carrier.need.state in NOTING,
        heading=_("A note before the outcome"),
        action=_("Save"),
        said=_("Your note is kept: the lead authority reads it before it records an outcome."),
        explanation=_("Only the agents of the authorities that carry the need read it. Empty, it is taken back."),
    )


def _changed(
    request: HttpRequest,
    co_carrier: CoCarrier,
    form: BandForm | ReasonForm | NoteForm,
    act: Callable[[], None],
    *,
    is_possible: bool,
    heading: str,
    action: str,
    said: str,
    explanation: str,
) -> HttpResponse:
    """A screen with one form. Where it is too late, what was typed stands there all the same, with the reason."""
    if request.method == "POST" and form.is_valid() and done(request, act, said, form):
        may_see = policy.may(request.user, "need.prepare", co_carrier.need)
        return redirect("board:manage", co_carrier.need.key) if may_see else redirect("sharing:shared")
    context = {
        "heading": heading,
        "need": co_carrier.need,
        "co_carrier": co_carrier,
        "form": form if is_possible or request.method == "POST" else None,
        "action": action,
        "explanation": explanation,
        "is_possible": is_possible,
    }
    return render(request, "sharing/form.html", context)
