"""Results as a page shows them, from what the index stores."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from metropole.core.navigation import in_reader_language
from metropole.core.periods import PeriodState

from . import listing
from .analysis import analyzer
from .facets import TERRITORY_WHOLE, clock_status
from .fields import milliseconds
from .highlight import extract, marked
from .registry import vocabulary
from .services import Outcome, chosen_territories
from .vocabularies import Vocabulary

Stored = Mapping[str, Any]
Known = Mapping[str, Vocabulary]


def hits(outcome: Outcome) -> list[listing.Hit]:
    """The results of the page."""
    known = {name: vocabulary(name) for name in ("type", "territory", "theme", "status")}
    return [_hit(stored, outcome, known) for stored in outcome.result.hits]


def _hit(stored: Stored, outcome: Outcome, known: Known) -> listing.Hit:
    analysis = analyzer(stored["language"])
    tokens = outcome.wording.marks.get(analysis.language, frozenset())
    status, closes_at = _status(stored, outcome.request.now)
    wider = _is_wider(stored, outcome)
    return listing.Hit(
        id=stored["id"],
        type=stored["type"],
        type_label=known["type"].label(stored["type"]),
        title=stored["title"],
        title_html=marked(stored["title"], tokens, analysis),
        url=in_reader_language(stored["url"]),
        summary=stored["summary"],
        summary_html=extract(stored["summary"], stored["text"], tokens, analysis),
        territories=_labels(known["territory"], stored["territory"]),
        themes=_labels(known["theme"], stored["theme"]),
        organisations=stored["organisations"],
        date=date.fromisoformat(stored["date"]) if stored["date"] else None,
        language=stored["language"],
        status=status,
        status_label=known["status"].label(status),
        closes_at=closes_at,
        is_example=stored["is_example"],
        wider=wider,
        wider_label=_("Holds for %(places)s") % {"places": places(stored["territory"])} if wider else "",
    )


def _status(stored: Stored, now: int) -> tuple[str, datetime | None]:
    """The status at this instant, and the closing instant while it is still to come."""
    opens, closes = (datetime.fromisoformat(stored[name]) if stored[name] else None for name in _PERIOD)
    derived = clock_status(opens and milliseconds(opens), closes and milliseconds(closes), now)
    if derived:
        return derived, None if derived == PeriodState.CLOSED else closes
    return next(iter(stored["status"]), ""), None


_PERIOD = ("opens_at", "closes_at")


def _labels(known: Vocabulary, values: Sequence[str]) -> list[listing.Label]:
    """The labels of a document's own values. The whole métropole is no place in particular: it has none."""
    return [listing.Label(value, known.label(value), known.url(value)) for value in values if value != TERRITORY_WHOLE]


def _is_wider(stored: Stored, outcome: Outcome) -> bool:
    chosen = chosen_territories(outcome.request)
    return bool(chosen) and outcome.query.wider and not set(chosen) & set(stored["territory_expanded"])


def places(territories: Sequence[str]) -> str:
    """Territories named in a sentence."""
    known = vocabulary("territory")
    names = [_("the whole métropole") if name == TERRITORY_WHOLE else known.label(name) for name in territories]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
