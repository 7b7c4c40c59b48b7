"""The one definition of facets: the index, the URL, the API and the panel are all derived from it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metropole.core.periods import PeriodState, period_state

TERRITORY_WHOLE = "metropole"
# The one type of document that is no content: who carries it.
ORGANISATION = "organisation"
SOLUTION = "solution"

# The instants of a document, each of them a numeric field of the index.
OPENS, CLOSES, FRESH_UNTIL = "opens", "closes", "fresh_until"
INSTANTS = (OPENS, CLOSES, FRESH_UNTIL)


@dataclass(frozen=True)
class Clock:
    """Values that instants give at the time of asking, so that no job ever has to write them.

    ``values``: that of the time before the first instant, those between two, and that of the time after the last.
    """

    instants: tuple[str, ...]
    values: tuple[str, ...]

    def bounds(self, value: str) -> Iterator[tuple[str, bool]]:
        """The instants that say whether a document has a value now: each with whether it must be over."""
        place = self.values.index(value)
        yield from ((instant, True) for instant in self.instants[:place])
        yield from ((instant, False) for instant in self.instants[place : place + 1])


@dataclass(frozen=True)
class Facet:
    """A way to narrow results.

    ``is_tree``: a value stands for itself and all below it. ``default``: the direct values of a document that has none.
    ``clock``: besides its stored values, it has those that instants give at the time of asking. ``values_of``: the
    facet whose values it takes. ``only_of``: the one type of document that has it; it is offered where that type is
    listed alone. ``is_rare``: asked seldom, and so shown behind the others.
    """

    name: str
    label: str | Promise
    is_tree: bool = False
    clock: Clock | None = None
    default: tuple[str, ...] = ()
    values_of: str = ""
    only_of: str = ""
    is_rare: bool = False

    @property
    def clock_values(self) -> tuple[str, ...]:
        return self.clock.values if self.clock else ()


FRESH, NOT_FRESH = "yes", "no"

TYPE = Facet("type", _("Type of content"))
TERRITORY = Facet("territory", _("Territory"), is_tree=True, default=(TERRITORY_WHOLE,))
STATUS = Facet(
    "status",
    _("Status"),
    clock=Clock((OPENS, CLOSES), (PeriodState.UPCOMING.value, PeriodState.OPEN.value, PeriodState.CLOSED.value)),
)
LANGUAGE = Facet("lang", _("Language"))

FACETS: tuple[Facet, ...] = (
    TYPE,
    Facet("theme", _("Theme"), is_tree=True),
    TERRITORY,
    Facet("programme", _("Programme")),
    STATUS,
    Facet("kind", _("Type of solution"), only_of=SOLUTION),
    Facet("ai", _("Artificial intelligence")),
    Facet("technique", _("Technique"), only_of=SOLUTION, is_rare=True),
    Facet("ai_act", _("Class under the AI Act"), only_of=SOLUTION, is_rare=True),
    Facet("hosting", _("Hosted in"), only_of=SOLUTION),
    Facet("licence", _("Licence of the software"), only_of=SOLUTION, is_rare=True),
    Facet("price", _("Price a year"), only_of=SOLUTION),
    Facet("maturity", _("Maturity")),
    Facet("deployed", _("Tried or used in"), is_tree=True, values_of=TERRITORY.name, only_of=SOLUTION),
    Facet("evaluation", _("Evaluation"), only_of=SOLUTION, is_rare=True),
    Facet("confirmed", _("Confirmed"), only_of=SOLUTION),
    Facet("fresh", _("Kept up to date"), clock=Clock((FRESH_UNTIL,), (FRESH, NOT_FRESH)), only_of=SOLUTION),
    Facet("tag", _("Keyword")),
    Facet("year", _("Year")),
    LANGUAGE,
)
FACETS_BY_NAME = {facet.name: facet for facet in FACETS}
_VALUES_OF = {facet.name: facet.values_of for facet in FACETS if facet.values_of}


def values_of(facet_name: str) -> str:
    """The name under which the values of a facet are known: its own, or that of the facet whose values it takes."""
    return _VALUES_OF.get(facet_name, facet_name)


def clock_status(opens: int | None, closes: int | None, now: int) -> str:
    """The derived status of instants given in one unit; a missing one never comes to limit the period."""
    if opens is None and closes is None:
        return ""
    return period_state(now if opens is None else opens, now + 1 if closes is None else closes, now).value
