"""The public page of the board's rules: made of what the code itself reads, so that it tells nothing else."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..enums import NeedMode, NeedState
from ..lifecycle.registry import guards_of
from ..lifecycle.table import FORBIDDEN, STEPS, Step
from ..models import Threshold
from .changes import AMENDABLE, MATERIAL, field_of
from .display import MODES


@dataclass(frozen=True)
class RuledStep:
    """A step of the table in words. ``guards``: what it asks, each a sentence."""

    step: Step
    sources: list[str]
    target: str
    guards: list[str | Promise]
    told: list[str]


@dataclass(frozen=True)
class Visible:
    """Who sees the content of a response that was handed in, before the opening and after it."""

    who: str | Promise
    before: str | Promise
    after: str | Promise


@dataclass(frozen=True)
class RulePart:
    """A part of the page that another part of the board explains: ``template`` begins with its heading, an h2."""

    template: str
    context: Callable[[], dict[str, Any]]
    order: int


_NEVER = _("never")
VISIBILITY = (
    Visible(_("The organisation that responds"), _("always"), _("always")),
    Visible(_("Other companies"), _NEVER, _NEVER),
    Visible(
        _("The agents of the authorities that carry the need"),
        _("never: not even that there is a response, nor how many"),
        _("yes, once two people have opened them"),
    ),
    Visible(_("A moderator"), _NEVER, _("never: at most the minutes, where one opened in place of a second agent")),
    Visible(_("The administrator of the site"), _NEVER, _("never, through any page of the site")),
    Visible(_("Everybody"), _NEVER, _("only what the company lets be published, once the outcome is recorded")),
)
GLOSSARY = (
    (
        _("Sourcing"),
        _("Studying the market before buying (article R. 2111-1): what is learnt may be used if it distorts nothing."),
    ),
    (
        _("Direct enquiry"),
        _("Asking companies below the threshold under which the law asks for no publicity (article R. 2122-8)."),
    ),
    (
        _("Innovative purchase"),
        _("Works, supplies or services that are new or significantly improved (article L. 2172-3)."),
    ),
    (
        _("Buyer profile"),
        _("The platform on which a buyer publishes its consultations and receives tenders. This site is none."),
    ),
    (_("Lead authority"), _("The authority that has posted the need, and alone takes its steps.")),
    (_("Co-carrier"), _("An authority that carries the need with the lead: their values add up.")),
    (_("Amendment"), _("A numbered change of an open need: the old and the new words are public.")),
    (_("Opening"), _("The moment at which two people make the responses readable, after the closing.")),
)

_parts: list[RulePart] = []


def register_rule_part(part: RulePart) -> None:
    """From ``AppConfig.ready()``."""
    _parts.append(part)


def tables() -> dict[str, Any]:
    """All that the page tells."""
    return {
        "states": [(state, capfirst(str(state.label))) for state in NeedState],
        "steps": [_ruled(step) for step in STEPS],
        "forbidden": FORBIDDEN,
        "visibility": VISIBILITY,
        "modes": [(capfirst(str(mode.label)), MODES[mode]) for mode in NeedMode],
        "thresholds": [(row, _is_in_force(row)) for row in Threshold.objects.all()],
        "material": [field_of(name).verbose_name for name, kind in AMENDABLE.items() if kind == MATERIAL],
        "glossary": GLOSSARY,
        "parts": [(part.template, part.context()) for part in sorted(_parts, key=lambda part: part.order)],
    }


def _ruled(step: Step) -> RuledStep:
    return RuledStep(
        step=step,
        sources=[str(source.label) for source in step.sources],
        target=str(step.target.label) if step.target else "",
        guards=[guard.explanation for guard in guards_of(step.name)],
        told=[str(told.label) for told in step.told],
    )


def _is_in_force(row: Threshold, day: dt.date | None = None) -> bool:
    day = day or timezone.localdate()
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
