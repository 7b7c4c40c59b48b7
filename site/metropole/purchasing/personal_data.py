"""What is kept of people as agents who take part in grouped purchases."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, exported, register_personal_data

from .models import ChecklistEntry, GroupMember, Interest, Message, PurchasingGroup


def register() -> None:
    register_personal_data(
        PersonalData(
            name="purchasing",
            label=_("What you said for your authority in grouped purchases"),
            purpose=_("For the members of a group to know who acted for an authority."),
            kept=_("As long as the group’s page; without your name once your account is closed."),
            export=_acts,
            erase=_forget_acts,
        ),
        PersonalData(
            name="purchasing_messages",
            label=_("The messages that you wrote to the members of purchasing groups, and those that you reported"),
            purpose=_("For the members of a group to agree with each other. Only they read them, with your name."),
            kept=_("Until you remove them; they stay without your name once your account is closed."),
            export=_messages,
            erase=_forget_author,
        ),
    )


def _acts(person: AbstractUser) -> dict[str, Any]:
    authority = "organisation__name"
    return {
        "interests": exported(
            Interest.objects.filter(said_by=person),
            presentation="presentation__title",
            organisation=authority,
            scope="scope",
            said_at="said_at",
        ),
        "groups_formed": exported(
            PurchasingGroup.objects.filter(formed_by=person), presentation="presentation__title", formed_at="formed_at"
        ),
        "groups_joined": exported(
            GroupMember.objects.filter(joined_by=person),
            presentation="group__presentation__title",
            organisation=authority,
            joined_at="joined_at",
        ),
        "checklists": exported(
            ChecklistEntry.objects.filter(said_by=person),
            item="item",
            state="state",
            note="note",
            organisation=authority,
            said_at="said_at",
        ),
    }


def _forget_acts(person: AbstractUser) -> None:
    Interest.objects.filter(said_by=person).update(said_by=None)
    PurchasingGroup.objects.filter(formed_by=person).update(formed_by=None)
    GroupMember.objects.filter(joined_by=person).update(joined_by=None)
    ChecklistEntry.objects.filter(said_by=person).update(said_by=None)


def _messages(person: AbstractUser) -> dict[str, Any]:
    return {
        "written": exported(
            Message.objects.filter(author=person),
            presentation="group__presentation__title",
            text="text",
            written_at="written_at",
        ),
        "reported": exported(
            Message.objects.filter(reported_by=person), reason="report_reason", reported_at="reported_at"
        ),
    }


def _forget_author(person: AbstractUser) -> None:
    Message.objects.filter(author=person).update(author=None)
    Message.objects.filter(reported_by=person).update(reported_by=None)
