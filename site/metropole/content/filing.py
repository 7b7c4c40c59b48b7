"""How contents and needs are filed, as the search index takes it: one rule for pages and other models."""

from collections.abc import Iterable, Iterator
from typing import Any

from metropole.core.collation import dictionary_key
from metropole.organisations.models import Organisation
from metropole.search.analysis import LANGUAGES
from metropole.search.registry import vocabulary


def filing_facets(instance: Any) -> dict[str, tuple[str, ...]]:
    """Values of the facets that everything filed has; ``territory`` is empty where it holds for the whole métropole."""
    return {
        "territory": tuple(sorted(territory.slug for territory in instance.territories.all())),
        "theme": tuple(sorted({theme.slug for theme in instance.themes.all()})),
        "tag": tuple(sorted(tag_names(instance))),
    }


def filing_keywords(instance: Any, organisations: Iterable[Organisation]) -> dict[str, tuple[str, ...]]:
    """Words of each language by which it is found besides its text: what it is filed under, by name."""
    names = (
        *(organisation.name for organisation in organisations),
        *(territory.name for territory in instance.territories.all()),
        *(alias.name for territory in instance.territories.all() for alias in territory.aliases.all()),
    )
    subjects = list(_subjects(instance))
    return {language: (*_named(subjects, language), *names) for language in LANGUAGES}


def _subjects(instance: Any) -> Iterator[tuple[str, str, str]]:
    """What it is about: a facet, the value of it, and the name where a language has none for the value."""
    yield from (("tag", name, name) for name in tag_names(instance))
    yield from (("theme", theme.slug, theme.name) for theme in instance.themes.all())
    if programme := getattr(instance, "programme", None):
        # By its whole name as well, which the facet may shorten.
        yield "programme", programme.slug, programme.short_name
        yield "programme", "", programme.name


def _named(subjects: Iterable[tuple[str, str, str]], language: str) -> Iterator[str]:
    for facet, value, name in subjects:
        known = vocabulary(facet, language)
        yield known.label(value) if value in known else name


def tag_names(instance: Any) -> list[str]:
    """In the order of the dictionary; none of what is not tagged."""
    items = instance.tagged_items.all() if hasattr(instance, "tagged_items") else ()
    return sorted((item.tag.name for item in items), key=dictionary_key)
