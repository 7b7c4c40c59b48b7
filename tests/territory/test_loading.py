import shutil

import pytest

from metropole.core.datafiles import DataFileError
from metropole.organisations.loading import create_authorities
from metropole.organisations.models import Organisation
from metropole.territory.enums import Department
from metropole.territory.loading import DATA, load_territory
from metropole.territory.models import Territory, TerritoryAlias

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files, to spoil."""
    return shutil.copytree(DATA, tmp_path / "data")


def spoil(path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_tree_is_the_metropole_its_twelve_territories_and_its_130_communes():
    load_territory()
    assert Territory.objects.communes().count() == 130
    assert Territory.objects.second_level().count() == 12
    assert Territory.objects.get(slug="metropole").population == 7_142_540


def test_paris_is_one_node_a_commune_directly_below_the_metropole():
    load_territory()
    paris = Territory.objects.get(slug="paris")
    assert (paris.kind, paris.number, paris.parent.slug) == ("commune", 1, "metropole")


def test_each_commune_is_in_the_territory_that_bears_its_number():
    load_territory()
    for commune in Territory.objects.communes().exclude(slug="paris").select_related("parent"):
        assert commune.number == commune.parent.number
    assert Territory.objects.filter(kind="commune", department=Department.ESSONNE).count() == 6


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pierrefitte-sur-Seine", "saint-denis"),
        ("Paris 17e Arrondissement", "paris"),
        ("T8", "est-ensemble"),
        ("Levallois", "levallois-perret"),
    ],
)
def test_former_names_arrondissements_and_numbers_lead_to_their_territory(name, slug):
    load_territory()
    assert TerritoryAlias.objects.get(name=name).territory.slug == slug


def test_loading_again_changes_nothing():
    load_territory()
    before = list(Territory.objects.order_by("pk").values())
    load_territory()
    assert list(Territory.objects.order_by("pk").values()) == before


def test_every_territory_has_its_authority_even_when_they_are_created_twice():
    load_territory()
    create_authorities()
    assert create_authorities() == 142
    assert Organisation.objects.get(slug="antony").siren == "219200029"
    for organisation in Organisation.objects.all():
        organisation.full_clean()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("communes.csv", "91027,Athis-Mons", "9102,Athis-Mons", "communes.csv, line 3: insee_code"),
        ("communes.csv", ",36613,", ",many,", "communes.csv, line 3: population"),
        ("communes.csv", ",91200,48.709272,2.386836", "", "communes.csv, line 3: the number of cells"),
        ("epts.csv", "T2,", "T99,", "epts.csv, line 3: ept_code"),
        ("aliases.csv", "saint-denis", "atlantis", "there is no territory “atlantis”"),
    ],
)
def test_a_wrong_line_is_named_with_its_file_and_reason_and_changes_nothing(folder, file, old, new, message):
    spoil(folder / file, old, new)
    with pytest.raises(DataFileError, match=message):
        load_territory(folder)
    assert not Territory.objects.exists()
