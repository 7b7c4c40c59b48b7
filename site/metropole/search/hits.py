"""Results as a page shows them, from what the index stores."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from . import listing
from .analysis import analyzer
from .facets import CLOSED, STATUS, TERRITORY_WHOLE, clock_status
from .fields import milliseconds
from .highlight import extract, marked
from .registry import vocabulary
from .services import Outcome, chosen_territories

Stored = Mapping[str, Any]


def hits(outcome: Outcome) -> list[listing.Hit]:
    """The results of the page."""
    return [_hit(stored, outcome) for stored in outcome.result.hits]


def _hit(stored: Stored, outcome: Outcome) -> listing.Hit:
    analysis = analyzer(stored["language"])
    tokens = outcome.wording.marks.get(analysis.language, frozenset())
    status, closes_at = _status(stored, outcome.request.now)
    wider = _is_wider(stored, outcome)
    return listing.Hit(
        id=stored["id"],
        type=stored["type"],
        type_label=vocabulary("type").label(stored["type"]),
        title=stored["title"],
        title_html=marked(stored["title"], tokens, analysis),
        url=stored["url"],
        summary=stored["summary"],
        summary_html=extract(stored["summary"], stored["text"], tokens, analysis),
        territories=_labels("territory", stored),
        themes=_labels("theme", stored),
        organisations=stored["organisations"],
        date=date.fromisoformat(stored["date"]) if stored["date"] else None,
        language=stored["language"],
        status=status,
        status_label=vocabulary(STATUS.name).label(status),
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
        return derived, None if derived == CLOSED else closes
    return next(iter(stored["status"]), ""), None


_PERIOD = ("opens_at", "closes_at")


def _labels(facet_name: str, stored: Stored) -> list[listing.Label]:
    """The labels of a document's own values. The whole métropole is no place in particular: it has none."""
    known = vocabulary(facet_name)
    values = [value for value in stored[facet_name] if value != TERRITORY_WHOLE]
    return [listing.Label(value, known.label(value), known.url(value)) for value in values]


def _is_wider(stored: Stored, outcome: Outcome) -> bool:
    chosen = chosen_territories(outcome.request)
    return bool(chosen) and outcome.query.wider and not set(chosen) & set(stored["territory_expanded"])


def places(territories: tuple[str, ...] | list[str]) -> str:
    """Territories named in a sentence."""
    known = vocabulary("territory")
    names = [_("the whole métropole") if name == TERRITORY_WHOLE else known.label(name) for name in territories]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
