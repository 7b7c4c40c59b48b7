"""Keeps the index right where content prints something that changed elsewhere."""

from typing import Any

from metropole.organisations.models import Organisation
from metropole.search.outbox import enqueue_pages
from metropole.taxonomy.models import Programme, Theme
from metropole.territory.models import Territory

from .models import ContentPage

FILED_UNDER: dict[type, str] = {
    Organisation: "organisations",
    Programme: "programme",
    Territory: "territories",
    Theme: "themes",
}
"""What content is filed under, with the content's field."""


def filing_changed(sender: type, instance: Any, created: bool, **kwargs) -> None:
    """Signal receiver: something under which content is filed was saved, perhaps under another name."""
    if not created:
        enqueue_pages(ContentPage.objects.live().filter(**{FILED_UNDER[sender]: instance}).distinct())
