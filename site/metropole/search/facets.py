"""The one definition of facets: the index, the URL, the API and the panel are all derived from it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metropole.core.periods import PeriodState, period_state

TERRITORY_WHOLE = "metropole"
# The one type of document that is no content: who carries it.
ORGANISATION = "organisation"


@dataclass(frozen=True)
class Facet:
    """A way to narrow results.

    ``is_tree``: a value stands for itself and all below it. ``default``: the direct values of a document that has none.
    ``is_clock``: besides its stored values, it has those that opening and closing instants give at the time of asking.
    """

    name: str
    label: str | Promise
    is_tree: bool = False
    is_clock: bool = False
    default: tuple[str, ...] = ()


TERRITORY = Facet("territory", _("Territory"), is_tree=True, default=(TERRITORY_WHOLE,))
STATUS = Facet("status", _("Status"), is_clock=True)
LANGUAGE = Facet("lang", _("Language"))

FACETS: tuple[Facet, ...] = (
    Facet("type", _("Type of content")),
    Facet("theme", _("Theme"), is_tree=True),
    TERRITORY,
    Facet("programme", _("Programme")),
    STATUS,
    Facet("ai", _("Artificial intelligence")),
    Facet("maturity", _("Maturity")),
    Facet("tag", _("Keyword")),
    Facet("year", _("Year")),
    LANGUAGE,
)
FACETS_BY_NAME = {facet.name: facet for facet in FACETS}

CLOCK_VALUES = tuple(PeriodState.values)


def clock_status(opens: int | None, closes: int | None, now: int) -> str:
    """The derived status of instants given in one unit; a missing one never comes to limit the period."""
    if opens is None and closes is None:
        return ""
    return period_state(now if opens is None else opens, now + 1 if closes is None else closes, now).value
