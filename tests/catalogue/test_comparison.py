"""Two to four solutions side by side, from the address alone."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from catalogue.comparison.table import compared
from tests.factories import SolutionPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
MOST_QUERIES = 12


def address(*slugs, name="compare", language="fr"):
    with translation.override(language):
        path = reverse(f"catalogue:{name}")
    return f"{path}?{'&'.join(f'solution={slug}' for slug in slugs)}"


def rows(*pages):
    return {row.name: row for group in compared(pages).groups for row in group.rows}


def test_each_field_is_a_row_with_what_each_sheet_says_and_its_level(counting, loops, confirm):
    confirm(counting, "hosting_place")
    with translation.override("en"):
        shown = rows(counting, loops)
    assert [cell.text for cell in shown["hosting_zone"].cells] == ["European Union", "France"]
    assert [cell.text for cell in shown["hosting_place"].cells] == ["Allemagne", ""]
    assert shown["hosting_place"].cells[0].standing.level == "confirmed"
    assert shown["hosting_zone"].cells[1].standing.level == "unverified"
    assert [cell.applies for cell in shown["techniques"].cells] == [True, False]


def test_a_row_differs_where_two_sheets_say_something_else(counting, loops):
    other = SolutionPageFactory(hosting_zone="eu", hosting_place="Italie")
    shown = rows(counting, other)
    assert shown["hosting_place"].differs
    assert not shown["hosting_zone"].differs
    assert not rows(counting, loops)["hosting_place"].differs


def test_fields_of_which_nobody_says_anything_are_named(counting, loops):
    group = next(group for group in compared([counting, loops]).groups if group.name == "price")
    assert {row.name for row in group.rows} == {"price_model", "prices"}
    assert len(group.unknown) == 3


def test_a_quality_is_a_row_of_its_own_and_says_that_nobody_has_verified_it(frame):
    one, other = SolutionPageFactory(qualities=["frugal"]), SolutionPageFactory()
    row = rows(one, other)["quality:frugal"]
    assert row.cells[0].standing.level == "unverified"
    assert not row.cells[1].text


def test_the_table_is_read_without_script_or_cookie(client, counting, loops):
    answer = client.get(address(counting.slug, loops.slug))
    page = answer.content.decode()
    assert not answer.cookies
    assert page.count('<th scope="col"') == 2
    assert "<caption" in page
    assert "Allemagne" in page
    assert '<span class="unknown">' in page
    assert 'name="robots" content="noindex' in page


def test_a_comparison_leads_to_a_shortlist_of_what_it_compares(client, counting, loops):
    page = client.get(address(counting.slug, loops.slug)).content.decode()
    query = f"solution={counting.slug}&amp;solution={loops.slug}"
    assert f'href="{reverse("shortlists:new")}?{query}"' in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_solution_is_compared_in_the_language_that_it_is_written_in(client, counting, loops, language):
    page = client.get(address(counting.slug, loops.slug, language=language)).content.decode()
    assert ('lang="fr"><a' in page) == (language == "en")


@pytest.mark.parametrize(
    "slugs",
    [
        [],
        ["compteur-de-velos"],
        ["compteur-de-velos", "compteur-de-velos"],
        ["compteur-de-velos", "inconnu"],
        ["", "%00", "%FF%FE", "../../etc/passwd", "a" * 5000, "' OR 1=1 --"],
        ["s0", "s1", "s2", "s3", "s4"],
        [f"n{number}" for number in range(500)],
    ],
)
def test_what_cannot_be_compared_gets_help_and_never_an_error(client, counting, loops, slugs):
    for number in range(5):
        SolutionPageFactory(title=f"S{number}")
    for name in ("compare", "compare_export"):
        answer = client.get(address(*slugs, name=name), follow=True)
        assert answer.status_code == 200
        assert answer.context["others"] or len(slugs) == 5
        assert b"<table" not in answer.content


def test_more_than_four_are_all_kept_to_choose_from(client, frame):
    pages = [SolutionPageFactory() for _ in range(5)]
    page = client.get(address(*(page.slug for page in pages))).content.decode()
    assert page.count(" checked") == 5


def test_a_draft_is_not_compared(client, counting, loops):
    draft = SolutionPageFactory(is_draft=True, hosting_place="Secret")
    page = client.get(address(counting.slug, draft.slug, loops.slug)).content.decode()
    assert page.count('<th scope="col"') == 2
    assert "Secret" not in page


def test_a_comparison_costs_the_same_whatever_it_compares(client, counting, loops, confirm):
    others = [SolutionPageFactory(hosting_place=f"Lieu {number}") for number in range(2)]
    for page in (counting, *others):
        confirm(page, "hosting_place")
    costs = []
    for pages in ([counting, others[0]], [counting, loops, *others]):
        url = address(*(page.slug for page in pages))
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{url}&again=1")
        costs.append(len(captured))
    assert costs[0] == costs[1] <= MOST_QUERIES


def test_the_spreadsheet_says_the_same_and_runs_nothing(client, counting, loops):
    counting.hosting_place = "=SOMME(A1)"
    counting.save_revision().publish()
    answer = client.get(address(counting.slug, loops.slug, name="compare_export"))
    (sheet,) = load_workbook(BytesIO(answer.content)).worksheets
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert counting.hosting_place in {cell.value for cell in cells}
    header = [cell.value for cell in sheet[1]]
    assert [header[2], header[4]] == [counting.title, loops.title]


def test_results_may_be_ticked_and_a_sheet_leads_to_its_comparison(client, counting, loops, rebuild_index):
    rebuild_index()
    page = client.get("/fr/catalogue/").content.decode()
    assert f'form="choice" name="solution" value="{counting.slug}"' in page
    assert f'id="choice" class="choice" action="{reverse("catalogue:compare")}"' in page
    assert f"{reverse('catalogue:compare')}?solution={loops.slug}" in client.get(loops.url).content.decode()
    assert 'form="choice"' not in client.get("/fr/recherche/").content.decode()
