import datetime as dt

from django.utils import timezone
from wagtail.models import Locale

from metropole.board.models import Need, NeedText
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory
from metropole.translation.recording import record_translation

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


def translate_need(entry: schema.Need, wording: schema.Wording) -> None:
    """Publishes an example in English as well. Raises UnevenPassagesError where the two do not run parallel."""
    need = Need.objects.get(slug=entry.slug)
    english = Locale.objects.get(language_code="en")
    wording_of_text = _word(NeedText(need=need, locale=english), wording.applied_to(entry))
    record_translation(need.original, wording_of_text, english)


def _save_original(need: Need, entry: schema.Need) -> None:
    locale = Locale.objects.get_for_language(need.language)
    _word(need.texts.filter(locale=locale).first() or NeedText(need=need, locale=locale), entry).save()


def _word(text: NeedText, entry: schema.Need) -> NeedText:
    """Gives a text what the entry says."""
    for name in NeedText.word_fields:
        setattr(text, name, getattr(entry, name) or "")
    return text
