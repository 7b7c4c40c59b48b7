"""What a response says, read part by part whatever it holds; without names while the panel reads without them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.comparison.choosing import in_reader_language

from ..models import Response
from ..sealing import UnreadableError

LABELS: dict[str, str | Promise] = {
    "summary": gettext_lazy("Summary"),
    "approach": gettext_lazy("Approach"),
    "calendar": gettext_lazy("Calendar"),
    "price": gettext_lazy("Indication of price"),
    "price_basis": gettext_lazy("What the price holds"),
    "essential": gettext_lazy("Essential criteria"),
    "desirable": gettext_lazy("Desirable criteria"),
    "solutions": gettext_lazy("Solutions of the catalogue"),
    "experience": gettext_lazy("References and experience"),
    "partners": gettext_lazy("Partners"),
    "name_may_be_published": gettext_lazy("If it is retained, its organisation may be named"),
    "publishable": gettext_lazy("What everybody may read after the outcome"),
}
WITHOUT_NAMES = ("summary", "approach", "calendar", "price", "price_basis", "essential", "desirable")
"""What the panel reads while it does not know who responds; the rest says it, or may."""
POINTS = ("essential", "desirable")
PREFIX = "criterion-"
HIDDEN = "[…]"


@dataclass(frozen=True)
class Section:
    """``text``, or ``points`` (a criterion and its answer), or ``links`` (a title, and an address or "")."""

    name: str
    label: str
    text: str = ""
    points: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ReadFile:
    id: str
    title: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Read:
    """``is_readable``: False where what is sealed was damaged, or is erased."""

    sections: list[Section] = field(default_factory=list)
    files: list[ReadFile] = field(default_factory=list)
    is_readable: bool = True


def read(response: Response, *, with_names: bool = True) -> Read:
    """What was deposited, section by section."""
    content = _content(response)
    if content is None:
        return Read(is_readable=False)
    answers = _answers(content)
    names = [*LABELS, *(name for name in answers if name not in LABELS)]
    kept = [name for name in names if name in answers and (with_names or name in WITHOUT_NAMES)]
    hide = _nothing if with_names else hiding(response, answers)
    sections = [_section(name, answers[name], hide) for name in kept]
    files = [_file(one) for one in _list(content.get("files")) if isinstance(one, Mapping)] if with_names else []
    return Read([one for one in sections if one.text or one.points or one.links], files)


def _answers(content: Mapping[str, Any]) -> dict[str, Any]:
    """By field; the answers to criteria in two lists of rows, wherever their words stand."""
    answers = _mapping(content.get("answers"))
    given = {name: answers.pop(name) for name in list(answers) if name.startswith(PREFIX)}
    for kind in POINTS:
        rows = [_mapping(row) for row in _list(content.get("criteria"))]
        points = [
            {"criterion": row.get("text"), "answer": given.get(f"{PREFIX}{row.get('key')}")}
            for row in rows
            if row.get("kind") == kind
        ]
        if points:
            answers[kind] = points
    if content.get("solutions"):
        answers["solutions"] = content["solutions"]
    return answers


def file_named(response: Response, pk: UUID) -> ReadFile | None:
    """What a response says of one of its files."""
    return next((one for one in read(response).files if one.id == str(pk)), None)


def publishable(response: Response) -> tuple[bool, str]:
    """Whether its organisation may be named if it is retained, and what everybody may read of it."""
    answers = _answers(_content(response) or {})
    text = answers.get("publishable")
    return bool(answers.get("name_may_be_published")), text.strip() if isinstance(text, str) else ""


def solution_keys(response: Response) -> list[UUID]:
    """The sheets of the catalogue that it links."""
    answers = _answers(_content(response) or {})
    return [key for key, _title in _solutions(answers.get("solutions"))]


def _solutions(value: Any) -> list[tuple[UUID, str]]:
    """Each with the title that it had when it was deposited, where that was kept."""
    rows = [row if isinstance(row, Mapping) else {"key": row} for row in _list(value)]
    return [(key, plain(row.get("title"))) for row in rows if (key := _key(row.get("key")))]


def hiding(response: Response, answers: Mapping[str, Any]) -> Any:
    """Puts nothing in the place of the names of who responds, of its partners and of its solutions."""
    partners = [str(value) for row in _list(answers.get("partners")) for value in _mapping(row).values()]
    linked = _solutions(answers.get("solutions"))
    titles = {page.title for page in in_reader_language({key for key, _title in linked}).values()}
    titles |= {title for _key, title in linked}
    names = sorted({response.organisation.name, *partners, *titles}, key=len, reverse=True)
    found = [re.escape(name) for name in names if len(name) > 2]
    pattern = re.compile("|".join(found), re.IGNORECASE) if found else None
    return lambda text: pattern.sub(HIDDEN, text) if pattern else text


def _nothing(text: str) -> str:
    return text


def _content(response: Response) -> Mapping[str, Any] | None:
    if response.deposited is None:
        return None
    try:
        content = response.deposited_content
    except UnreadableError:
        return None
    return content if isinstance(content, Mapping) else None


def _section(name: str, value: Any, hide: Any) -> Section:
    label = str(LABELS.get(name, name.replace("_", " ").capitalize()))
    if name in POINTS:
        rows = [_mapping(row) for row in _list(value)]
        points = [(hide(plain(row.get("criterion"))), hide(plain(row.get("answer")))) for row in rows if row]
        return Section(name, label, points=points)
    if name == "solutions":
        linked = _solutions(value)
        pages = in_reader_language({key for key, _title in linked})
        links = [(pages[key].title, pages[key].url) if key in pages else (title, "") for key, title in linked]
        return Section(name, label, links=[(title, address) for title, address in links if title])
    if name == "price":
        return Section(name, label, _price(hide(plain(value))))
    return Section(name, label, hide(plain(value)))


def _price(stored: str) -> str:
    """An amount as the reader's language writes it; what is none, as it stands."""
    try:
        return _("%(price)s € without tax") % {"price": number_format(Decimal(stored), force_grouping=True)}
    except InvalidOperation:
        return stored


def plain(value: Any) -> str:
    """Any typed value as text: rows one a line."""
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, Mapping):
        return " – ".join(filter(None, map(plain, value.values())))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "\n".join(filter(None, map(plain, value)))
    return str(value).strip()


def _file(row: Mapping[str, Any]) -> ReadFile:
    size = row.get("size")
    return ReadFile(
        id=str(row.get("id", "")),
        title=plain(row.get("title")) or plain(row.get("name")),
        name=plain(row.get("name")) or "document",
        size=size if isinstance(size, int) else 0,
        sha256=plain(row.get("sha256")),
    )


def _key(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _mapping(value: Any) -> Mapping[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
