"""What is kept of people as members of organisations, and what becomes of it when their account is closed."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import (
    Obstacle,
    PersonalData,
    exported,
    register_closing_obstacle,
    register_personal_data,
)

from .enums import Right
from .evidence import verified_addresses
from .models import Acceptance, Invitation, Membership, Organisation
from .transitions import MEMBERSHIPS


def register() -> None:
    register_closing_obstacle(_obstacles)
    register_personal_data(
        PersonalData(
            name="memberships",
            label=_("Your memberships and your rights in organisations"),
            purpose=_("To know for whom you act here. Your colleagues and the site's editors see them."),
            kept=_("As long as the organisation is here; without your name once your account is closed."),
            export=_exported,
            erase=_end_memberships,
        ),
        PersonalData(
            name="invitations",
            label=_("Invitations to your address"),
            purpose=_("To have you join the organisation that invited you."),
            kept=_("As long as the organisation is here, or until your account is closed."),
            export=lambda person: exported(
                _invitations_to(person), organisation="organisation__name", invited_at="created_at"
            ),
            erase=lambda person: _invitations_to(person).delete(),
        ),
        PersonalData(
            name="agreements",
            label=_("The texts to which you agreed"),
            purpose=_("To show that who deposits something knew the rules."),
            kept=_("As long as the text is here; without your name once your account is closed."),
            export=_agreements,
        ),
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


def _invitations_to(person: AbstractUser) -> QuerySet[Invitation]:
    return Invitation.objects.filter(email__in=verified_addresses(person))


def _agreements(person: AbstractUser) -> list[dict[str, Any]]:
    return [
        {"text": agreement.text.get_kind_display(), "version": agreement.text.version, "at": agreement.at}
        for agreement in Acceptance.objects.filter(person=person).select_related("text")
    ]


def _obstacles(person: AbstractUser) -> Iterator[Obstacle]:
    """Nobody leaves an organisation that has other members without somebody who manages it."""
    for organisation in _left_without_owner(person):
        text = gettext("You are the last one to manage %(organisation)s: give this right to another member first.")
        yield Obstacle(
            text % {"organisation": organisation}, reverse("organisations:members", args=[organisation.slug])
        )


def _left_without_owner(person: AbstractUser) -> list[Organisation]:
    others = Membership.objects.active().filter(organisation=OuterRef("pk")).exclude(person=person)
    managed = Organisation.objects.of(person, Right.OWNS)
    return list(managed.filter(Exists(others), ~Exists(others.filter(owns=True))))


def _end_memberships(person: AbstractUser) -> None:
    """The rows stay: contents and log keep pointing to a member, who has no name any more."""
    for membership in Membership.objects.current().filter(person=person).select_related("organisation"):
        MEMBERSHIPS.apply(membership, "end", person)
