"""The shortlists of an authority, from the first solution to the locked report."""

import json
import re
import zlib
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from catalogue.models import Shortlist, ShortlistedSolution
from catalogue.shortlists import report, services
from catalogue.shortlists.enums import Verdict
from catalogue.shortlists.models import LockedError
from metropole.core.personal_data import erase, export_of
from tests.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
WORDS = {"title": "Compter les vélos", "need": "Savoir combien passent.", "criteria": "Sans image\nEn Europe"}


@pytest.fixture
def organisation(agent):
    return agent.memberships.get().organisation


@pytest.fixture
def draft(agent, organisation, counting, loops):
    return services.draw_up(Shortlist(organisation=organisation, **WORDS), agent, [counting, loops])


@pytest.fixture
def ready(draft):
    draft.considered.filter(title__startswith="Compteur").update(verdict=Verdict.LEFT_OUT, reason="=Filme la rue.")
    draft.considered.filter(title__startswith="Boucles").update(verdict=Verdict.KEPT, reason="Ne filme pas.")
    return draft


@pytest.fixture
def locked(ready, agent):
    services.lock(ready, agent)
    return Shortlist.objects.get()


def to(name, shortlist=None, *more):
    return reverse(f"shortlists:{name}", args=[shortlist.pk, *more] if shortlist else [])


def test_an_agent_draws_one_up_from_a_comparison(as_person, agent, organisation, counting, loops):
    url = f"{to('new')}?solution={counting.slug}&solution={loops.slug}&solution=inconnu"
    answer = as_person(agent).post(url, {"organisation": organisation.pk, **WORDS}, follow=True)
    drawn = Shortlist.objects.get()
    assert answer.status_code == 200
    assert drawn.drawn_up_by == agent
    assert {one.title for one in drawn.considered.all()} == {counting.title, loops.title}
    assert all(title in answer.content.decode() for title in (counting.title, loops.title))


def test_it_is_for_authorities_one_contributes_for(as_person, frame):
    company = MembershipFactory(organisation=OrganisationFactory(), contributes=True)
    without_right = MembershipFactory()
    for membership in (company, without_right):
        person = membership.person
        assert as_person(person).get(to("new")).status_code == 200
        as_person(person).post(to("new"), {"organisation": membership.organisation_id, **WORDS})
        with pytest.raises(PermissionDenied):
            services.draw_up(Shortlist(organisation=membership.organisation, **WORDS), person)
    assert not Shortlist.objects.exists()


def test_one_cannot_be_drawn_up_for_another_authority(as_person, agent, frame):
    other = MembershipFactory(contributes=True).organisation
    assert as_person(agent).post(to("new"), {"organisation": other.pk, **WORDS}).status_code == 200
    assert not Shortlist.objects.exists()


SCREENS = ("shortlist", "edit", "consider", "delete", "lock", "pdf", "xlsx", "content")


def test_colleagues_who_contribute_read_it_and_for_others_it_is_not_there(as_person, locked, organisation):
    colleague = MembershipFactory(organisation=organisation, contributes=True).person
    without_right = MembershipFactory(organisation=organisation).person
    stranger = MembershipFactory(contributes=True).person
    for name in SCREENS:
        assert as_person(colleague).get(to(name, locked)).status_code in (200, 302)
        for person in (without_right, stranger):
            assert as_person(person).get(to(name, locked)).status_code == 404
    assert locked.title in as_person(colleague).get(to("index")).content.decode()
    assert locked.title not in as_person(stranger).get(to("index")).content.decode()


def test_a_visitor_is_asked_to_sign_in(client, locked):
    for name in SCREENS:
        assert client.get(to(name, locked)).status_code == 302


def test_a_draft_is_changed_and_judged_solution_by_solution(as_person, agent, draft, counting, loops):
    client = as_person(agent)
    client.post(to("edit", draft), {**WORDS, "title": "Autre titre"})
    one = draft.considered.get(title=counting.title)
    client.post(to("judge", draft, one.pk), {"verdict": "left_out", "reason": "Filme."})
    client.post(to("forget", draft, draft.considered.get(title=loops.title).pk))
    assert [(o.title, o.verdict, o.reason) for o in draft.considered.all()] == [(counting.title, "left_out", "Filme.")]
    client.post(to("consider", draft), {"solution": [loops.slug]})
    assert draft.considered.count() == 2
    client.post(to("consider", draft), {"solution": [loops.slug, "inconnu"]})
    draft.refresh_from_db()
    assert (draft.title, draft.considered.count()) == ("Autre titre", 2)
    assert client.get(to("judge", draft, 10**12)).status_code == 404


def test_it_is_not_locked_before_each_solution_is_judged_with_a_reason(as_person, agent, draft):
    client = as_person(agent)
    assert len(services.missing_to_lock(draft)) == 2
    page = client.post(to("lock", draft)).content.decode()
    assert "Boucles au sol" in page
    draft.considered.update(verdict=Verdict.KEPT)
    with pytest.raises(ValidationError):
        services.lock(draft, agent)
    draft.considered.all().delete()
    with pytest.raises(ValidationError):
        services.lock(draft, agent)
    assert not Shortlist.objects.get().is_locked


def test_the_copy_is_that_of_the_minute_with_the_levels(locked, organisation, counting, confirm):
    content = locked.content
    assert content["organisation"]["name"] == str(organisation)
    assert content["criteria"] == ["Sans image", "En Europe"]
    assert datetime.fromisoformat(content["locked_at"]) == locked.locked_at <= datetime.now(UTC)
    sheet = next(one["sheet"] for one in content["solutions"] if one["title"] == counting.title)
    fields = {field["name"]: field for group in sheet["groups"] for field in group["fields"]}
    assert (fields["hosting_place"]["value"], fields["hosting_place"]["level"]) == ("Allemagne", "evidenced")
    assert fields["hosting_place"]["evidence"][0]["address"] == "https://example.org/c"
    assert (fields["hosting_zone"]["level"], fields["retention"]["value"]) == ("unverified", "")
    counting.hosting_place = "Italie"
    counting.save_revision().publish()
    confirm(counting, "hosting_zone")
    assert Shortlist.objects.get().content == content


def test_the_digest_is_that_of_the_bytes_one_can_download(as_person, agent, locked):
    given = as_person(agent).get(to("content", locked)).content
    assert sha256(given).hexdigest() == locked.digest
    assert json.loads(given) == locked.content
    assert agent.email not in given.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Autre"}, {"need": "Autre"}, {"criteria": "Autre"}, {"content": {"version": 1}}, {"digest": "0" * 64},
        {"state": "draft", "locked_at": None, "content": None, "digest": ""},
        {"locked_at": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)  # fmt: skip
def test_the_database_refuses_to_change_what_is_locked(locked, change):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Shortlist.objects.filter(pk=locked.pk).update(**change)


def test_nobody_changes_what_is_locked(as_person, agent, locked):
    client, one = as_person(agent), locked.considered.first()
    client.post(to("edit", locked), {**WORDS, "title": "Autre"})
    client.post(to("judge", locked, one.pk), {"verdict": "kept", "reason": "Autre"})
    client.post(to("forget", locked, one.pk))
    client.post(to("consider", locked), {"solution": []})
    client.post(to("delete", locked))
    with pytest.raises(LockedError):
        locked.delete()
    for act in (services.delete, services.lock):
        with pytest.raises(PermissionDenied):
            act(locked, agent)
    assert Shortlist.objects.get().title == WORDS["title"]
    assert locked.considered.count() == 2
    assert ShortlistedSolution.objects.get(pk=one.pk).reason == one.reason


def test_a_draft_is_deleted_with_what_is_in_it(as_person, agent, draft):
    as_person(agent).post(to("delete", draft))
    assert not Shortlist.objects.exists()


def test_a_sheet_that_is_gone_still_has_its_line(agent, ready, counting):
    counting.unpublish()
    services.lock(ready, agent)
    one = next(one for one in ready.content["solutions"] if one["title"] == counting.title)
    assert (one["sheet"], one["reason"]) == (None, "=Filme la rue.")
    assert counting.title in report.page(ready)


def test_the_journal_says_who_began_and_who_locked_it(locked, agent):
    actions = ModelLogEntry.objects.filter(object_id=str(locked.pk), user=agent).values_list("action", flat=True)
    assert set(actions) >= {"catalogue.shortlist.draw_up", "catalogue.shortlist.lock"}


def test_a_closed_account_leaves_no_name_and_the_copy_as_it_was(agent, locked):
    assert export_of(agent)["shortlists"][0]["title"] == locked.title
    erase(agent)
    kept = Shortlist.objects.get()
    assert kept.drawn_up_by is None
    assert (kept.content, kept.digest) == (locked.content, locked.digest)


def test_the_spreadsheet_holds_no_formula(as_person, agent, locked):
    answer = as_person(agent).get(to("xlsx", locked))
    book = load_workbook(BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    values = {cell.value for cell in cells}
    assert {"=Filme la rue.", locked.digest, "Allemagne"} <= values
    assert any(isinstance(value, int) for value in values)


def test_the_report_is_a_tagged_pdf_in_its_language(as_person, agent, locked):
    answer = as_person(agent).get(to("pdf", locked))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-1.7")
    written = inflated(answer.content)
    for mark in (b"/MarkInfo <</Marked true>>", b"/StructTreeRoot", b"/Lang (fr)", b"pdfuaid:part", b"/S /TH"):
        assert mark.replace(b" ", b"") in written.replace(b" ", b""), mark


def inflated(pdf):
    """A PDF with the objects that its compressed streams hold."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")


def test_what_the_report_is_made_of_is_escaped_and_has_its_levels(locked):
    locked.content["need"] = "<img src='https://evil.example/x.png'>"
    page = report.page(locked)
    assert "<img" not in page
    assert page.count('scope="row"') > 20
    with translation.override("fr"):
        assert "Allemagne" in page
    assert report.pdf(locked).startswith(b"%PDF")


def test_without_its_library_the_report_says_so(as_person, agent, locked, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    answer = as_person(agent).get(to("pdf", locked))
    assert answer.status_code == 503
    assert to("xlsx", locked) in answer.content.decode()
    assert to("pdf", locked) not in as_person(agent).get(to("shortlist", locked)).content.decode()


def test_the_workspace_leads_to_them(as_person, agent, draft):
    page = as_person(agent).get(reverse("workspace")).content.decode()
    assert draft.title in page
    assert to("new") in page
