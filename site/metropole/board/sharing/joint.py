"""Buying together, once an outcome leads to a purchase: what the authorities owe before, with its dates."""

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from metropole.core.audit import record
from metropole.core.policy import policy
from metropole.organisations.models import Organisation

from ..enums import NeedState
from ..lifecycle.services import WrongStateError, locked
from ..models import Deliberation, JointPurchase, Need
from .policy import contributes
from .transitions import DELIBERATE, PREPARE_PURCHASE

BUYING = (NeedState.ADOPTED, NeedState.CONSULTATION)
"""The outcomes after which something may be bought."""


def is_joint_purchase(need: Need) -> bool:
    """Whether an outcome may lead several authorities to buy together."""
    return need.state in BUYING and len(need.carriers) > 1


@transaction.atomic
def prepare(
    need: Need, person: AbstractUser, coordinator: Organisation | None, agreement_on: dt.date | None
) -> JointPurchase:
    """The lead says who coordinates, and when the agreement was signed. Raises PermissionDenied, ValidationError."""
    need = _buying(need)
    policy.require(person, "need.prepare_purchase", need)
    if coordinator and coordinator not in need.carriers:
        raise ValidationError({"coordinator": _("Choose one of the authorities that carry the need.")})
    purchase, _is_new = JointPurchase.objects.get_or_create(need=need)
    purchase.coordinator, purchase.agreement_on = coordinator, agreement_on
    _check_order(purchase)
    purchase.save()
    said = {"coordinator": str(coordinator or ""), "agreement_on": str(agreement_on or "")}
    record(purchase, PREPARE_PURCHASE, person, organisation=need.organisation, after=said)
    return purchase


@transaction.atomic
def deliberate(need: Need, organisation: Organisation, person: AbstractUser, held_on: dt.date | None) -> None:
    """An authority says when its council votes, or voted; None: it does not know yet."""
    need = _buying(need)
    if organisation not in need.carriers or not contributes(person, organisation):
        raise PermissionDenied
    purchase, _is_new = JointPurchase.objects.get_or_create(need=need)
    if held_on is None:
        purchase.deliberations.filter(organisation=organisation).delete()
    else:
        purchase.deliberations.update_or_create(organisation=organisation, defaults={"held_on": held_on})
        _check_order(purchase)
    record(purchase, DELIBERATE, person, organisation=organisation, after={"held_on": str(held_on or "")})


def _buying(need: Need) -> Need:
    need = locked(need)
    if not is_joint_purchase(need):
        raise WrongStateError(_("This need has no outcome that leads several authorities to buy together."))
    return need


def _check_order(purchase: JointPurchase) -> None:
    """Raises ValidationError for an agreement that is signed before a council has voted on it."""
    late = purchase.deliberations.filter(held_on__gt=purchase.agreement_on) if purchase.agreement_on else ()
    if names := [str(one.organisation) for one in late]:
        said = _("The agreement is signed after each council has voted: see the date of %(names)s.")
        raise ValidationError({"agreement_on": said % {"names": ", ".join(names)}})


def deliberations(need: Need) -> list[tuple[Organisation, Deliberation | None]]:
    """Of each authority that carries the need, what is known of its council's vote."""
    found = Deliberation.objects.filter(purchase__need=need)
    by_organisation = {one.organisation_id: one for one in found}
    return [(organisation, by_organisation.get(organisation.pk)) for organisation in need.carriers]
