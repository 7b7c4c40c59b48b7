"""The steps of a response, as each of its screens lists them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...models import Response
from ..steps import STEPS
from .common import url_of


@dataclass(frozen=True)
class Entry:
    name: str
    title: str
    url: str


def outline(response: Response) -> list[Entry]:
    numbered = enumerate(STEPS, start=1)
    steps = [Entry(step.name, str(step.title), url_of("step", response, number)) for number, step in numbered]
    last = _("Check and replace") if response.is_deposited else _("Check and deposit")
    return [
        *steps,
        Entry("files", _("Files"), url_of("files", response)),
        Entry("deposit", last, url_of("deposit", response)),
    ]
