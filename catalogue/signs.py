"""What surrounds a solution's sheet: where it is in use, who confirms and evaluates it, until when it holds."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import F
from wagtail.models import Page

from .models import Corroboration

HOLDS_FOR = dt.timedelta(days=365)
"""How long what is published counts as up to date."""


def read_signs(pages: Iterable[Page]) -> None:
    """Reads for many sheets at once which of them an authority confirms today."""
    confirmed = set(corroborations_in_force(pages).values_list("claim__solution_id", flat=True))
    for page in pages:
        page.is_confirmed = page.pk in confirmed


def corroborations_in_force(pages: Iterable[Page]):
    """Those of what the sheets say now: a claim that has changed since is confirmed by nobody."""
    return Corroboration.objects.filter(claim__solution__in=[page.pk for page in pages], digest=F("claim__digest"))


def deployment_territories(page: Page) -> Sequence[str]:
    """The slugs of the territories whose authorities publicly use the solution."""
    return ()


def has_independent_evaluation(page: Page) -> bool:
    """Whether somebody without ties to its carrier has published an evaluation."""
    return False


def fresh_until(page: Page) -> dt.datetime | None:
    """Until when the sheet counts as up to date; None where it never was published."""
    return page.last_published_at and page.last_published_at + HOLDS_FOR
