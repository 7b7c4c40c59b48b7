"""Sheets brought in a file: what is taken, what is refused and why, and that nothing is ever half-written."""

import json
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry, Revision

from catalogue.enums import Origin
from catalogue.imports import planning, rows, services
from catalogue.imports.rows import rows_of
from catalogue.models import Claim, Corroboration, SheetImport, SolutionPage
from metropole.contributions.files.refusal import FileRefusedError
from metropole.demo.frame import build_frame
from metropole.moderation.services import submit
from tests.factories import MembershipFactory, OrganisationFactory, SolutionPageFactory, ThemeFactory, UserFactory

from .sheets import NEW, faults, json_file, planned, table, workbook, written

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SIREN, OTHER_SIREN = "200054781", "217500016"


def refusal(file: ContentFile) -> str:
    with pytest.raises(FileRefusedError) as refused:
        rows_of(file)
    return " ".join(refused.value.messages)


def test_a_new_sheet_becomes_a_draft_of_the_editors():
    person = UserFactory(editor=True)
    written(table(NEW | {"status": "trial", "contains_ai": True, "maturity": 7}), person)
    page = SolutionPage.objects.get(slug="nouvelle").get_latest_revision_as_object()
    assert (page.live, page.origin, page.owner) == (False, Origin.EDITORIAL, person)
    assert (page.status, page.contains_ai, page.maturity) == ("trial", True, 7)


def test_a_sheet_that_is_there_gets_a_draft_and_stays_as_it_is_read():
    page = SolutionPageFactory(slug="la", title="Avant")
    written(json_file({"slug": "la", "title": "Après", "fields": {"status": {"value": "trial"}}}))
    page.refresh_from_db()
    assert (page.title, page.status, page.live, page.has_unpublished_changes) == ("Avant", "", True, True)
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.status) == ("Après", "trial")


def test_a_dry_run_says_what_would_be_done_and_does_nothing():
    SolutionPageFactory(slug="la", title="Avant")
    before = Revision.objects.count()
    changed, created, refused = planned(
        json_file({"slug": "la", "title": "Après"}, NEW, NEW | {"slug": "autre", "kind": "?"})
    )
    assert [sheet.action for sheet in (changed, created, refused)] == ["change", "create", "refuse"]
    assert [(change.before, change.after) for change in changed.changes] == [("Avant", "Après")]
    assert refused.problems[0].field == "Type"
    assert Revision.objects.count() == before


def test_one_refused_line_keeps_all_the_others_from_being_written():
    with pytest.raises(services.ImportRefusedError, match="2"):
        written(json_file(NEW, NEW | {"slug": "autre", "status": "?"}))
    assert not SolutionPage.objects.exists()


def test_a_failure_in_the_middle_leaves_nothing_behind(monkeypatch):
    page = SolutionPageFactory(slug="la")
    revisions = Revision.objects.count()
    begun = services.begin(json_file(NEW, {"slug": "la", "title": "Après"}), None)
    save = SolutionPage.save_revision

    def fail(self, **kwargs):
        if self.slug == "la":
            raise OSError("no space left")
        return save(self, **kwargs)

    monkeypatch.setattr(SolutionPage, "save_revision", fail)
    with pytest.raises(OSError, match="no space"):
        services.apply(begun, None)
    assert list(SolutionPage.objects.all()) == [page]
    assert Revision.objects.count() == revisions
    assert SheetImport.objects.get().state == "checked"


def test_the_same_import_is_not_written_twice():
    done = written(json_file(NEW))
    with pytest.raises(services.ImportRefusedError):
        services.apply(done, None)


def test_it_is_written_in_the_journal():
    done = written(json_file(NEW), UserFactory(editor=True))
    entry = ModelLogEntry.objects.get(action=services.APPLIED)
    assert (entry.object_id, entry.data["after"]) == (str(done.pk), {"created": 1, "changed": 0})


def test_an_empty_cell_changes_nothing():
    SolutionPageFactory(slug="la", title="Là", maturity=7)
    assert planned(workbook(["slug", "title", "maturity"], ["la", "Là", None]))[0].action == "leave"
    assert planned(json_file({"slug": "la", "title": "Là", "fields": {"maturity": None}}))[0].action == "leave"


# --- What is refused as a whole --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (workbook(["slug", "summary"], ["a", "b"]), "title"),
        (workbook(["slug", "title", "colour"], ["a", "b", "c"]), "colour"),
        (workbook(["slug", "title", "title"], ["a", "b", "c"]), "title"),
        (ContentFile(b"slug;summary\na;b\n", name="a.csv"), "title"),
        (json_file({"slug": "a"}), "title"),
        (json_file({"slug": "a", "title": "b", "fields": {"colour": {"value": 1}}}), "colour"),
    ],
)
def test_a_column_that_is_missing_unknown_or_there_twice_is_named(file, reason):
    assert f"“{reason}”" in refusal(file).replace("«\u00a0", "“").replace("\u00a0»", "”")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n%%EOF",
        b"PK\x03\x04 but no archive",
        b"\xff\xfe[\x00]\x00",
        '[{"slug": "é"}]'.encode("latin-1"),
        b"[",
        b"[1, 2]",
        b'"words"',
        b'{"results": 3}',
        b'[{"slug": "a", "title": "b", "fields": []}]',
        b'[{"slug": "a", "title": "b", "fields": {"maturity": NaN}}]',
        b"[" * 100_000,
        b"[" + b"9" * 5000 + b"]",
        b"[]",
    ],
)
def test_what_is_no_file_of_sheets_is_refused_with_a_reason(content):
    assert refusal(ContentFile(content, name="fiches.json"))


def test_a_document_of_another_kind_is_refused():
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("fiches.txt", "slug")
    assert refusal(ContentFile(content.getvalue(), name="fiches.xlsx"))


def test_a_workbook_that_unpacks_to_far_more_than_it_weighs_is_refused():
    content = BytesIO(workbook(["slug", "title"]).read())
    with ZipFile(content, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"0" * 150_000_000)
    assert "MB" in refusal(ContentFile(content.getvalue(), name="fiches.xlsx")).replace("Mo", "MB")


def test_50_000_lines_are_too_many_and_the_rest_of_them_is_not_read(monkeypatch):
    lines = (f"fiche-{number};Fiche {number}" for number in range(50_000))
    file = ContentFile("\n".join(["slug;title", *lines]).encode(), name="fiches.csv")
    taken = []
    monkeypatch.setattr(rows, "_take", lambda row, name, value: taken.append(row.values.setdefault(name, value)))
    assert str(rows.MOST_LINES) in refusal(file)
    assert len(taken) < 3 * rows.MOST_LINES


def test_50_000_lines_of_a_workbook_are_too_many(monkeypatch):
    monkeypatch.setattr(rows, "MOST_LINES", 3)
    assert "3" in refusal(workbook(["slug", "title"], *(["a", "b"] for _line in range(5))))


# --- What is refused in a line ---------------------------------------------------------------------------------------


def test_a_formula_is_refused_where_it_stands():
    assert "Titre" in faults(workbook(["slug", "title"], ["a", "=1+1"]))


def test_what_stands_in_no_column_is_refused():
    assert "" in faults(workbook(["slug", "title"], ["a", "b", "c"]))


def test_text_that_no_database_holds_is_refused():
    for broken in ("a\u0000b", "a\ud800b"):
        assert "Résumé" in faults(json_file(NEW | {"summary": broken}))


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"ai_act_class": "high_risk"}, "annex_iii_case"),
        ({"ai_act_class": "minimal", "individual_decision": "yes"}, "ai_act_class"),
        ({"status": "stopped", "started_on": "2025-01-01", "ended_on": "2024-01-01"}, "ended_on"),
        ({"started_on": "12 mars"}, "started_on"),
        ({"maturity": "ten"}, "maturity"),
        ({"maturity": 12}, "maturity"),
        ({"contains_ai": "perhaps"}, "contains_ai"),
        ({"techniques": "magic"}, "techniques"),
        ({"techniques": [["rules"]]}, "techniques"),
        ({"prices": "cheap"}, "prices"),
        ({"prices": [1]}, "prices"),
        ({"prices": [{"stratum": "under_10k", "lowest": "10", "highest": "2"}]}, "prices"),
        ({"prices": [{"stratum": "under_10k", "lowest": "10", "colour": "red"}]}, "prices"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"spdx": "Nonsense-9"}, "spdx"),
        ({"status": ["trial"]}, "status"),
        ({"summary": "a" * 401}, "summary"),
        ({"publisher": "nobody"}, "publisher"),
        ({"themes": "nowhere"}, "themes"),
        ({"slug": "Pas une adresse"}, "slug"),
        ({"origin": "publisher"}, "origin"),
    ],
)
def test_what_a_sheet_may_not_say_is_refused_with_its_column(said, column):
    label = str(planning.label_of(column))
    assert label in faults(json_file(NEW | said))


def test_a_line_about_the_same_sheet_as_another_is_refused():
    assert planned(json_file(NEW, NEW))[1].action == "refuse"


def test_markup_that_runs_is_not_kept():
    text = '<p onclick="x">Bon<img src=x onerror=alert(1)> <a href="javascript:alert(1)">ici</a></p>'
    written(json_file(NEW | {"problem_and_use": text}))
    draft = SolutionPage.objects.get().get_latest_revision_as_object()
    assert draft.problem_and_use == "<p>Bon <a>ici</a></p>"


def test_plain_text_becomes_paragraphs():
    written(json_file(NEW | {"problem_and_use": "Un & deux.\n\nTrois."}))
    draft = SolutionPage.objects.get().get_latest_revision_as_object()
    assert draft.problem_and_use == "<p>Un &amp; deux.</p><p>Trois.</p>"


def test_it_is_filed_by_the_addresses_of_its_themes():
    themes = [ThemeFactory(slug="eau"), ThemeFactory(slug="air")]
    written(table(NEW | {"themes": "eau|air"}))
    assert set(SolutionPage.objects.get().get_latest_revision_as_object().themes.all()) == set(themes)


# --- The publisher ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["200054782", "20005478100023", "12", "words"])
def test_a_number_with_a_wrong_digit_is_refused(number):
    assert list(faults(json_file(NEW | {"publisher_siren": number}))) == [planning.label_of("publisher_siren")]


def test_the_number_of_another_company_than_the_publisher_is_refused():
    OrganisationFactory(slug="une", siren=SIREN)
    OrganisationFactory(slug="autre", name="Autre", siren=OTHER_SIREN)
    reasons = faults(json_file(NEW | {"publisher": "une", "publisher_siren": OTHER_SIREN}))
    assert any("Autre" in reason for reason in reasons.values())
    assert faults(json_file(NEW | {"publisher": "une", "publisher_siren": SIREN})) == {}


def test_a_number_alone_names_the_publisher():
    company = OrganisationFactory(siren=SIREN)
    written(table(NEW | {"publisher_siren": "200 054 781 00022"}))
    assert SolutionPage.objects.get().get_latest_revision_as_object().publisher == company


def test_a_publisher_that_is_known_is_not_replaced():
    SolutionPageFactory(slug="la", title="Là", publisher=OrganisationFactory(slug="une"))
    OrganisationFactory(slug="autre")
    assert planned(json_file({"slug": "la", "title": "Là", "publisher": "autre"}))[0].action == "refuse"
    assert planned(json_file({"slug": "la", "title": "Là", "publisher": "une"}))[0].action == "leave"


# --- What is not the editors' to change ------------------------------------------------------------------------------


def test_what_the_publisher_declared_or_an_authority_confirmed_is_protected():
    page = SolutionPageFactory(slug="la", title="Là", status="trial", retention="48 h", maturity=3)
    company, town = OrganisationFactory(name="Société"), OrganisationFactory(commune=True)
    Claim.objects.filter(solution=page, field="status").update(said_by=company)
    kept = Claim.objects.get(solution=page, field="retention")
    Corroboration.objects.create(claim=kept, organisation=town, digest=kept.digest)
    sheet = {"slug": "la", "title": "Là"}
    assert any("Société" in reason for reason in faults(json_file(sheet | {"status": "in_service"})).values())
    assert any(town.name in reason for reason in faults(json_file(sheet | {"retention": "1 an"})).values())
    assert planned(json_file(sheet | {"status": "trial", "retention": "48 h"}))[0].action == "leave"
    assert planned(json_file(sheet | {"maturity": 4}))[0].action == "change"


def test_evidence_for_what_others_declared_is_not_the_editors_to_give():
    page = SolutionPageFactory(slug="la", title="Là", hosting_place="France", maturity=3)
    Claim.objects.filter(solution=page, field="hosting_place").update(said_by=OrganisationFactory())

    def evidence(field: str) -> dict:
        return {"slug": "la", "title": "Là", "evidence": [{"field": field, "title": "Acte", "place": "https://a.fr/"}]}

    assert planned(json_file(evidence("hosting_place")))[0].action == "refuse"
    assert planned(json_file(evidence("maturity")))[0].action == "change"


def test_a_draft_that_its_publisher_writes_is_left_to_it():
    SolutionPageFactory(slug="la", title="Là", origin=Origin.PUBLISHER, retention="48 h", is_draft=True)
    assert planned(json_file({"slug": "la", "title": "Là", "retention": "1 an"}))[0].action == "refuse"
    assert planned(json_file({"slug": "la", "title": "Là", "origin": "editorial"}))[0].action == "refuse"


def test_a_sheet_that_moderators_are_reading_is_left_to_them():
    submit(SolutionPageFactory(slug="la", title="Là", is_draft=True), UserFactory(administrator=True))
    assert planned(json_file({"slug": "la", "title": "Après"}))[0].action == "refuse"


# --- Undoing ---------------------------------------------------------------------------------------------------------


def test_undoing_gives_each_sheet_back_what_it_said_and_removes_the_new_ones():
    page = SolutionPageFactory(slug="la", title="Avant", maturity=3)
    done = services.undo(written(json_file(NEW, {"slug": "la", "title": "Après", "maturity": 4})), None)
    assert done.state == "undone"
    assert not SolutionPage.objects.filter(slug="nouvelle").exists()
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.maturity, page.draft_title) == ("Avant", 3, "Avant")
    assert page.has_unpublished_changes is False


def test_undoing_keeps_what_was_changed_or_published_since_and_says_so():
    for slug in ("changee", "publiee", "la"):
        SolutionPageFactory(slug=slug, title=slug)
    sheets = [{"slug": slug, "title": "Après"} for slug in ("changee", "publiee", "la")]
    done = written(json_file(*sheets, NEW))
    changed = SolutionPage.objects.get(slug="changee").get_latest_revision_as_object()
    changed.title = "Encore"
    changed.save_revision()
    for slug in ("publiee", "nouvelle"):
        SolutionPage.objects.get(slug=slug).get_latest_revision().publish()
    services.undo(done, None)
    kept = {sheet.page.slug: bool(sheet.kept_reason) for sheet in done.sheets.all()}
    assert kept == {"changee": True, "publiee": True, "la": False, "nouvelle": True}
    titles = {page.slug: page.draft_title for page in SolutionPage.objects.all()}
    assert titles == {"changee": "Encore", "publiee": "Après", "la": "la", "nouvelle": "Nouvelle"}


def test_an_import_is_undone_once():
    done = services.undo(written(json_file(NEW)), None)
    with pytest.raises(services.ImportRefusedError):
        services.undo(done, None)


# --- Where it is done ------------------------------------------------------------------------------------------------


def test_an_editor_goes_from_the_file_to_the_drafts_and_back(client):
    build_frame()
    client.force_login(UserFactory(editor=True))
    response = client.post(reverse("catalogue_imports:imports"), {"file": table(NEW)}, follow=True)
    assert "Nouvelle" in response.content.decode()
    assert not SolutionPage.objects.exists()
    address = response.redirect_chain[-1][0]
    assert client.post(address, {"action": "apply"}, follow=True).status_code == 200
    assert SolutionPage.objects.get().slug == "nouvelle"
    assert client.post(address, {"action": "undo"}, follow=True).status_code == 200
    assert not SolutionPage.objects.exists()


def test_a_file_that_is_refused_says_why_on_the_page(client):
    client.force_login(UserFactory(editor=True))
    response = client.post(reverse("catalogue_imports:imports"), {"file": ContentFile(b"%PDF-1.7", name="a.xlsx")})
    assert response.status_code == 422
    assert not SheetImport.objects.exists()


def test_a_refused_line_offers_nothing_to_write(client):
    client.force_login(UserFactory(editor=True))
    file = json_file(NEW | {"ai_act_class": "high_risk"})
    page = client.post(reverse("catalogue_imports:imports"), {"file": file}, follow=True).content.decode()
    assert 'value="apply"' not in page


@pytest.mark.parametrize("group", [None, "Translators"])
def test_nobody_else_imports(client, group):
    person = UserFactory(group=group) if group else MembershipFactory(contributes=True).person
    client.force_login(person)
    begun = services.begin(json_file(NEW), None)
    for address in (reverse("catalogue_imports:imports"), reverse("catalogue_imports:import", args=[begun.pk])):
        client.post(address, {"action": "apply", "file": json_file(NEW)})
    assert client.get(reverse("catalogue_imports:template")).status_code in (302, 403)
    assert (SheetImport.objects.count(), SolutionPage.objects.count()) == (1, 0)


def test_the_workbook_to_fill_in_is_one_that_the_import_takes_and_explains_each_of_its_columns(client):
    client.force_login(UserFactory(editor=True))
    content = client.get(reverse("catalogue_imports:template")).content
    book = load_workbook(BytesIO(content))
    filled, explained = book.worksheets
    columns = [cell.value for cell in filled[1]]
    assert set(columns) <= {str(row[0].value).removesuffix(" *") for row in explained.iter_rows()}
    filled.append([NEW.get(column) for column in columns])
    saved = BytesIO()
    book.save(saved)
    assert planned(ContentFile(saved.getvalue(), name="fiches.xlsx"))[0].action == "create"


def test_the_command_says_what_it_would_do_and_does_it(tmp_path):
    build_frame()
    file, out = tmp_path / "fiches.json", StringIO()
    file.write_text(json.dumps([NEW]))
    call_command("import_solutions", file, dry_run=True, stdout=out)
    assert "nouvelle: create" in out.getvalue()
    assert not SolutionPage.objects.exists()
    assert not SheetImport.objects.exists()
    call_command("import_solutions", file, stdout=out)
    assert "written: 1/1" in out.getvalue()
    assert SolutionPage.objects.get().slug == "nouvelle"


def test_the_command_refuses_what_the_screen_refuses(tmp_path):
    file = tmp_path / "fiches.json"
    file.write_text(json.dumps([NEW | {"kind": "?"}]))
    for path in (file, tmp_path / "nowhere.json"):
        with pytest.raises(CommandError):
            call_command("import_solutions", path, stdout=StringIO(), stderr=StringIO())
    assert not SolutionPage.objects.exists()
