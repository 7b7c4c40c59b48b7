"""A need as its readers will see it, from what is typed so far or from what was submitted."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from metropole.content.links import SearchLinks, search_links
from metropole.core.periods import PeriodState
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from ..enums import WRITABLE
from ..models import Need, NeedText, TaggedNeed
from .forms import cleaned_of, fill, original_of, take_up
from .terms import terms_of


@dataclass(frozen=True)
class Filed:
    """What a draft would be filed under."""

    territories: QuerySet
    themes: QuerySet
    tagged_items: QuerySet


def preview_context(request: HttpRequest, need: Need) -> dict[str, Any]:
    """What the public template is given. Nothing is saved."""
    text = original_of(need)
    links = _typed(need, text) if need.state in WRITABLE else search_links(need)
    text.title = text.title or _("Untitled")
    return {
        "need": need,
        "text": text,
        "sections": text.sections,
        "state": PeriodState.UPCOMING,
        "search_links": links,
        "terms": terms_of(need),
        "files": need.files.filter(removed_at=None),
    }


def _typed(need: Need, text: NeedText) -> SearchLinks:
    """Sets what is typed rightly on a need and its text; where it will be filed."""
    take_up(need)
    cleaned = cleaned_of(need.typed, is_complete=False).cleaned
    fill(need, text, cleaned)
    territories = Territory.objects.filter(pk__in=cleaned.get("territories") or [])
    themes = Theme.objects.filter(pk__in=cleaned.get("themes") or [])
    return search_links(Filed(territories, themes, TaggedNeed.objects.none()))
