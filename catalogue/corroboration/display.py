"""What an authority is asked to confirm: what the sheet says today, and what it said when it confirmed it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from metropole.organisations.models import Organisation

from ..models import Claim, Corroboration, SolutionPage
from ..sheet.claims import claims_of
from ..sheet.groups import CONFIRMABLE
from ..sheet.reading import Entry, entries_of


@dataclass(frozen=True)
class Row:
    """A claim as one reads it. ``confirmed_at``: when the authority did; ``has_changed``: it says otherwise since."""

    claim: Claim
    entry: Entry
    confirmed_at: dt.datetime | None = None
    has_changed: bool = False

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None or self.has_changed


@dataclass(frozen=True)
class Part:
    authority: Organisation
    rows: Sequence[Row]


def parts_for(solution: SolutionPage, authorities: Sequence[Organisation]) -> list[Part]:
    """What each authority may confirm, in the order of the sheet."""
    entries = entries_of(solution)
    claims = {claim.field: claim for claim in claims_of(solution)}
    shown = [(claims[name], entry) for name, entry in entries.items() if name in CONFIRMABLE and name in claims]
    return [Part(authority, [_row(claim, entry, authority) for claim, entry in shown]) for authority in authorities]


def _row(claim: Claim, entry: Entry, authority: Organisation) -> Row:
    said: Corroboration | None = next(
        (said for said in claim.corroborations.all() if said.organisation_id == authority.pk), None
    )
    if said is None:
        return Row(claim, entry)
    return Row(claim, entry, said.confirmed_at, said.digest != claim.digest)
