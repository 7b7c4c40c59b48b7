import datetime as dt

from django.utils import timezone
from wagtail.models import Locale

from metropole.board.models import Need, NeedText
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from . import schema

CLOSING_HOUR = 17


def save_need(entry: schema.Need) -> None:
    """Writes an example need. One that is there keeps its dates: a need's closing never moves under its readers."""
    need = Need.objects.filter(slug=entry.slug).first() or _new_need(entry)
    need.organisation = Organisation.objects.get(slug=entry.organisation)
    need.mode, need.source = entry.mode, entry.source
    need.save()
    _save_original(need, entry)
    need.territories.set(Territory.objects.filter(slug__in=entry.territories))
    need.themes.set(Theme.objects.canonical().filter(slug__in=entry.themes))
    need.tags.set(entry.tags)


def _new_need(entry: schema.Need) -> Need:
    today = timezone.localtime().replace(hour=CLOSING_HOUR, minute=0, second=0, microsecond=0)
    published_at = today - dt.timedelta(days=entry.published_days_ago)
    closes_at = today + dt.timedelta(days=entry.closes_in_days)
    return Need(slug=entry.slug, published_at=published_at, closes_at=closes_at, is_example=True)


def _save_original(need: Need, entry: schema.Need) -> None:
    locale = Locale.objects.get_for_language(need.language)
    text = need.texts.filter(locale=locale).first() or NeedText(need=need, locale=locale)
    for name in NeedText.word_fields:
        setattr(text, name, getattr(entry, name) or "")
    text.save()
