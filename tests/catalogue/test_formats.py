"""The sheets as data: what each form says, what it leaves out, and that what goes out comes back the same."""

import csv
import json
from io import StringIO
from itertools import chain

import pytest
import yaml
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.enums import Origin
from catalogue.formats import json_ld as schema_org
from catalogue.formats.records import all_records, published, record_of
from catalogue.formats.table import csv_lines, guarded, header, row, unguarded
from catalogue.models import Claim, Corroboration, Deployment, SolutionPage
from metropole.translation.recording import record_translation
from tests.factories import OrganisationFactory, SolutionPageFactory, ThemeFactory, language

from .sheets import planned

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

API = "/api/v1/solutions"
LONG = "Un logiciel qui sert aux communes, de plus de cent cinquante signes. " * 4


def said(client, path: str, **parameters) -> dict:
    response = client.get(f"{API}{path}", parameters)
    assert response.status_code == 200, path
    return json.loads(response.content)


def table_of(response) -> list[dict[str, str]]:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_each_claim_is_given_with_its_level_who_said_it_since_when_and_who_confirms_it(client):
    town, company = OrganisationFactory(commune=True), OrganisationFactory(name="Société", slug="societe")
    page = SolutionPageFactory(
        slug="la",
        status="trial",
        maturity=7,
        hosting_place="France",
        evidence=[{"field": "maturity", "title": "Rapport", "place": "https://a.example/", "date": "2025-01-31"}],
    )
    claim = Claim.objects.get(solution=page, field="status")
    Claim.objects.filter(pk=claim.pk).update(said_by=company)
    Corroboration.objects.create(claim=claim, organisation=town, digest=claim.digest)
    fields = said(client, "/la")["fields"]
    assert (fields["status"]["value"], fields["status"]["level"]) == ("trial", "confirmed")
    assert fields["status"]["said_by"] == {"slug": "societe", "name": "Société"}
    assert fields["status"]["confirmed_by"] == [{"slug": town.slug, "name": town.name}]
    assert fields["status"]["said_at"].startswith(str(claim.said_at.date()))
    assert fields["maturity"]["level"] == "evidenced"
    assert fields["maturity"]["evidence"] == [{"title": "Rapport", "url": "https://a.example/", "date": "2025-01-31"}]
    assert (fields["hosting_place"]["level"], fields["hosting_place"]["said_by"]) == ("unverified", None)
    assert (fields["website"]["value"], fields["website"]["level"]) == (None, None)


def test_the_qualities_are_together_no_better_than_the_worst_of_them(client):
    evidence = [{"field": "quality:frugal", "title": "Grille", "place": "https://a.example/"}]
    SolutionPageFactory(slug="la", qualities=["frugal", "ethical"], evidence=evidence)
    sheet = said(client, "/la")
    assert {name: part["level"] for name, part in sheet["qualities"].items()} == {
        "frugal": "evidenced",
        "ethical": "unverified",
    }
    assert sheet["fields"]["qualities"]["level"] == "unverified"


def test_a_draft_is_nowhere(client):
    SolutionPageFactory(slug="brouillon", is_draft=True, licensing="open")
    for path in ("", "/publiccode.yml", "/inventory.json", "/inventory.csv"):
        assert client.get(f"{API}/brouillon{path}").status_code == 404
    assert said(client, "")["count"] == 0
    assert table_of(client.get(f"{API}/export.csv")) == []


def test_the_draft_of_a_published_sheet_is_not_given(client):
    page = SolutionPageFactory(slug="la", title="Publié")
    page.title = "Secret"
    page.save_revision()
    assert said(client, "/la")["title"] == "Publié"


def test_it_speaks_the_language_asked_for_and_knows_both_addresses(client):
    page = SolutionPageFactory(slug="la", title="Là", status="trial")
    record_translation(page, SolutionPage(slug="there", title="There", summary="What it does."), language("en"))
    for slug in ("la", "there"):
        french, english = said(client, f"/{slug}", lang_ui="fr"), said(client, f"/{slug}", lang_ui="en")
        assert (french["title"], english["title"]) == ("Là", "There")
        assert french["fields"]["status"]["value"] == english["fields"]["status"]["value"] == "trial"
        assert french["fields"]["status"]["label"] == "Statut"
        assert english["fields"]["status"]["level"] == "declared"
    assert [sheet["slug"] for sheet in said(client, "", lang_ui="en")["results"]] == ["there"]


def test_the_list_has_no_page_beyond_its_last(client):
    assert client.get(API, {"page": 2}).status_code == 404
    for absurd in (0, -1, "x", 10**30):
        assert client.get(API, {"page": absurd}).status_code in (404, 422)


def test_an_answer_that_has_not_changed_is_not_sent_again(client):
    page = SolutionPageFactory(slug="la", licensing="open")
    for path in ("", "/la", "/la/publiccode.yml", "/la/inventory.csv"):
        tag = client.get(f"{API}{path}").headers["ETag"]
        assert client.get(f"{API}{path}", headers={"if-none-match": tag}).status_code == 304
    page.title = "Autre"
    page.save_revision().publish()
    assert client.get(f"{API}/la", headers={"if-none-match": tag}).status_code == 200


def test_many_sheets_cost_no_more_queries_than_few(client):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            said(client, "")
        return len(captured)

    SolutionPageFactory(status="trial")
    queries()
    few = queries()
    for _number in range(3):
        SolutionPageFactory(status="trial", publisher=OrganisationFactory(), themes=[ThemeFactory()])
    # A page's address asks once for its own place in the tree.
    assert queries() <= few + 2


def test_the_api_describes_the_type_of_each_field(client):
    described = json.loads(client.get("/api/v1/openapi.json").content)
    assert {f"{API}{path}" for path in ("", "/{slug}", "/export.csv", "/{slug}/publiccode.yml")} <= set(
        described["paths"]
    )
    assert {"kind", "prices", "evidence"} - set(described["components"]["schemas"]["FieldsOut"]["properties"]) == {
        "evidence"
    }


# --- CSV -------------------------------------------------------------------------------------------------------------


def test_the_table_has_a_column_for_each_field_and_one_for_its_level(client):
    SolutionPageFactory(slug="la", status="trial", contains_ai=False, techniques=[], interfaces=["api", "files"])
    (line,) = table_of(client.get(f"{API}/export.csv", {"lang_ui": "fr"}))
    assert (line["status"], line["status_level"], line["contains_ai"]) == ("trial", "declared", "no")
    assert (line["interfaces"], line["maturity"], line["maturity_level"]) == ("api|files", "", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "'"])
def test_no_cell_is_a_formula_and_each_says_what_it_said(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


def test_a_title_that_a_spreadsheet_would_run_is_text_in_the_table(client):
    SolutionPageFactory(slug="la", title="=HYPERLINK(1)")
    assert table_of(client.get(f"{API}/export.csv", {"lang_ui": "fr"}))[0]["title"] == "'=HYPERLINK(1)"


# --- What goes out comes back the same -------------------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
PROSE = ["", "<p>Un <b>deux</b></p>", "<ul><li>Un &amp; deux</li></ul>", '<p><a linktype="page" id="3">ici</a></p>']
optional = st.one_of(st.just(""), words)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=words,
    lead_time=optional,
    retention=st.sampled_from(["", "=1+1", "'=1", "-", "+33", "@a", "a;b,c\"d"]),
    prose=st.sampled_from(PROSE),
    maturity=st.one_of(st.none(), st.integers(1, 9)),
    contains_ai=st.sampled_from([None, True]),
    interfaces=st.lists(st.sampled_from(["api", "events", "files"]), unique=True).map(sorted),
    price=st.one_of(st.none(), st.decimals(0, 9999, places=2).map(str)),
)  # fmt: skip
def test_an_export_that_is_imported_changes_nothing(client, title, prose, price, **fields):
    prices = [{"stratum": "under_10k", "lowest": price, "highest": "", "note": "a"}] if price else []
    SolutionPage.objects.filter(slug="la").delete()
    SolutionPageFactory(slug="la", title=title, known_limits=prose, prices=prices, **fields)
    in_json = client.get(API, {"lang_ui": "fr"}).content
    in_csv = b"".join(client.get(f"{API}/export.csv", {"lang_ui": "fr"}).streaming_content)
    for content, name in ((in_json, "fiches.json"), (in_csv, "fiches.csv")):
        (sheet,) = planned(ContentFile(content, name=name))
        assert (sheet.action, sheet.problems, sheet.changes) == ("leave", [], [])


def test_a_whole_sheet_comes_back_the_same():
    SolutionPageFactory(
        slug="la",
        origin=Origin.PUBLISHER,
        publisher=OrganisationFactory(siren="200054781"),
        themes=[ThemeFactory()],
        ai_models=[{"name": "M", "general_purpose": "yes"}],
        started_on="2024-01-31",
        evidence=[{"field": "maturity", "title": "Rapport", "place": "https://a.example/"}],
    )
    lines = chain([header()], map(row, all_records(published())))
    (sheet,) = planned(ContentFile("".join(csv_lines(lines)).encode(), name="fiches.csv"))
    assert (sheet.action, sheet.problems, sheet.changes) == ("leave", [], [])


# --- publiccode.yml --------------------------------------------------------------------------------------------------


def test_publiccode_says_what_is_known_and_names_what_is_not(client):
    SolutionPageFactory(
        slug="la", title="Là", licensing="open", spdx="MIT", repository="https://git.example/la", status="in_service",
        problem_and_use=f"<p>{LONG}</p>",
    )  # fmt: skip
    response = client.get(f"{API}/la/publiccode.yml")
    text = response.content.decode()
    known = yaml.safe_load(text)
    assert response.headers["Content-Type"].startswith("text/yaml")
    assert "SPDX-License-Identifier: etalab-2.0" in text
    assert known["url"] == "https://git.example/la"
    assert (known["legal"], known["developmentStatus"]) == ({"license": "MIT"}, "stable")
    assert 150 <= len(known["description"]["fr"]["longDescription"]) <= 10_000
    assert len(known["description"]["fr"]["shortDescription"]) <= 150
    missing = next(line for line in text.splitlines() if "asks for" in line)
    assert "softwareType" in missing
    assert "legal/license" not in missing
    assert "softwareType" not in known


@pytest.mark.parametrize("licensing", ["", "proprietary"])
def test_only_open_source_code_has_a_publiccode(client, licensing):
    SolutionPageFactory(slug="la", licensing=licensing)
    assert client.get(f"{API}/la/publiccode.yml").status_code == 404


# --- The inventory of algorithms -------------------------------------------------------------------------------------


def test_the_row_of_an_inventory_says_what_the_sheet_says_and_leaves_the_rest_empty(client):
    SolutionPageFactory(
        slug="la", title="Là", contains_ai=True, techniques=["rules"], automation="aid", individual_decision=True,
        data_sources=[{"name": "Demandes", "use": "input", "origin": "Formulaire"}, {"name": "P", "use": "training"}],
        publisher=OrganisationFactory(name="Société"),
    )  # fmt: skip
    (line,) = said(client, "/la/inventory.json", lang_ui="fr")["rows"]
    assert (line["name"], line["publisher"], line["individual_decision"]) == ("Là", "Société", "Oui")
    assert (line["data"], line["data_source"]) == ("Demandes", "Formulaire")
    assert (line["administration"], line["contact"], line["decisions_a_year"]) == ("", "", "")
    (same,) = table_of(client.get(f"{API}/la/inventory.csv", {"lang_ui": "fr"}))
    assert list(same.values()) == list(line.values())


def test_each_authority_that_is_confirmed_to_use_it_has_its_row(client):
    page = SolutionPageFactory(slug="la", licensing="open")
    for name, state in (("Antony", "confirmed"), ("Bagneux", "declared")):
        town = OrganisationFactory(commune=True, territory__name=name)
        at = timezone.now() if state == "confirmed" else None
        Deployment.objects.create(
            solution=page, organisation=town, stage="in_use", started_on="2025-01-31", state=state, confirmed_at=at
        )
    rows = said(client, "/la/inventory.json")["rows"]
    assert [line["administration"] for line in rows] == ["Antony"]
    assert yaml.safe_load(client.get(f"{API}/la/publiccode.yml").content)["usedBy"] == ["Antony"]


def test_a_rain_garden_is_no_algorithm(client):
    SolutionPageFactory(slug="jardin", kind="hardware", contains_ai=False)
    assert client.get(f"{API}/jardin/inventory.json").status_code == 404
    assert "inventory" not in client.get("/fr/catalogue/jardin/").content.decode()


# --- In the page -----------------------------------------------------------------------------------------------------


def test_the_page_leads_to_its_data_and_says_what_it_is_to_search_engines(client):
    SolutionPageFactory(slug="la", title="Là", licensing="open", price_model="free")
    page = client.get("/fr/catalogue/la/").content.decode()
    assert page.count(f'href="{API}/la?lang_ui=fr"') == 2
    assert f'href="{API}/la/publiccode.yml?lang_ui=fr"' in page
    script = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    known = json.loads(script)
    assert (known["@type"], known["name"], known["isAccessibleForFree"]) == ("SoftwareApplication", "Là", True)
    assert "publisher" not in known


def test_no_text_ends_the_script_that_holds_it():
    page = SolutionPageFactory(title="</script><script>alert(1)</script>&<!--")
    script = schema_org.as_script(schema_org.json_ld(page))
    assert script.count("<") == 2
    assert json.loads(script.partition(">")[2].removesuffix("</script>"))["name"] == page.title


def test_a_record_holds_what_its_page_shows():
    page = SolutionPageFactory(status="trial")
    record = record_of(page)
    assert (record.claims["status"].value, record.claims["status"].level) == ("trial", "declared")
