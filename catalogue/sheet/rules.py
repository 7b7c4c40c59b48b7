"""What a sheet may not say at once: asked of every sheet, from a form, the admin or an import."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from license_expression import ExpressionError, get_spdx_licensing

from ..enums import AiActClass, AnnexIIICase, Automation, Licensing, Quality, SolutionKind, SolutionStatus
from .groups import QUALITY

if TYPE_CHECKING:
    from ..models import SolutionPage

SELLING_WORDS = {
    Quality.SOVEREIGN: re.compile(r"\b(souverain|sovereign)", re.IGNORECASE),
    Quality.FRUGAL: re.compile(r"\bfrugal", re.IGNORECASE),
    Quality.ETHICAL: re.compile(r"\b([eé]thi(que|cal))", re.IGNORECASE),
}
_PROSE = (
    "title",
    "summary",
    "problem_and_use",
    "prerequisites",
    "lead_time",
    "explanation_example",
    "human_control",
    "hosting_place",
    "applicable_law",
    "connectors",
    "exit_terms",
    "footprint",
    "other_costs",
    "how_to_get_it",
    "body",
)
"""Where words that sell are looked for; not in what says where the solution is wrong and what it is not made for."""
_licences = get_spdx_licensing()


def contradictions(page: "SolutionPage") -> dict[str, str]:
    """What is wrong, by field; the first error of each field."""
    found: dict[str, str] = {}
    for name, message in (*_of_ai(page), *_of_dates(page), *_of_prices(page), *_of_licence(page)):
        found.setdefault(name, message)
    return found


def unproven_words(page: "SolutionPage") -> dict[str, str]:
    """Words that sell, in texts that its publisher wrote, without evidence: by field."""
    evidenced = {row.get("field") for row in page.evidence}
    found = {}
    for name in _PROSE:
        text = _as_read(str(getattr(page, name) or ""))
        for quality, word in SELLING_WORDS.items():
            if f"{QUALITY}{quality.value}" not in evidenced and (said := word.search(text)):
                words = {"word": said[0], "quality": quality.label}
                found[name] = _("“%(word)s” is a claim: give its evidence (“%(quality)s”), or leave it out.") % words
    return found


def unfound_evidence(page: "SolutionPage", file_titles: Collection[str]) -> dict[str, str]:
    """Evidence that nobody can look at: neither a link nor a file of the sheet."""
    for number, row in enumerate(page.evidence, start=1):
        place = row.get("place", "")
        if not is_link(place) and place not in file_titles:
            words = {"number": number, "place": place}
            said = _(
                "Line %(number)d: “%(place)s” is neither a link (https://…) nor the title of a file of this sheet."
            )
            return {"evidence": said % words}
    return {}


def refusals(page: "SolutionPage", file_titles: Collection[str] | None = None) -> dict[str, str]:
    """What a sheet may not be sent to the moderators, or published, with: by field. A draft may.

    ``file_titles``: those of its files, if they are not the page's yet.
    """
    titles = page.files_by_title() if file_titles is None else file_titles
    words = {} if page.is_editorial else unproven_words(page)
    return words | unfound_evidence(page, titles)


def is_link(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def _as_read(html: str) -> str:
    """A text as its readers see it, however its accents are written, without invisible characters within its words."""
    text = normalize("NFKC", unescape(strip_tags(html)))
    return "".join(character for character in text if category(character) != "Cf")


def _of_ai(page: "SolutionPage") -> Iterator[tuple[str, str]]:
    is_high, case = page.ai_act_class == AiActClass.HIGH_RISK, page.annex_iii_case
    if is_high and case not in AnnexIIICase.values:
        yield "annex_iii_case", _("High risk needs its case of Annex III.")
    if case and not is_high:
        yield "annex_iii_case", _("A case of Annex III makes a system one of high risk: change the class, or the case.")
    if page.ai_act_class == AiActClass.MINIMAL and page.individual_decision:
        yield "ai_act_class", _("A system that serves to decide about a person is not of minimal risk.")
    if page.contains_ai is False and (page.ai_act_class not in ("", AiActClass.OUT_OF_SCOPE)):
        yield "ai_act_class", _("You say that it contains no AI: then the AI Act does not apply to it.")
    if page.contains_ai is False and page.kind == SolutionKind.AI:
        yield "contains_ai", _("An AI system contains AI: change the type, or the answer.")
    if page.contains_ai is False and page.ai_models:
        yield "ai_models", _("You say that it contains no AI: leave its models out, or change the answer.")
    if page.individual_decision is False and page.automation in (Automation.PARTIAL, Automation.FULL):
        yield "automation", _("You say that it does not serve to decide about a person.")


def _of_dates(page: "SolutionPage") -> Iterator[tuple[str, str]]:
    if page.started_on and page.ended_on and page.ended_on < page.started_on:
        yield "ended_on", _("It cannot have stopped before it started.")
    if page.ended_on and page.status and page.status != SolutionStatus.STOPPED:
        yield "ended_on", _("Its status is not “stopped”: leave the date out, or change the status.")
    for name in ("ai_act_assessed_on", "accessibility_audited_on", "security_tested_on"):
        day = getattr(page, name)
        if day and day > timezone.localdate():
            yield name, _("This day has not come yet.")


def _of_prices(page: "SolutionPage") -> Iterator[tuple[str, str]]:
    for number, row in enumerate(page.prices, start=1):
        lowest, highest = (Decimal(row[end]) if row.get(end) else None for end in ("lowest", "highest"))
        if lowest is not None and lowest < 0:
            yield "prices", _("Line %(number)d: a price is not below zero.") % {"number": number}
        if lowest is not None and highest is not None and highest < lowest:
            yield "prices", _("Line %(number)d: the highest price is below the lowest.") % {"number": number}


def _of_licence(page: "SolutionPage") -> Iterator[tuple[str, str]]:
    if not page.spdx:
        return
    if page.licensing == Licensing.PROPRIETARY:
        yield "spdx", _("Proprietary software has no SPDX identifier: leave it out, or change the licence.")
        return
    try:
        _licences.parse(page.spdx, validate=True, strict=True)
    except ExpressionError:
        yield "spdx", _("This is no SPDX identifier. Examples: AGPL-3.0-or-later, MIT OR Apache-2.0.")
