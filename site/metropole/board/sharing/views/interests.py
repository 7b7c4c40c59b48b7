"""From the public page: one's authority has this need too."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from metropole.organisations.enums import AUTHORITY_KINDS
from metropole.organisations.querysets import OrganisationQuerySet
from metropole.organisations.views.screens import done, screen

from ...enums import CoCarrierState, NeedState
from ...models import Need
from ...policy import contributing
from .. import interests as services
from ..forms import InterestForm
from ..transitions import CAPTIVE
from .common import found_need


@screen
def interest(request: HttpRequest, key: object) -> HttpResponse:
    """Says it, says it otherwise, or takes it back."""
    need = found_need(key)
    if not need.is_public:
        raise Http404
    if request.method == "POST" and request.POST.get("action") == "take_back":
        return _taken_back(request, need)
    offered, why = _that_may_say(request, need)
    own = list(need.interests.filter(organisation__in=contributing(request.user)).select_related("organisation"))
    form = InterestForm(request.POST or None, offered=offered, initial=_said(own))
    context = {
        "heading": _("Your authority has this need too"),
        "need": need,
        "own": own,
        "why": why,
        "form": form,
        "may_ask": need.state == NeedState.OPEN,
    }
    if why:
        return render(request, "sharing/nobody.html", context, status=HTTPStatus.FORBIDDEN)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = _("It is said: everybody reads it on the page of the need.")
        if done(request, lambda: services.say(need, person=request.user, **given), said, form):
            return redirect(need.get_absolute_url())
    return render(request, "sharing/interest.html", context)


def _that_may_say(request: HttpRequest, need: Need) -> tuple[OrganisationQuerySet, str]:
    authorities = contributing(request.user).filter(kind__in=AUTHORITY_KINDS)
    joined = need.co_carriers.filter(state=CoCarrierState.ACCEPTED).values("organisation")
    offered = authorities.exclude(pk=need.organisation_id).exclude(pk__in=joined).order_by("name")
    if need.state in CAPTIVE:
        return offered, _("Nobody joins this need any more: it was withdrawn, merged into another or archived.")
    if not authorities.exists():
        return offered, _("Only agents who contribute for a verified authority say that it has a need too.")
    if not offered.exists():
        return offered, _("Your authority carries this need already.")
    return offered, ""


def _said(own: list) -> dict[str, object]:
    """What was said already, where one authority alone has said something."""
    if len(own) != 1:
        return {}
    return {"organisation": own[0].organisation_id, "scope": own[0].scope, "wished_on": own[0].wished_on}


def _taken_back(request: HttpRequest, need: Need) -> HttpResponse:
    organisation = get_object_or_404(
        contributing(request.user), slug=request.POST.get("organisation", "").replace("\x00", "")
    )
    said = get_object_or_404(need.interests, organisation=organisation)
    done(request, lambda: services.take_back(said, request.user), _("It is taken back."))
    return redirect(need.get_absolute_url())
