"""Names are in the order of a French dictionary, whichever the database."""

import pytest

from metropole.core.collation import dictionary_key
from metropole.taxonomy.models import Tag

IN_ORDER = [
    "12 quartiers",
    "cote",
    "Cote",
    "coté",
    "côte",
    "côté",
    "Enghien",
    "Épinay-sur-Seine",
    "Est Ensemble",
    "Est-Ensemble",
    "Étréchy",
    "Eu",
    "Île-Saint-Denis",
    "L'Haÿ-les-Roses",
    "L’Haÿ-les-Roses",
    "Le Bourget",
    "Les Lilas",
    "Oeuvre",
    "Œuvre",
    "Ofa",
    "Saint Maur",
    "Saint-Denis",
    "Sainte",
    "Ville d’Avray",
    "Ville-d’Avray",
    "Villejuif",
]


@pytest.mark.django_db
def test_the_database_sorts_names_like_a_dictionary():
    Tag.objects.bulk_create(Tag(name=name, slug=str(rank)) for rank, name in enumerate(reversed(IN_ORDER)))
    assert list(Tag.objects.values_list("name", flat=True)) == IN_ORDER


@pytest.mark.django_db
def test_names_that_differ_by_an_accent_are_two_names():
    Tag.objects.create(name="cote", slug="cote-1")
    Tag.objects.create(name="côte", slug="cote-2")
    assert Tag.objects.get(name="cote").slug == "cote-1"


def test_names_are_sorted_the_same_way_without_the_database():
    assert sorted(IN_ORDER, key=dictionary_key) == IN_ORDER
