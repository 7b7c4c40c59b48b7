"""The public directory: verified organisations that have a page of their own, by kind, sector and territory."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from metropole.territory.models import Territory

from .enums import OrganisationKind, Sector
from .finding import LONGEST_QUERY, named
from .models import Organisation


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """``choices``: each with the number of organisations that it leaves, with the other filters as they are."""

    name: str
    label: str | Promise
    choices: list[Choice]


class Directory:
    """What a query asks for. What it asks for that there is not is left out."""

    def __init__(self, query: QueryDict) -> None:
        self.text = query.get("q", "").strip()[:LONGEST_QUERY]
        self.chosen = {
            "kind": _known(query.get("kind", ""), OrganisationKind.values),
            "sector": _known(query.get("sector", ""), Sector.values),
            "territory": _known(query.get("territory", ""), self._territories),
        }

    @cached_property
    def organisations(self) -> QuerySet[Organisation]:
        return self._filtered().select_related("based_in").order_by("name", "pk")

    @property
    def filters(self) -> list[Filter]:
        return [
            Filter("kind", _("Kind"), self._choices("kind", OrganisationKind.choices)),
            Filter("sector", _("Sector"), self._choices("sector", Sector.choices)),
            Filter("territory", _("Territory"), self._territory_choices()),
        ]

    @property
    def is_filtered(self) -> bool:
        return bool(self.text or any(self.chosen.values()))

    def url(self, path: str, page: int) -> str:
        query = {"q": self.text, **self.chosen, "page": page if page > 1 else ""}
        words = urlencode({name: value for name, value in query.items() if value})
        return f"{path}?{words}" if words else path

    def _filtered(self, without: str = "") -> QuerySet[Organisation]:
        found = Organisation.objects.listed()
        for name, value in self.chosen.items():
            if value and name != without:
                found = found.filter(self._condition(name, value))
        return named(found, self.text) if self.text else found

    @staticmethod
    def _condition(name: str, value: str) -> Q:
        if name != "territory":
            return Q(**{name: value})
        return Q(based_in__slug=value) | Q(based_in__parent__slug=value) | Q(based_in__parent__parent__slug=value)

    def _choices(self, name: str, labels: Iterable[tuple[str, str]]) -> list[Choice]:
        counts = dict(self._filtered(without=name).order_by().values_list(name).annotate(count=Count("pk")))
        return [
            Choice(value, str(label), counts.get(value, 0), self.chosen[name] == value)
            for value, label in labels
            if counts.get(value) or self.chosen[name] == value
        ]

    def _territory_choices(self) -> list[Choice]:
        """Each territory where an organisation is based, and those above it, with all that is based below."""
        based = self._filtered(without="territory").order_by().exclude(based_in=None)
        above = based.values_list("based_in__slug", "based_in__parent__slug", "based_in__parent__parent__slug")
        counts: dict[str, int] = {}
        for slugs in above:
            for slug in filter(None, slugs):
                counts[slug] = counts.get(slug, 0) + 1
        return [
            Choice(slug, name, counts.get(slug, 0), self.chosen["territory"] == slug)
            for slug, name in self._territories.items()
            if counts.get(slug) or self.chosen["territory"] == slug
        ]

    @cached_property
    def _territories(self) -> dict[str, str]:
        return dict(Territory.objects.in_tree_order().values_list("slug", "name"))


def _known(value: str, values: Iterable[str]) -> str:
    return value if value in values else ""
