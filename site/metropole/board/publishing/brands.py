"""No brand in a published need (article R. 2111-7 of the public procurement code), unless "or equivalent" follows.

What counts as a brand is known for certain: the names of the catalogue's solutions and of the organisations that carry
solutions, whole and written as they write themselves (four letters at least), and what bears the signs ® or ™. Words
that only look like a name are left to the moderators, who read the need anyway.
"""

import re
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import SolutionPage
from metropole.contributions.prose import to_text
from metropole.organisations.enums import CARRIER_KINDS
from metropole.organisations.models import Organisation

from ..lifecycle.attempts import Attempt
from ..lifecycle.effects import original_text
from ..lifecycle.registry import register_guard
from ..models import NeedText

SHORTEST_NAME = 4
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_EQUIVALENT = re.compile(r"\bou\s+(?:\w+\s+)?équivalent|\bor\s+(?:an\s+)?equivalent", re.IGNORECASE)
_SIGNED = re.compile(r"[\w’'-]*[ \u00a0\u202f]?[®™]")


def names() -> set[str]:
    """What the catalogue and its carriers are called."""
    solutions = SolutionPage.objects.live().values_list("title", flat=True)
    carriers = Organisation.objects.filter(kind__in=CARRIER_KINDS).values_list("name", flat=True)
    return {name.strip() for name in (*solutions, *carriers) if sum(map(str.isalpha, name)) >= SHORTEST_NAME}


def brands_in(text: str, known: Iterable[str]) -> list[str]:
    """The brands that a text names without "or equivalent" after them in the same sentence, each once."""
    return list(dict.fromkeys(_brands(text, list(known))))


def _brands(text: str, known: list[str]) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text):
        for brand, end in (*_signed(sentence), *_named(sentence, known)):
            if not _EQUIVALENT.search(sentence, end):
                yield brand


def _signed(sentence: str) -> Iterator[tuple[str, int]]:
    return ((found[0].strip(), found.end()) for found in _SIGNED.finditer(sentence))


def _named(sentence: str, known: list[str]) -> Iterator[tuple[str, int]]:
    for name in known:
        # Most are in no sentence at all: the costly search is for those that are.
        if name in sentence and (found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)):
            yield name, found.end()


def brands_by_field(text: NeedText) -> dict[str, list[str]]:
    """The brands in the words of a need, by field; none where none is named."""
    known = sorted(names())
    found = {name: brands_in(plain(text, name), known) for name in NeedText.word_fields}
    return {name: brands for name, brands in found.items() if brands}


def plain(text: NeedText, name: str) -> str:
    """A field's words, a line for each paragraph."""
    words = getattr(text, name)
    return to_text(words) if name in NeedText.section_fields else words


def refusal(brands: list[str]) -> str:
    said = _("A brand is named (%(brands)s): say what it must do instead, or add “or equivalent” in the same sentence.")
    return said % {"brands": ", ".join(brands)}


@register_guard(
    "no_brand_is_named",
    gettext_lazy(
        "No brand is named without “or equivalent” (article R. 2111-7): neither a solution of the catalogue, nor an "
        "organisation that carries solutions, nor a name with the signs ® or ™."
    ),
)
def no_brand_is_named(attempt: Attempt) -> None:
    if found := brands_by_field(original_text(attempt.need)):
        raise ValidationError({name: refusal(brands) for name, brands in found.items()})
