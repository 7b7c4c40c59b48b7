"""What surrounds a solution's sheet: where it is in use, who confirms and evaluates it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import F
from wagtail.models import Page

from .evaluations.enums import Independence
from .models import Corroboration, Deployment, EvaluationPage


def read_signs(pages: Sequence[Page]) -> None:
    """Reads for many sheets at once who uses, confirms and independently evaluates them; each keeps what is its own."""
    keys = [page.translation_key for page in pages]
    places = _places_of_use(keys)
    confirmed = set(
        _in_force().filter(claim__solution__in=[page.pk for page in pages]).values_list("claim__solution_id", flat=True)
    )
    independent = EvaluationPage.objects.live().filter(independence=Independence.INDEPENDENT)
    evaluated = set(
        independent.filter(solution__translation_key__in=keys).values_list("solution__translation_key", flat=True)
    )
    for page in pages:
        page.places_of_use = places.get(page.translation_key, ())
        page.is_confirmed = page.pk in confirmed
        page.is_evaluated = page.translation_key in evaluated


def _places_of_use(keys: Iterable[UUID]) -> dict[UUID, list[str]]:
    running = Deployment.objects.public().running().filter(solution__translation_key__in=keys)
    rows = running.exclude(organisation__territory=None).order_by("organisation__territory__slug")
    found: dict[UUID, list[str]] = {}
    for key, slug in rows.values_list("solution__translation_key", "organisation__territory__slug").distinct():
        found.setdefault(key, []).append(slug)
    return found


def _in_force():
    """The confirmations of what sheets say now: a claim that has changed since is confirmed by nobody."""
    return Corroboration.objects.filter(digest=F("claim__digest"))
