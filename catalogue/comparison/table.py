"""Sheets side by side: a row for each field, a cell for each solution, and what nobody says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import SolutionPage
from ..sheet.groups import GROUPS, QUALITY, Group, field_label
from ..sheet.plain import plain_text
from ..sheet.reading import Entry, Standing, entries_of_many

Entries = Sequence[Mapping[str, Entry]]


@dataclass(frozen=True)
class Cell:
    """What a sheet says in a field. ``applies``: whether the field means something there; no ``text``: unknown."""

    text: str
    applies: bool = True
    standing: Standing | None = None


@dataclass(frozen=True)
class Row:
    """``differs``: two of its cells say something, and not the same."""

    name: str
    label: str
    cells: Sequence[Cell]

    @property
    def differs(self) -> bool:
        return len({cell.text for cell in self.cells if cell.text}) > 1


@dataclass(frozen=True)
class RowGroup:
    """Rows that are read together; ``unknown``: the fields in which no sheet says anything."""

    name: str
    label: str | Promise
    rows: Sequence[Row]
    unknown: Sequence[str]


@dataclass(frozen=True)
class Comparison:
    pages: Sequence[SolutionPage]
    groups: Sequence[RowGroup]

    @property
    def columns(self) -> int:
        """With that of the fields' names."""
        return len(self.pages) + 1


def compared(pages: Sequence[SolutionPage]) -> Comparison:
    entries = entries_of_many(pages)
    summary = Row("summary", str(_("Summary")), [Cell(page.summary) for page in pages])
    brief = RowGroup("brief", _("In brief"), [summary], [])
    groups = (_group(group, entries) for group in GROUPS)
    # A group that applies to none of them has nothing under its heading.
    return Comparison(pages, [brief, *(group for group in groups if group.rows or group.unknown)])


def _group(group: Group, entries: Entries) -> RowGroup:
    rows, unknown = [], []
    for name in _names(group, entries):
        cells = [_cell(held.get(name)) for held in entries]
        if any(cell.text for cell in cells):
            rows.append(Row(name, _label(name, entries), cells))
        elif any(cell.applies for cell in cells):
            unknown.append(field_label(name))
    return RowGroup(group.name, group.label, rows, unknown)


def _names(group: Group, entries: Entries) -> Iterator[str]:
    """The fields of a group; each quality that a sheet claims is a row of its own."""
    for name in group.fields:
        claimed = [key for held in entries for key in held if key.startswith(QUALITY)] if name == "qualities" else []
        yield from dict.fromkeys(claimed) if claimed else [name]


def _label(name: str, entries: Entries) -> str:
    if not name.startswith(QUALITY):
        return field_label(name)
    quality = next(held[name] for held in entries if name in held)
    return f"{quality.label}: {quality.text}"


def _cell(entry: Entry | None) -> Cell:
    return Cell("", applies=False) if entry is None else Cell(plain_text(entry), standing=entry.standing)
