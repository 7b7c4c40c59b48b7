from django.db.models import Model
from django.utils.html import strip_tags
from wagtail import fields

from .blocks import RICH_TEXT_FEATURES


class StreamField(fields.StreamField):
    """Wagtail's StreamField, whose migrations leave the block definitions out.

    Blocks are part of the code, not of the database's shape: without this, each change of a block would write a
    migration that repeats all of them.
    """

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class ProseField(fields.RichTextField):
    """Rich text of a sheet's section: paragraphs, lists, bold, italics and links, no headings."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(*args, **kwargs)

    def clean(self, value: str, model_instance: Model) -> str:
        """Takes paragraphs without a word for nothing, which is an error where something is required."""
        return super().clean(value if strip_tags(value or "").strip() else "", model_instance)
