from metropole.search.registry import Term

from .models import Programme, SynonymGroup, TagName, Theme


def theme_terms(language: str) -> list[Term]:
    """The tree of themes as a facet, named in one language; values are the same in all."""
    themes = Theme.objects.in_language(language).select_related("parent")
    return [
        Term(
            value=theme.slug,
            label=theme.name,
            parent=theme.parent.slug if theme.parent else None,
            url=theme.get_absolute_url(),
        )
        for theme in themes
    ]


def programme_terms(language: str) -> list[Term]:
    programmes = Programme.objects.in_language(language)
    return [Term(value=programme.slug, label=programme.short_name) for programme in programmes]


def tag_terms(language: str) -> list[Term]:
    """The tags that have a name of their own in a language; the others are called the same in all."""
    names = TagName.objects.filter(locale__language_code=language).select_related("tag")
    return [Term(value=entry.tag.name, label=entry.name) for entry in names]


def synonym_groups() -> list[list[str]]:
    return [group.as_list() for group in SynonymGroup.objects.all()]
