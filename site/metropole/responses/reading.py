"""What was deposited as it is read: by its own organisation, and by the panel once the need is opened."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.comparison.choosing import in_reader_language

from .content import PREFIX, Content
from .models import Response
from .sealing import UnreadableError

PROSE = {
    "summary": _("Summary"),
    "approach": _("Approach"),
    "calendar": _("Calendar"),
    "price_basis": _("What the price holds"),
    "experience": _("References and experience"),
    "publishable": _("What everybody may read after the outcome"),
}
NAMELESS = ("summary", "approach", "calendar", "price_basis")
"""What is read of the prose while the panel does not know who responds; the rest says it, or may."""
HIDDEN = "[…]"
SHORTEST_NAME = 3
"""A shorter one stands in too many other words."""
NOTHING = "(?!)"


@dataclass(frozen=True)
class Said:
    name: str
    label: str | Promise
    text: str


@dataclass(frozen=True)
class Answered:
    """A criterion in the words that were answered, and the answer."""

    text: str
    is_essential: bool
    answer: str


@dataclass(frozen=True)
class LinkedSolution:
    """A sheet of the catalogue, by its title of today; ``url``: "" where it is not published any more."""

    key: UUID
    title: str
    title_when_deposited: str
    url: str = ""


@dataclass(frozen=True)
class Deposit:
    """``price``: in euros, as it is written here; "" where none is given. ``files``: entries (see ``content``)."""

    prose: list[Said]
    price: str
    criteria: list[Answered]
    solutions: list[LinkedSolution] = field(default_factory=list)
    partners: list[dict[str, str]] = field(default_factory=list)
    files: list[dict[str, str | int]] = field(default_factory=list)
    name_may_be_published: bool | None = None
    """None while it is not to be known."""

    @property
    def publishable(self) -> str:
        """What everybody may read of it after the outcome."""
        return next((one.text for one in self.prose if one.name == "publishable"), "")


def deposit_of(response: Response) -> Deposit | None:
    """None where nothing is there to read: what is sealed was damaged, its key is missing, or it is erased."""
    if response.deposited is None:
        return None
    try:
        return reading_of(response.deposited_content)
    except UnreadableError:
        return None


def reading_of(content: Content) -> Deposit:
    """Of what is deposited, or complete and about to be (see ``content``)."""
    answers = content["answers"]
    price = answers.get("price")
    return Deposit(
        prose=[Said(name, label, answers[name]) for name, label in PROSE.items() if answers.get(name)],
        price=number_format(Decimal(price), force_grouping=True) if price else "",
        criteria=[
            Answered(one["text"], one["kind"] == "essential", answers.get(f"{PREFIX}{one['key']}", ""))
            for one in content["criteria"]
        ],
        solutions=_linked(content["solutions"]),
        partners=list(answers.get("partners") or []),
        files=content["files"],
        name_may_be_published=bool(answers.get("name_may_be_published")),
    )


def without_names(deposit: Deposit, organisation: str) -> Deposit:
    """What may be read of it before it is known who responds: names that stand in the words are hidden."""
    names = {organisation, *(partner[key] for partner in deposit.partners for key in ("name", "siren"))}
    names |= {title for one in deposit.solutions for title in (one.title, one.title_when_deposited)}
    longest_first = sorted((name for name in names if len(name) >= SHORTEST_NAME), key=len, reverse=True)
    hidden = re.compile("|".join(map(re.escape, longest_first)) or NOTHING, re.IGNORECASE)

    def hide(text: str) -> str:
        return hidden.sub(HIDDEN, text)

    return Deposit(
        prose=[replace(one, text=hide(one.text)) for one in deposit.prose if one.name in NAMELESS],
        price=deposit.price,
        criteria=[replace(one, answer=hide(one.answer)) for one in deposit.criteria],
    )


def _linked(solutions: list[dict[str, str]]) -> list[LinkedSolution]:
    titles = {UUID(one["key"]): one["title"] for one in solutions}
    pages = in_reader_language(titles)
    return [
        LinkedSolution(key, pages[key].title, title, pages[key].url)
        if key in pages
        else LinkedSolution(key, title, title)
        for key, title in titles.items()
    ]
