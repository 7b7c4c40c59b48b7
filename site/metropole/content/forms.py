from itertools import groupby

from django.db.models import QuerySet
from django.utils.text import capfirst
from wagtail.admin.forms import WagtailAdminPageForm

from metropole.organisations.enums import OrganisationKind
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

Choices = list[tuple[str, list[tuple[int, str]]]]


class ContentForm(WagtailAdminPageForm):
    """The editor's form of a piece of content, whose long lists are put in the order in which people know them."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        lists = {"themes": theme_choices, "territories": territory_choices, "organisations": organisation_choices}
        for name, choices in lists.items():
            if name in self.fields:
                self.fields[name].choices = choices()


def theme_choices() -> Choices:
    """The chantiers under their défi, which is the first choice of its group."""
    themes = list(Theme.objects.canonical())
    below = {theme.pk: [child for child in themes if child.parent_id == theme.pk] for theme in themes}
    challenges = [theme for theme in themes if theme.parent_id is None]
    return [
        (challenge.name, [(theme.pk, theme.name) for theme in (challenge, *below[challenge.pk])])
        for challenge in challenges
    ]


def territory_choices() -> Choices:
    """The communes under their territory, which is the first choice of its group; the métropole before all."""
    territories = Territory.objects.order_by("number", "-kind", "name")
    return [
        (next(place.name for place in group), [(place.pk, place.name) for place in group])
        for group in (list(group) for _number, group in groupby(territories, lambda place: place.number))
    ]


def organisation_choices(among: QuerySet | None = None) -> Choices:
    """The organisations by kind: all, or some."""
    by_kind: dict[str, list[tuple[int, str]]] = {}
    for organisation in (Organisation.objects.all() if among is None else among).order_by("name"):
        by_kind.setdefault(organisation.kind, []).append((organisation.pk, organisation.name))
    return [(capfirst(str(kind.label)), by_kind[kind]) for kind in OrganisationKind if kind in by_kind]
