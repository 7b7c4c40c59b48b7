"""What moderation keeps of people: what they submitted, what they asked to remove, what they reported."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from metropole.core.personal_data import PersonalData, exported, register_personal_data
from metropole.organisations.evidence import verified_addresses

from .models import DeletionRequest, ErrorReport, Submission

_KEPT = _("As long as the content, which is your organisation's; under a number once your account is closed.")


def register() -> None:
    register_personal_data(
        PersonalData(
            name="submissions",
            label=_("What you submitted to the moderators, and what they answered"),
            purpose=_("To have it read by somebody else, and to tell you what becomes of it."),
            kept=_KEPT,
            export=_submissions,
        ),
        PersonalData(
            name="deletion_requests",
            label=_("The pages that you asked to remove"),
            purpose=_("To decide on it, and to say why the page is gone."),
            kept=_KEPT,
            export=_deletion_requests,
        ),
        PersonalData(
            name="error_reports",
            label=_("The errors that you reported with your address"),
            purpose=_("To answer you."),
            kept=_("Your address for a month after the answer, or until your account is closed; the rest without it."),
            export=_error_reports,
            erase=lambda person: _reports_of(person).update(email=""),
        ),
    )


def _submissions(person: AbstractUser) -> list[dict[str, Any]]:
    return exported(
        Submission.objects.filter(submitted_by=person).order_by("pk"),
        title="revision__object_str",
        organisation="organisation__name",
        submitted_at="started_at",
        decided_at="finished_at",
        state="status",
        answer="comment",
    )


def _deletion_requests(person: AbstractUser) -> list[dict[str, Any]]:
    return exported(
        DeletionRequest.objects.filter(asked_by=person),
        title="title",
        organisation="organisation__name",
        reason="reason",
        asked_at="asked_at",
        decided_at="decided_at",
        state="state",
        answer="answer",
    )


def _error_reports(person: AbstractUser) -> list[dict[str, Any]]:
    return exported(
        _reports_of(person),
        title="title",
        address="url",
        kind="kind",
        text="text",
        e_mail="email",
        received_at="received_at",
        answered_at="closed_at",
        state="state",
        answer="answer",
    )


def _reports_of(person: AbstractUser) -> QuerySet[ErrorReport]:
    """By address alone: nobody signs in to report an error."""
    return ErrorReport.objects.alias(address=Lower("email")).filter(address__in=verified_addresses(person))
