"""Keeps the index right where content prints something that changed elsewhere."""

from typing import Any

from django.db.models import Model, Q
from wagtail.models import TranslatableMixin

from metropole.organisations.models import Organisation
from metropole.search.outbox import enqueue_pages
from metropole.taxonomy.models import Programme, Tag, TagName, Theme
from metropole.territory.models import Territory

from .models import ContentPage

FILED_UNDER: dict[type, str] = {
    Organisation: "organisations",
    Programme: "programme",
    Territory: "territories",
    Theme: "themes",
    Tag: "tagged_items__tag",
    TagName: "tagged_items__tag",
}
"""What content is filed under, with the content's field."""


def filing_changed(sender: type, instance: Any, **kwargs) -> None:
    """Signal receiver: something under which content is filed was saved, perhaps under another name."""
    enqueue_pages(ContentPage.objects.live().filter(filed_under(FILED_UNDER[sender], instance)).distinct())


def filed_under(field: str, instance: Model) -> Q:
    """What is filed under an instance, or under the original of which it is a translation, be it a new one."""
    if isinstance(instance, TagName):
        return Q(**{field: instance.tag_id})
    if isinstance(instance, TranslatableMixin):
        return Q(**{f"{field}__translation_key": instance.translation_key})
    return Q(**{field: instance})
