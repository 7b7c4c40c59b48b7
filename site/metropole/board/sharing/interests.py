"""Authorities that say by name that they have a need too, without carrying it: from its publication on, and after."""

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from ..enums import CoCarrierState
from ..lifecycle.services import WrongStateError, locked
from ..models import Interest, Need
from .transitions import CAPTIVE, SAY, STOP_SAYING

SAID = ("scope", "wished_on")


@transaction.atomic
def say(
    need: Need, organisation: Organisation, person: AbstractUser, scope: str = "", wished_on: dt.date | None = None
) -> Interest:
    """Says it, or says it otherwise. Raises PermissionDenied, ValidationError."""
    need = locked(need)
    known = need.interests.filter(organisation=organisation).first()
    interest = known or Interest(need=need, organisation=organisation)
    interest.need, interest.organisation = need, organisation
    policy.require(person, "interest.say", interest)
    if why := refusal(need, organisation):
        raise ValidationError({"organisation": why})
    interest.scope, interest.wished_on, interest.said_by = scope.strip(), wished_on, person
    interest.clean_fields(exclude=["said_by"])
    interest.save()
    said = {name: str(getattr(interest, name) or "") for name in SAID}
    record(interest, SAY, person, organisation=organisation, after=said)
    return interest


@transaction.atomic
def take_back(interest: Interest, person: AbstractUser) -> None:
    """Says it no more. What is taken back already stays so."""
    policy.require(person, "interest.say", interest)
    locked(interest.need)
    if found := Interest.objects.filter(pk=interest.pk).first():
        record(found, STOP_SAYING, person, organisation=found.organisation)
        found.delete()


def refusal(need: Need, organisation: Organisation) -> str:
    """Why an authority cannot say that it has a need too; "" where it can. Raises WrongStateError."""
    if not need.is_public or need.state in CAPTIVE:
        raise WrongStateError(_("Nobody joins this need any more: it was withdrawn, merged into another or archived."))
    words = {"organisation": organisation.name}
    if need.organisation_id == organisation.pk:
        return _("%(organisation)s leads this need already.") % words
    if need.co_carriers.filter(organisation=organisation, state=CoCarrierState.ACCEPTED).exists():
        return _("%(organisation)s carries this need already.") % words
    return ""
