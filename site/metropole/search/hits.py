"""Results as a page shows them, from what the index stores."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from metropole.core.navigation import in_reader_language
from metropole.core.periods import PeriodState

from . import listing
from .analysis import analyzer
from .documents import Version
from .facets import TERRITORY_WHOLE, clock_status
from .fields import milliseconds
from .highlight import extract, marked
from .languages import language_name, reader_language
from .registry import vocabulary
from .services import Outcome, chosen_territories
from .vocabularies import Vocabulary

Stored = Mapping[str, Any]
Known = Mapping[str, Vocabulary]

_TOLD = ("title", "url", "summary", "text")


def hits(outcome: Outcome) -> list[listing.Hit]:
    """The results of the page."""
    known = {name: vocabulary(name) for name in ("type", "territory", "theme", "status")}
    return [_hit(stored, outcome, known) for stored in outcome.result.hits]


def is_in(language: str, stored: Stored) -> bool:
    """Whether a result is published in a language."""
    return language == stored["language"] or language in stored["versions"]


def _hit(stored: Stored, outcome: Outcome, known: Known) -> listing.Hit:
    """A result in the reader's language if it is published in it, and else in its own."""
    reader = reader_language()
    language = reader if is_in(reader, stored) else stored["language"]
    version = Version(**stored["versions"].get(language) or {name: stored[name] for name in _TOLD})
    analysis = analyzer(language)
    tokens = outcome.wording.marks.get(analysis.language, frozenset())
    status, closes_at = _status(stored, outcome.request.now)
    wider = _is_wider(stored, outcome)
    return listing.Hit(
        id=stored["id"],
        type=stored["type"],
        type_label=known["type"].label(stored["type"]),
        title=version.title,
        title_html=marked(version.title, tokens, analysis),
        url=in_reader_language(version.url),
        summary=version.summary,
        summary_html=extract(version.summary, version.text, tokens, analysis),
        territories=_labels(known["territory"], stored["territory"]),
        themes=_labels(known["theme"], stored["theme"]),
        organisations=stored["organisations"],
        date=date.fromisoformat(stored["date"]) if stored["date"] else None,
        language=language,
        language_label="" if language == reader else _("In %(language)s") % {"language": language_name(language)},
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
