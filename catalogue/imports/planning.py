"""What an import would do, sheet by sheet, and why not: nothing is written here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Locale

from metropole.content.enums import Licence
from metropole.contributions.prose import to_text
from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, RowsField
from metropole.moderation.enums import Presence, Review
from metropole.moderation.states import presence_of, review_of
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from ..enums import Origin
from ..models import CatalogueIndexPage, SolutionPage
from ..sheet.claims import claims_of
from ..sheet.groups import QUALITY
from .columns import FILED, FIXED, SIREN, WRITTEN, label_of
from .rows import Row
from .values import check_publisher_number, held, related, same

_SHOWN = 160
_RELATED = {"themes": Theme, "territories": Territory}
_OF_THE_TREE = ("path", "depth", "numchild", "url_path", "content_type", "translation_key", "latest_revision")
"""What a page only has once it has its place."""


@dataclass(frozen=True)
class Problem:
    """Why a line is refused: ``field`` is the label of its column."""

    field: str
    reason: str


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str


@dataclass
class PlannedSheet:
    """A line of the file, with the sheet as it would be."""

    number: int
    slug: str
    page: SolutionPage
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.page.pk is None

    @property
    def action(self) -> str:
        if self.problems:
            return "refuse"
        if self.is_new:
            return "create"
        return "change" if self.changes else "leave"

    def refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(_label(name), reason))


def plan(rows: Iterable[Row]) -> Iterator[PlannedSheet]:
    """What becomes of each line; the rules of the sheets are those of the sheets themselves."""
    seen: dict[str, int] = {}
    for row in rows:
        planned = _planned(row)
        if planned.slug and planned.slug in seen:
            planned.refuse("slug", _("Line %(number)d is about the same sheet.") % {"number": seen[planned.slug]})
        seen.setdefault(planned.slug, row.number)
        yield planned


def _planned(row: Row) -> PlannedSheet:
    slug = str(row.values.get("slug", ""))
    standing = _standing_sheet(slug)
    page = standing.get_latest_revision_as_object() if standing else _new_sheet(slug)
    planned = PlannedSheet(row.number, slug, page)
    for name, fault in row.faults.items():
        planned.refuse(name, fault)
    _check_identity(planned, row)
    if standing:
        _check_free(planned, standing)
    protected = _protected(standing) if standing else {}
    for name in WRITTEN:
        if name in row.values:
            _put(planned, name, row.values[name], protected)
    if SIREN in row.values:
        _put_publisher_of(planned, row.values[SIREN])
    if not planned.problems:
        _check_sheet(planned)
    return planned


def _standing_sheet(slug: str) -> SolutionPage | None:
    return SolutionPage.objects.filter(slug=slug, locale=Locale.get_default()).first() if slug else None


def _new_sheet(slug: str) -> SolutionPage:
    """Drawn up by the editors; whoever carries the solution may take it over."""
    return SolutionPage(
        slug=slug, locale=Locale.get_default(), origin=Origin.EDITORIAL, licence=Licence.ETALAB, live=False
    )


def _check_identity(planned: PlannedSheet, row: Row) -> None:
    if not planned.slug:
        planned.refuse("slug", _("Every sheet has an address, in small letters without accents."))
    said = {"origin": planned.page.origin, "language": settings.LANGUAGE_CODE}
    for name in FIXED:
        if name in said and name in row.values and str(row.values[name]) != said[name]:
            planned.refuse(name, _("An import does not change this: it is “%(value)s”.") % {"value": said[name]})


def _check_free(planned: PlannedSheet, page: SolutionPage) -> None:
    """A sheet that others are at is left to them."""
    if page.alias_of_id or page.locked:
        planned.refuse("slug", _("This sheet is locked."))
    elif review_of(page) != Review.NONE:
        planned.refuse("slug", _("Moderators are reading a version of this sheet: wait for their decision."))
    elif presence_of(page) == Presence.REMOVED:
        planned.refuse("slug", _("This sheet was removed."))


def _protected(page: SolutionPage) -> dict[str, str]:
    """Fields that are not the editors' to change, with whose they are."""
    found = {}
    for claim in claims_of(page):
        confirmed = [said.organisation for said in claim.corroborations.all() if said.digest == claim.digest]
        if confirmed:
            found[claim.field] = _("confirmed by %(who)s") % {"who": ", ".join(map(str, confirmed))}
        elif claim.said_by:
            found[claim.field] = _("declared by %(who)s") % {"who": claim.said_by}
    if page.origin == Origin.PUBLISHER:
        drafted = page.get_latest_revision_as_object()
        owned = WRITTEN if not page.first_published_at else ("title", "summary")
        for name in owned:
            if not _is_empty(drafted, name):
                found.setdefault(name, _("declared by its publisher"))
    if page.publisher_id:
        found["publisher"] = _("the publisher stays once it is known")
    return found


def _is_empty(page: SolutionPage, name: str) -> bool:
    value = getattr(page, name)
    return not value.all() if name in FILED else value in (None, "", [])


def _put(planned: PlannedSheet, name: str, given: Any, protected: dict[str, str]) -> None:
    try:
        before, after = _both(planned.page, name, given)
    except ValidationError as error:
        planned.refuse(name, " ".join(error.messages))
        return
    if after is None:
        return
    if reason := protected.get(name) or _protected_evidence(name, before, after, protected):
        planned.refuse(name, _("This is protected: %(reason)s.") % {"reason": reason})
        return
    planned.changes.append(Change(_label(name), _shown(planned.page, name, before), _shown(planned.page, name, after)))
    setattr(planned.page, name, after)


def _both(page: SolutionPage, name: str, given: Any) -> tuple[Any, Any]:
    """A field's value before and after; None where nothing changes."""
    if name in FILED:
        before, after = list(getattr(page, name).all()) if page.pk else [], related(_RELATED[name], given)
        return before, None if set(before) == set(after) else after
    column, before = SolutionPage._meta.get_field(name), getattr(page, name)
    # Said as it stands, it stays as it stands, whatever the editor would make of it.
    if isinstance(given, str) and given == before:
        return before, None
    after = held(column, given)
    return before, None if same(column, before, after) else after


def _protected_evidence(name: str, before: Any, after: Any, protected: dict[str, str]) -> str:
    """Evidence raises the level of a claim: that of others' claims is theirs to give."""
    if name != "evidence":
        return ""
    changed = [row for row in [*before, *after] if row not in before or row not in after]
    fields = ("qualities" if row["field"].startswith(QUALITY) else row["field"] for row in changed)
    return next((protected[field] for field in fields if field in protected), "")


def _put_publisher_of(planned: PlannedSheet, given: Any) -> None:
    before = planned.page.publisher
    try:
        publisher = check_publisher_number(given, before)
    except ValidationError as error:
        planned.refuse(SIREN, " ".join(error.messages))
        return
    if before is None:
        planned.changes.append(Change(_label("publisher"), "", str(publisher)))
        planned.page.publisher = publisher


def _check_sheet(planned: PlannedSheet) -> None:
    """Asks the sheet itself, as every other way to write one does."""
    try:
        planned.page.full_clean(exclude=_OF_THE_TREE if planned.is_new else None)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            planned.refuse("" if name == NON_FIELD_ERRORS else name, " ".join(messages))
    if planned.is_new and _is_taken(planned.slug):
        planned.refuse("slug", _("Another page has this address."))


def _is_taken(slug: str) -> bool:
    section = CatalogueIndexPage.objects.filter(locale=Locale.get_default()).first()
    return bool(section) and section.get_children().filter(slug=slug).exists()


def _label(name: str) -> str:
    try:
        return label_of(name) if name else ""
    except FieldDoesNotExist:
        return name


def _shown(page: SolutionPage, name: str, value: Any) -> str:
    if name in FILED:
        return ", ".join(map(str, value))
    column = SolutionPage._meta.get_field(name)
    return Truncator(_as_text(column, value)).chars(_SHOWN)


def _as_text(column: models.Field, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(column, ChoicesField | RowsField):
        return column.display(value)
    if isinstance(column, ProseField):
        return to_text(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(dict(column.choices or ()).get(value, value))
