from metropole.search.registry import Term

from .enums import TerritoryKind
from .models import Territory


def territory_terms(language: str) -> list[Term]:
    """The tree of territories as a facet: names are the same in every language."""
    territories = Territory.objects.in_tree_order().prefetch_related("aliases")
    return [
        Term(
            value=territory.slug,
            label=label(territory),
            parent=territory.parent.slug if territory.parent else None,
            aliases=tuple(alias.name for alias in territory.aliases.all()),
            url=territory.get_absolute_url(),
        )
        for territory in territories
    ]


def label(territory: Territory) -> str:
    """The name, with its T number for an EPT, by which agents know it: "Est Ensemble (T8)"."""
    return f"{territory.name} (T{territory.number})" if territory.kind == TerritoryKind.EPT else territory.name
