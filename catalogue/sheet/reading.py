"""The sheet as its readers see it: groups of entries, each with its level and its provenance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.rich_text import expand_db_html

from metropole.content.sheets import fact_of
from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, RowsField
from metropole.core.typography import typeset

from ..enums import Quality
from ..models import Claim, SolutionPage
from .claims import Standing, claims_of, standings
from .completeness import Completeness, applicable_fields, completeness
from .groups import ESSENTIAL, GROUPS, QUALITY, Group, field_label
from .rules import is_link

PERCENTAGES = ("accessibility_rate", "ecodesign_rate")


@dataclass(frozen=True)
class Table:
    """What a sheet says several times, by column; columns in which nothing is said are left out."""

    columns: Sequence[str | Promise]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Evidence:
    """What backs a claim: ``url`` is "" where only its title is known. ``day``: its date as machines read it."""

    title: str
    url: str
    date: str
    day: str = ""


@dataclass(frozen=True)
class Entry:
    """A field of the sheet. What it says is in ``text``, ``html``, ``link`` or ``table``; all empty: unknown."""

    name: str
    label: str
    text: str = ""
    html: SafeString | str = ""
    link: str = ""
    table: Table | None = None
    standing: Standing | None = None
    evidence: Sequence[Evidence] = ()

    @property
    def is_known(self) -> bool:
        return bool(self.text or self.html or self.link or self.table)


@dataclass(frozen=True)
class SheetGroup:
    """Entries that are read together; ``is_open``: shown without being asked for."""

    group: Group
    known: Sequence[Entry]
    unknown: Sequence[Entry]

    @property
    def is_open(self) -> bool:
        return bool(self.known)

    @property
    def total(self) -> int:
        return len(self.known) + len(self.unknown)


@dataclass(frozen=True)
class Sheet:
    """The whole of it: what is read first, then the rest by groups, and how much is filled."""

    essential: Sequence[Entry]
    groups: Sequence[SheetGroup]
    completeness: Completeness


def sheet_of(page: SolutionPage) -> Sheet:
    entries = entries_of(page)
    essential = [entries[name] for name in ESSENTIAL if name in entries and not entries[name].html]
    said_above = {entry.name for entry in essential}
    groups = []
    for group in GROUPS:
        own = [entries[name] for name in group.fields if name in entries and name not in said_above]
        own = [part for entry in own for part in _by_quality(page, entry, entries)]
        if own:
            known = [entry for entry in own if entry.is_known]
            groups.append(SheetGroup(group, known, [entry for entry in own if not entry.is_known]))
    return Sheet(essential, groups, completeness(page))


def entries_of(page: SolutionPage, claims: Iterable[Claim] | None = None) -> dict[str, Entry]:
    """What the sheet says in each field that applies to it, unknown or not, in the sheet's order."""
    backed = standings(page, claims)
    proofs = evidence_of(page)
    found = {}
    for name in applicable_fields(page):
        found[name] = _entry(page, name, backed.get(name), proofs.get(name, ()))
    for quality in Quality:
        key = f"{QUALITY}{quality.value}"
        if key in backed:
            found[key] = Entry(
                key,
                field_label("qualities"),
                capfirst(quality.label),
                standing=backed[key],
                evidence=proofs.get(key, ()),
            )
    return found


def entries_of_many(pages: Sequence[SolutionPage]) -> list[dict[str, Entry]]:
    """The same for several sheets, whose claims are read in one go."""
    claims: dict[UUID, list[Claim]] = {}
    for claim in claims_of(*pages):
        claims.setdefault(claim.solution.translation_key, []).append(claim)
    return [entries_of(page, claims.get(page.translation_key, ())) for page in pages]


def _by_quality(page: SolutionPage, entry: Entry, entries: dict[str, Entry]) -> list[Entry]:
    """Each quality is a claim of its own."""
    if entry.name != "qualities" or not page.qualities:
        return [entry]
    return [entries[f"{QUALITY}{quality}"] for quality in page.qualities if f"{QUALITY}{quality}" in entries]


def _entry(page: SolutionPage, name: str, standing: Standing | None, evidence: Sequence[Evidence]) -> Entry:
    field, label = page._meta.get_field(name), field_label(name)
    value = getattr(page, name)
    about = {"standing": standing, "evidence": evidence}
    if value in (None, "", []):
        return Entry(name, label)
    if isinstance(field, ProseField):
        html = mark_safe(expand_db_html(value))  # noqa: S308 - its editor's, or escaped
        return Entry(name, label, html=typeset(html, page.language), **about)
    if isinstance(field, RowsField):
        return Entry(name, label, table=_table(field, value), **about)
    if isinstance(field, ChoicesField):
        return Entry(name, label, text=capfirst(field.display(value)), **about)
    if isinstance(field, models.URLField):
        return Entry(name, label, link=value, **about)
    return Entry(name, label, text=_words(page, field), **about)


def _words(page: SolutionPage, field: models.Field) -> str:
    text = fact_of(page, field.name).value
    if field.name in PERCENTAGES:
        return gettext("%(rate)s%%") % {"rate": text}
    return capfirst(text) if field.choices else text


def _table(field: RowsField, rows: Sequence[dict[str, str]]) -> Table:
    columns = [column for column in field.columns if any(row.get(column.name) for row in rows)]
    return Table(
        [column.label for column in columns],
        [[column.display(row.get(column.name, "")) for column in columns] for row in rows],
    )


def evidence_of(page: SolutionPage) -> dict[str, list[Evidence]]:
    """What backs the claims of a sheet, by field."""
    field = page._meta.get_field("evidence")
    by_name = {column.name: column for column in field.columns}
    found: dict[str, list[Evidence]] = {}
    files = page.files_by_title()
    for row in page.evidence:
        place = row.get("place", "")
        url = place if is_link(place) else files.get(place, "")
        day = row.get("date", "")
        shown = Evidence(row.get("title", ""), url, by_name["date"].display(day), day)
        found.setdefault(row.get("field", ""), []).append(shown)
    return found
