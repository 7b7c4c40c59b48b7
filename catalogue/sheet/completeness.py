"""How much of a sheet is filled. The score says what can be read there; it puts no sheet before another."""

from dataclasses import dataclass

from ..models import SolutionPage
from .claims import value_digest
from .groups import FIELDS, OF_AI, OF_PERSONAL_DATA


@dataclass(frozen=True)
class Completeness:
    """Fields that say something among those that apply; ``missing``: the others, in the sheet's order."""

    filled: int
    missing: tuple[str, ...]

    @property
    def applicable(self) -> int:
        return self.filled + len(self.missing)


def completeness(page: SolutionPage) -> Completeness:
    applies = applicable_fields(page)
    missing = tuple(name for name in applies if not value_digest(page, name))
    return Completeness(len(applies) - len(missing), missing)


def applicable_fields(page: SolutionPage) -> list[str]:
    """All fields but those that mean nothing here: of AI without AI, of personal data without any."""
    left_out: set[str] = {"ended_on"} if page.status != "stopped" else set()
    if page.contains_ai is False:
        left_out.update(OF_AI)
    if page.personal_data is False:
        left_out.update(OF_PERSONAL_DATA)
    if page.individual_decision is False:
        left_out.add("crpa_notice")
    if page.ai_act_class != "high_risk":
        left_out.add("annex_iii_case")
    if page.licensing == "proprietary":
        left_out.update(("spdx", "repository"))
    return [name for name in FIELDS if name not in left_out]
