import pytest
from pydantic import BaseModel, Field

from metropole.core.datafiles import DataFileError, read_csv, read_yaml


class Town(BaseModel):
    name: str = Field(min_length=2)
    population: int
    tags: list[str] = []


@pytest.fixture
def write(tmp_path):
    def write(name: str, text: str):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_entries_are_read_with_their_types(write):
    path = write("towns.yaml", "- name: Antony\n  population: 63000\n- {name: Sceaux, population: 20000}\n")
    assert [town.population for town in read_yaml(path, Town)] == [63000, 20000]


def test_an_empty_file_holds_no_entry(write):
    assert read_yaml(write("towns.yaml", "# nothing yet\n"), Town) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- name: Antony\n  population: 1\n- name: A\n  population: 2\n", "line 3: name: String should have"),
        ("- name: Antony\n  population: many\n", "line 2: population: Input should be a valid integer"),
        ("- name: Antony\n", "line 1: population: Field required"),
        ("- name: Antony\n  population: 1\n  tags:\n    - a\n    - [b]\n", "line 5: tags.1"),
        ("- name: 'Antony\n", "line 2: found unexpected end of stream"),
        ("name: Antony\n", "line 1: a list of entries is expected"),
        ("- Antony\n", "line 1: Input should be a valid dictionary"),
    ],
)
def test_a_wrong_entry_is_named_by_file_line_and_reason(write, text, message):
    with pytest.raises(DataFileError, match=r"towns\.yaml, ") as error:
        read_yaml(write("towns.yaml", text), Town)
    assert message in str(error.value)


def test_a_row_with_a_cell_too_many_is_refused(write):
    with pytest.raises(DataFileError, match=r"towns.csv, line 3: the number of cells"):
        read_csv(write("towns.csv", "name,population\nAntony,1\nSceaux,2,3\n"), Town)
