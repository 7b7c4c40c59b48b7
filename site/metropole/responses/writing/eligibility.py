"""Who may answer a need, and why others may not: in words, with what to do about it."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metropole.board.enums import NeedMode, NeedState
from metropole.board.models import Need
from metropole.board.states import state_of
from metropole.core.policy import policy
from metropole.organisations.enums import CARRIER_KINDS, Verification
from metropole.organisations.models import Organisation

from ..models import Response
from ..policy import refusal_of
from .holding import why_not_open


@dataclass(frozen=True)
class Reason:
    """``text``: why not; ``way``: what can be done, at an address that takes the organisation's slug or nothing."""

    text: str | Promise
    way: str | Promise = ""
    url_name: str = ""
    is_about_organisation: bool = False
    may_appeal: bool = False


# fmt: off
REASONS = {
    "referral": Reason(_("This need refers to an official consultation: answer it there. Nobody responds here.")),
    "authority": Reason(_("Authorities post needs: companies, associations and research bodies answer them."),
                        _("Register a company or an association"), "organisations:register"),
    "no_organisation": Reason(_("One responds for a company, an association or a research body of which one is a "
                                "member."), _("Join it, or register it"), "organisations:mine"),
    "not_verified": Reason(_("The Métropole has not verified this organisation yet: it is told when that is done, and "
                             "may respond then."), _("See what it says of itself"), "organisations:home", True, True),
    "refused": Reason(_("The Métropole has not accepted this organisation, for the reason that its owners read."),
                      _("See its page in the workspace"), "organisations:home", True, True),
    "no_right": Reason(_("You are a member, without the right to deposit responses: who manages the organisation gives "
                         "it."), _("See who manages it"), "organisations:home", True),
    "own_need": Reason(_("This organisation carries the need itself: nobody answers their own."), may_appeal=True),
}
# fmt: on


@dataclass(frozen=True)
class Refusal:
    reason: Reason
    url: str = ""


@dataclass(frozen=True)
class Respondent:
    """An organisation of somebody's, with the response that it has begun, or else why it cannot begin one."""

    organisation: Organisation
    response: Response | None
    refusal: Refusal | None


def refusal_by_need(need: Need) -> Refusal | None:
    """Why nobody can respond to a need now."""
    if need.mode == NeedMode.REFERRAL:
        return Refusal(REASONS["referral"], need.consultation_url)
    state = state_of(need)
    return None if state == NeedState.OPEN else Refusal(Reason(why_not_open(need, state)))


def respondents(person: AbstractUser, need: Need) -> list[Respondent]:
    """The companies, associations and the like of which a person is a member."""
    organisations = Organisation.objects.of(person).filter(kind__in=CARRIER_KINDS)
    begun = {one.organisation_id: one for one in Response.objects.filter(need=need, organisation__in=organisations)}
    return [Respondent(one, begun.get(one.pk), refusal_by(person, need, one)) for one in organisations]


def refusal_by(person: AbstractUser, need: Need, organisation: Organisation) -> Refusal | None:
    """Why a person cannot respond to a need for an organisation of theirs."""
    name = _name_of_reason(person, need, organisation)
    return _with_address(name, organisation) if name else None


def refusal_without(person: AbstractUser) -> Refusal:
    """Why somebody cannot respond who is a member of no company or the like."""
    is_agent = Organisation.objects.of(person).exists()
    return _with_address("authority" if is_agent else "no_organisation", None)


def _name_of_reason(person: AbstractUser, need: Need, organisation: Organisation) -> str:
    if organisation.verification == Verification.REFUSED:
        return "refused"
    if reason := refusal_of(need, organisation):
        return reason
    return "" if policy.may(person, "organisation.deposit", organisation) else "no_right"


def _with_address(name: str, organisation: Organisation | None) -> Refusal:
    reason = REASONS[name]
    if not reason.url_name:
        return Refusal(reason)
    return Refusal(reason, reverse(reason.url_name, args=[organisation.slug] if reason.is_about_organisation else []))
