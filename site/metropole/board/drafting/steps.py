"""The steps in which a need is written: fields of the need and of its original text, by screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metropole.contributions.adapters import Adapter
from metropole.contributions.kinds import Step

from .fields import need_adapter
from .together import calendar, purchase

Check = Callable[[Mapping[str, Any]], Mapping[str, str | Promise]]


@dataclass(frozen=True)
class NeedStep(Step):
    """``refusals``: what its fields may not say together, by field, where each is right by itself."""

    refusals: Check = lambda cleaned: {}


STEPS: tuple[NeedStep, ...] = (
    NeedStep(
        _("What you look for"),
        ("title", "summary", "problem", "expected_result", "work_done", "themes", "territories", "tags"),
    ),
    NeedStep(
        _("Criteria"),
        ("constraints", "essential_criteria", "desirable_criteria", "success_criteria"),
        intro=_("Say what must be achieved, not which product does it: a brand is named with “or equivalent”."),
    ),
    NeedStep(
        _("Purchase"),
        (
            "mode", "purchase_kind", "is_innovative", "innovation_reason", "value_low", "value_high", "value_is_public",
            "weightings", "several_retained", "anonymous_reading", "consultation_url", "early_contacts",
            "no_early_contacts",
        ),
        ("mode", "purchase_kind"),
        _("This site is no buyer profile: a published need commits nobody, and nothing here replaces legal advice."),
        refusals=purchase,
    ),
    NeedStep(
        _("Calendar"),
        (
            "closes_at", "questions_close_at", "answers_due_at", "phase", "wished_start", "duration_months",
            "demonstrations",
        ),
        ("closes_at",),
        _("All hours are those of Paris."),
        refusals=calendar,
    ),
)  # fmt: skip
PURCHASE, CALENDAR = 3, 4
FIELDS = tuple(name for step in STEPS for name in step.fields)


def number_of(field: str) -> int:
    """The step in which a field is filled; 0 for what is in none."""
    return next((number for number, step in enumerate(STEPS, start=1) if field in step.fields), 0)


class NeedFields:
    """What is written of a need, as the forms of contributions take it."""

    def adapter(self, name: str) -> Adapter:
        return need_adapter(name)


NEED = NeedFields()
