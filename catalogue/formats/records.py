"""Published sheets with all that they claim, each claim with its level and its provenance."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language

from ..enums import Level
from ..models import Claim, SolutionPage
from ..sheet.claims import Standing, claims_of, standings
from ..sheet.completeness import Completeness, completeness
from ..sheet.groups import FIELDS, QUALITY
from ..sheet.reading import Evidence, evidence_of
from .values import Plain, plain

WEAKEST_FIRST = (Level.UNVERIFIED, Level.DECLARED, Level.EVIDENCED, Level.CONFIRMED)
AT_ONCE = 100


@dataclass(frozen=True)
class ClaimRecord:
    """A field of a sheet; ``standing`` is None where the field says nothing."""

    field: str
    value: Plain
    standing: Standing | None
    evidence: Sequence[Evidence] = ()

    @property
    def level(self) -> str:
        return str(self.standing.level) if self.standing else ""


@dataclass(frozen=True)
class SheetRecord:
    """A sheet: its claims by field, its qualities each by itself."""

    page: SolutionPage
    claims: dict[str, ClaimRecord]
    qualities: dict[str, ClaimRecord]
    completeness: Completeness


def published() -> QuerySet[SolutionPage]:
    """The originals that everybody may read, by slug."""
    return SolutionPage.objects.live().public().filter(alias_of=None).order_by("slug")


def published_sheet(slug: str) -> SolutionPage:
    """The sheet of this slug in whichever language, as the reader's language has it if it does. Raises Http404."""
    found = list(published().select_related("publisher").filter(slug=slug))
    if not found:
        raise Http404
    page = min(found, key=lambda page: page.language != settings.LANGUAGE_CODE)
    return versions_of(page).get(get_language(), page)


def versions_of(page: SolutionPage) -> dict[str, SolutionPage]:
    """A sheet in each language in which it is published."""
    pages = published().select_related("publisher").filter(translation_key=page.translation_key)
    return {version.language: version for version in pages}


def record_of(page: SolutionPage) -> SheetRecord:
    return _record(page, list(claims_of(page)))


def records_of(pages: Iterable[SolutionPage]) -> Iterator[SheetRecord]:
    """Those of many sheets, whose claims are asked for at once."""
    pages = list(pages)
    claims = _claims_by_key(pages)
    for page in pages:
        yield _record(page, claims[page.translation_key])


def all_records(pages: QuerySet[SolutionPage]) -> Iterator[SheetRecord]:
    """As many as there are, without ever holding more than some of them."""
    related = pages.select_related("publisher", "locale").prefetch_related("themes", "territories")
    batch: list[SolutionPage] = []
    for page in related.iterator(chunk_size=AT_ONCE):
        batch.append(page)
        if len(batch) == AT_ONCE:
            yield from records_of(batch)
            batch = []
    yield from records_of(batch)


def _claims_by_key(pages: list[SolutionPage]) -> dict[Any, list[Claim]]:
    found = Claim.objects.filter(solution__translation_key__in=[page.translation_key for page in pages])
    found = found.select_related("said_by", "solution").prefetch_related("corroborations__organisation")
    by_key = defaultdict(list)
    for claim in found:
        by_key[claim.solution.translation_key].append(claim)
    return by_key


def _record(page: SolutionPage, claims: Sequence[Claim]) -> SheetRecord:
    backed, proofs = standings(page, claims), evidence_of(page)
    found = {name: ClaimRecord(name, plain(page, name), backed.get(name), proofs.get(name, ())) for name in FIELDS}
    qualities = {
        quality: ClaimRecord(quality, quality, backed[key], proofs.get(key, ()))
        for quality in page.qualities
        if (key := f"{QUALITY}{quality}") in backed
    }
    if qualities:
        found["qualities"] = _weakest(found["qualities"], list(qualities.values()))
    return SheetRecord(page, found, qualities, completeness(page))


def _weakest(whole: ClaimRecord, parts: Sequence[ClaimRecord]) -> ClaimRecord:
    """Qualities are claimed together in one field, and backed one by one: together no better than the worst of them."""
    worst = min(parts, key=lambda part: WEAKEST_FIRST.index(part.standing.level))
    evidence = [proof for part in parts for proof in part.evidence]
    return ClaimRecord(whole.field, whole.value, worst.standing, evidence)
