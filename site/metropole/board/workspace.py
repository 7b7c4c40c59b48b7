"""One's needs in the workspace: their list, and each one's own screen, put together from its parts."""

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from metropole.core.policy import policy
from metropole.core.workspace import Context
from metropole.organisations.enums import AUTHORITY_KINDS
from metropole.organisations.views.screens import screen

from .enums import CoCarrierState, NeedMode, NeedState
from .models import Need
from .parts import need_parts
from .policy import contributing, leads
from .querysets import NeedQuerySet
from .states import state_expression

PER_LIST = 200
OWING = (NeedState.TO_CORRECT, NeedState.CLOSED, NeedState.STUDYING)
"""The states in which a need waits for those who carry it."""


def carried_by(person: AbstractUser) -> NeedQuerySet:
    """The needs that a person's authorities carry."""
    organisations = contributing(person)
    joined = Q(co_carriers__organisation__in=organisations, co_carriers__state=CoCarrierState.ACCEPTED)
    return Need.objects.filter(Q(organisation__in=organisations) | joined).distinct()


def owing(person: AbstractUser) -> NeedQuerySet:
    """The needs of a person's authorities that wait for these, the longest waiting first."""
    stated = carried_by(person).annotate(state_now=state_expression()).filter(state_now__in=OWING)
    return stated.order_by(Coalesce("closes_at", "returned_at"), "pk")


def owing_count(person: AbstractUser) -> int:
    return owing(person).count()


def owing_part(person: AbstractUser) -> Context | None:
    """For the workspace's home; None where no need waits."""
    needs = list(owing(person).select_related("organisation").with_texts()[:PER_LIST])
    return {"rows": [(need, what_is_owed(need)) for need in needs]} if needs else None


def what_is_owed(need: Need) -> str:
    """What its people are to do next."""
    if need.state == NeedState.TO_CORRECT:
        return _("The moderators ask for corrections.")
    if need.state == NeedState.CLOSED and need.mode != NeedMode.REFERRAL:
        return _("It is closed: two of you open its responses.")
    return _("Say what became of it.")


@screen
def mine(request: HttpRequest) -> HttpResponse:
    """The needs of one's authorities, the last begun first."""
    needs = carried_by(request.user).with_texts()
    context = {
        "heading": _("Needs"),
        "needs": needs.select_related("organisation").order_by("-pk")[:PER_LIST],
        "may_begin": contributing(request.user).filter(kind__in=AUTHORITY_KINDS).exists(),
    }
    return render(request, "board/mine.html", context)


def own_need(request: HttpRequest, key: object) -> Need:
    """A need that a person may see before it is published. Raises Http404 for all others: it is not there."""
    need = get_object_or_404(Need.objects.select_related("organisation").with_texts(), key=key)
    if not policy.may(request.user, "need.prepare", need):
        raise Http404
    return need


@screen
def manage(request: HttpRequest, key: object) -> HttpResponse:
    """Where a need stands, and all that its people can do with it now."""
    need = own_need(request, key)
    context = {
        "heading": need.name,
        "need": need,
        "state": need.state,
        "leads": leads(request.user, need),
        "parts": need_parts(request, need, "workspace"),
    }
    return render(request, "board/manage.html", context)
