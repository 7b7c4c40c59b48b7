"""The steps in which a response is written, and what each of them asks."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metropole.board.enums import NeedMode
from metropole.board.models import Need

from ..content import criteria_of


@dataclass(frozen=True)
class Step:
    name: str
    title: str | Promise
    intro: str | Promise
    fields: tuple[str, ...] = ()


PROPOSAL = Step(
    "proposal",
    _("Your proposal"),
    _("What you would do, how and when."),
    ("summary", "approach", "calendar"),
)
CRITERIA = Step(
    "criteria",
    _("Point by point"),
    _("Each essential criterion is answered: met, partly met or not met, and how. The desirable ones are up to you."),
)
PROOF = Step(
    "proof",
    _("Proofs and partners"),
    _("What shows that it works, and with whom you would do it."),
    ("solutions", "experience", "partners"),
)
PUBLICATION = Step(
    "publication",
    _("What may be published"),
    _("Your response stays confidential. After the outcome, nothing of it is published but what you allow here."),
    ("name_may_be_published", "publishable"),
)
STEPS = (PROPOSAL, CRITERIA, PROOF, PUBLICATION)
PRICE = ("price", "price_basis")
"""Asked in a direct enquiry alone: a sourcing compares no prices."""


def fields_of(step: Step, need: Need) -> tuple[str, ...]:
    if step is CRITERIA:
        return tuple(criterion.field for criterion in criteria_of(need))
    return step.fields + PRICE if step is PROPOSAL and need.mode == NeedMode.DIRECT else step.fields
