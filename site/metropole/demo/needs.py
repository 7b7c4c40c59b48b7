import datetime as dt

from django.utils import timezone

from metropole.board.models import Need
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from . import schema

TEXT_FIELDS = ("title", "summary", "mode", "problem", "expected_result", "work_done", "constraints", "success_criteria")
CLOSING_HOUR = 17


def save_need(entry: schema.Need) -> None:
    """Writes an example need. One that is there keeps its dates: a need's closing never moves under its readers."""
    need = Need.objects.filter(slug=entry.slug).first() or _new_need(entry)
    for name in TEXT_FIELDS:
        setattr(need, name, getattr(entry, name) or "")
    need.organisation = Organisation.objects.get(slug=entry.organisation)
    need.source = entry.source
    need.save()
    need.territories.set(Territory.objects.filter(slug__in=entry.territories))
    need.themes.set(Theme.objects.canonical().filter(slug__in=entry.themes))
    need.tags.set(entry.tags)


def _new_need(entry: schema.Need) -> Need:
    today = timezone.localtime().replace(hour=CLOSING_HOUR, minute=0, second=0, microsecond=0)
    published_at = today - dt.timedelta(days=entry.published_days_ago)
    closes_at = today + dt.timedelta(days=entry.closes_in_days)
    return Need(slug=entry.slug, published_at=published_at, closes_at=closes_at, is_example=True)
