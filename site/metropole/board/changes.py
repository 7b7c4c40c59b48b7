from typing import Any

from metropole.content.changes import filed_under
from metropole.organisations.models import Organisation
from metropole.search.outbox import enqueue_many
from metropole.taxonomy.models import Tag, TagName, Theme
from metropole.territory.models import Territory
from metropole.translation.following import bring_up_to_date

from .models import Need, NeedText

FILED_UNDER: dict[type, str] = {
    Organisation: "organisation",
    Territory: "territories",
    Theme: "themes",
    Tag: "tagged_items__tag",
    TagName: "tagged_items__tag",
}
"""What needs are filed under, with the need's field."""


def filing_changed(sender: type, instance: Any, **kwargs) -> None:
    """Signal receiver: something under which needs are filed was saved, perhaps under another name."""
    enqueue_many(Need.objects.published().filter(filed_under(FILED_UNDER[sender], instance)).distinct())


def text_changed(sender: type, instance: NeedText, **kwargs) -> None:
    """Signal receiver: a text of a need was saved, published, taken back or deleted."""
    enqueue_many(Need.objects.filter(pk=instance.need_id))


def original_changed(sender: type, instance: NeedText, created: bool, **kwargs) -> None:
    """Signal receiver: where the authority changed its words, the translations wait for what is new in them."""
    if not created and instance.is_original:
        bring_up_to_date(instance)


def state_of_text(text: NeedText) -> dict[str, str]:
    """For the log."""
    return {"state": "published" if text.live else "draft"}
