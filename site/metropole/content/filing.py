"""How contents and needs are filed, as the search index takes it: one rule for pages and other models."""

from collections.abc import Iterable
from typing import Any

from metropole.core.collation import dictionary_key
from metropole.organisations.models import Organisation


def filing_facets(instance: Any) -> dict[str, tuple[str, ...]]:
    """Values of the facets that everything filed has; ``territory`` is empty where it holds for the whole métropole."""
    return {
        "territory": tuple(sorted(territory.slug for territory in instance.territories.all())),
        "theme": tuple(sorted({theme.slug for theme in instance.themes.all()})),
        "tag": tuple(sorted(tag_names(instance))),
    }


def filing_keywords(instance: Any, organisations: Iterable[Organisation]) -> tuple[str, ...]:
    """Words by which it is found besides its text: tags, organisations, territories, themes, programme."""
    programme = getattr(instance, "programme", None)
    return (
        *tag_names(instance),
        *(organisation.name for organisation in organisations),
        *(territory.name for territory in instance.territories.all()),
        *(alias.name for territory in instance.territories.all() for alias in territory.aliases.all()),
        *(theme.name for theme in instance.themes.all()),
        *((programme.name, programme.short_name) if programme else ()),
    )


def tag_names(instance: Any) -> list[str]:
    return sorted((item.tag.name for item in instance.tagged_items.all()), key=dictionary_key)
