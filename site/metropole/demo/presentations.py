"""Examples of solutions presented to the authorities: of the demonstration's own sheets, and without any authority."""

import datetime as dt

from django.utils import timezone
from wagtail.models import Locale

from catalogue.models import SolutionPage
from metropole.purchasing.models import Presentation, PresentedSolution
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory
from metropole.translation.recording import record_translation

from . import schema

CLOSING_HOUR = 17
WORDS = ("title", "summary", "reasons")


def save_presentation(entry: schema.Presentation) -> None:
    """Writes an example. One that is there keeps its dates: a closing never moves under its readers."""
    found = Presentation.objects.originals().filter(slug=entry.slug).first() or _new_presentation(entry)
    _word(found, entry).save()
    for order, slug in enumerate(entry.solutions):
        sheet = SolutionPage.objects.get(slug=slug, locale=Locale.get_default())
        PresentedSolution.objects.update_or_create(
            presentation=found, solution=sheet, defaults={"sort_order": order, "title": sheet.title}
        )
    found.territories.set(Territory.objects.filter(slug__in=entry.territories))
    found.themes.set(Theme.objects.canonical().filter(slug__in=entry.themes))


def translate_presentation(entry: schema.Presentation, wording: schema.Wording) -> None:
    """Gives an example its English words. Raises UnevenPassagesError where the two do not run parallel."""
    original = Presentation.objects.originals().get(slug=entry.slug)
    english = Locale.objects.get(language_code="en")
    record_translation(original, _word(Presentation(locale=english), wording.applied_to(entry)), english)


def _new_presentation(entry: schema.Presentation) -> Presentation:
    today = timezone.localtime().replace(hour=CLOSING_HOUR, minute=0, second=0, microsecond=0)
    opens_at = today - dt.timedelta(days=entry.opened_days_ago)
    closes_at = today + dt.timedelta(days=entry.closes_in_days)
    return Presentation(
        slug=entry.slug,
        locale=Locale.get_default(),
        opens_at=opens_at,
        closes_at=closes_at,
        published_at=opens_at,
        is_example=True,
    )


def _word(presentation: Presentation, entry: schema.Presentation) -> Presentation:
    for name in WORDS:
        setattr(presentation, name, getattr(entry, name))
    return presentation
