from django.conf import settings
from django.db.models import Model

from metropole.search.registry import synonyms_changed, vocabulary_changed
from metropole.translation.following import bring_up_to_date

from .models import Programme, SynonymGroup, Tag, TagName, Theme

FACETS = {Theme: "theme", Programme: "programme", Tag: "tag", TagName: "tag"}


def vocabulary_saved(sender: type, **kwargs) -> None:
    """Signal receiver: something that names the values of a facet, or a group of synonyms, was saved or deleted."""
    if sender is SynonymGroup:
        synonyms_changed()
    else:
        vocabulary_changed(FACETS[sender])


def category_changed(sender: type[Model], instance: Theme | Programme, created: bool, **kwargs) -> None:
    """Signal receiver: a category keeps its slug, and its place, in every language."""
    if created or instance.locale.language_code != settings.LANGUAGE_CODE:
        return
    same = {name: getattr(instance, name) for name in ("slug", "position") if hasattr(instance, name)}
    sender.objects.filter(translation_key=instance.translation_key).exclude(pk=instance.pk).update(**same)
    bring_up_to_date(instance)
