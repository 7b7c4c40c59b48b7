"""What is kept of people as members of organisations, and what becomes of it when their account is closed."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from metropole.core.audit import record, register_action
from metropole.core.personal_data import (
    Obstacle,
    PersonalData,
    register_closing_obstacle,
    register_personal_data,
)

from .enums import MembershipState, Right
from .models import Membership, Organisation

CURRENT = (MembershipState.ASKED, MembershipState.ACTIVE)
END = "organisations.membership.end"


def register() -> None:
    register_action(END, _("a membership ends with its account"))
    register_closing_obstacle(_obstacles)
    register_personal_data(
        PersonalData(
            name="memberships",
            label=_("Your memberships and your rights in organisations"),
            purpose=_("To know for whom you act here. Your colleagues and the site's editors see them."),
            kept=_("As long as the organisation is here; without your name once your account is closed."),
            export=_exported,
            erase=_end_memberships,
        )
    )


def _exported(person: AbstractUser) -> list[dict[str, Any]]:
    return [
        {
            "organisation": membership.organisation.name,
            "state": membership.state,
            "rights": membership.rights,
            "asked_at": membership.created_at,
        }
        for membership in Membership.objects.filter(person=person).select_related("organisation")
    ]


def _obstacles(person: AbstractUser) -> Iterator[Obstacle]:
    """Nobody leaves an organisation that has other members without somebody who manages it."""
    for organisation in _left_without_owner(person):
        text = gettext("You are the last one to manage %(organisation)s: give this right to another member first.")
        yield Obstacle(text % {"organisation": organisation}, organisation.get_absolute_url())


def _left_without_owner(person: AbstractUser) -> list[Organisation]:
    others = Membership.objects.active().filter(organisation=OuterRef("pk")).exclude(person=person)
    managed = Organisation.objects.of(person, Right.OWNS)
    return list(managed.filter(Exists(others), ~Exists(others.filter(owns=True))).select_related("territory"))


def _end_memberships(person: AbstractUser) -> None:
    """The rows stay: contents and log keep pointing to a member, who has no name any more."""
    for membership in Membership.objects.filter(person=person, state__in=CURRENT).select_related("organisation"):
        before = membership.state
        membership.state = MembershipState.LEFT
        membership.save(update_fields=["state"])
        after = {"state": membership.state}
        record(membership, END, person, organisation=membership.organisation, before={"state": before}, after=after)
