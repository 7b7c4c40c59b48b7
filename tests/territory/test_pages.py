import pytest

from metropole.territory.loading import load_territory
from metropole.territory.map import legend, map_view
from metropole.territory.models import Territory
from tests.factories import ProjectPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _territory():
    load_territory()


def place(slug: str) -> Territory:
    return Territory.objects.get(slug=slug)


def test_every_commune_is_a_shape_coloured_by_its_number():
    view = map_view({"antony": 4, "sceaux": 1})
    shapes = {shape.slug: shape for shape in view.shapes}
    assert len(shapes) == 130
    assert len(view.outlines) == 11
    for slug, count in {"antony": 4, "sceaux": 1, "montreuil": 0}.items():
        step = legend()[shapes[slug].level]
        assert step.first <= count <= (step.last if step.last is not None else count)


def test_a_territory_gives_what_its_communes_have_and_offers_what_stands_above(client, rebuild_index):
    ProjectPageFactory(title="À Antony", territories=[place("antony")])
    ProjectPageFactory(title="Dans tout le T2", territories=[place("vallee-sud-grand-paris")])
    ProjectPageFactory(title="Partout")
    rebuild_index()
    district = client.get("/fr/territoires/vallee-sud-grand-paris/?type=project").content.decode()
    assert "À Antony" in district
    assert "Dans tout le T2" in district
    assert "Partout" not in district
    commune = client.get("/fr/territoires/antony/?type=project").content.decode()
    assert "Dans tout le T2" not in commune
    assert "et 2 contenus valables pour" in commune.replace("\n", " ")
    wider = client.get("/fr/territoires/antony/?type=project&wider=1").content.decode()
    assert "Dans tout le T2" in wider
    assert "Partout" in wider


def test_the_table_says_what_the_map_shows(client, rebuild_index):
    ProjectPageFactory(territories=[place("antony")])
    rebuild_index()
    page = client.get("/fr/territoires/").content.decode()
    assert 'aria-label="Antony – 1 contenu publié"' in page
    assert "Antony (1)" in page
    assert "Sceaux (0)" in page


def test_an_unknown_territory_is_not_found(client):
    assert client.get("/fr/territoires/atlantis/").status_code == 404


@pytest.mark.parametrize(
    ("path", "shown"), [("/fr/territoires/", "2\u202f103\u202f778"), ("/en/territories/", "2,103,778")]
)
def test_a_population_is_printed_as_the_reader_s_language_writes_numbers(client, path, shown):
    Territory.objects.filter(slug="paris").update(population=2_103_778)
    assert f"{shown} " in client.get(f"{path}paris/").content.decode()
