"""A response as it is read: by its own organisation, and by the panel once the need is opened."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..content import PREFIX, Content

PROSE = (
    ("summary", _("Summary")),
    ("approach", _("Approach")),
    ("calendar", _("Calendar")),
    ("price_basis", _("What the price holds")),
    ("experience", _("References and experience")),
    ("publishable", _("What everybody may read after the outcome")),
)


@dataclass(frozen=True)
class Said:
    label: str | Promise
    text: str


@dataclass(frozen=True)
class Answered:
    """A criterion in the words that were answered, and the answer."""

    text: str
    is_essential: bool
    answer: str


@dataclass(frozen=True)
class Reading:
    """``price``: in euros, as it is written here; "" where none is given. ``solutions``: pairs of a key and a title."""

    prose: list[Said]
    price: str
    criteria: list[Answered]
    solutions: list[tuple[str, str]]
    partners: list[dict[str, str]]
    files: list[dict[str, str | int]]
    name_may_be_published: bool


def reading_of(content: Content) -> Reading:
    """Of what was deposited (see ``content``)."""
    answers = content.get("answers", {})
    return Reading(
        prose=[Said(label, answers[name]) for name, label in PROSE if answers.get(name)],
        price=_price(answers.get("price")),
        criteria=[
            Answered(one["text"], one["kind"] == "essential", answers.get(f"{PREFIX}{one['key']}", ""))
            for one in content.get("criteria", [])
        ],
        solutions=[(one["key"], one["title"]) for one in content.get("solutions", [])],
        partners=list(answers.get("partners") or []),
        files=content.get("files", []),
        name_may_be_published=bool(answers.get("name_may_be_published")),
    )


def _price(stored: str | None) -> str:
    try:
        return number_format(Decimal(stored), force_grouping=True) if stored else ""
    except InvalidOperation:
        return ""
