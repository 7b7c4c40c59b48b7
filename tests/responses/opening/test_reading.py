"""The panel declares its interests, reads, notes alone, then says together what it thinks."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from metropole.core.policy import policy
from metropole.responses.models import Note, Reading, Response
from metropole.responses.opening import reading
from metropole.responses.opening.panel import labelled, names_are_shown
from tests.factories import MembershipFactory, SolutionPageFactory

from .steps import PARTNER, add_file, marks, open_by, read_by, respond

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def opened(need, response, first, second):
    return open_by(need, first, second)


def fresh(response):
    return Response.objects.select_related("need", "organisation").get(pk=response.pk)


def test_nobody_reads_before_they_have_declared_that_they_have_no_interest(opened, response, first):
    assert not policy.may(first, "response.read", fresh(response))
    with pytest.raises(PermissionDenied):
        reading.opened_by(fresh(response), first)
    reading.declare(opened, first, has_conflict=False)
    reading.opened_by(fresh(response), first)
    reading.opened_by(fresh(response), first)
    assert Reading.objects.get().person == first


def test_a_conflict_closes_the_responses_for_good(opened, response, first, as_person):
    with pytest.raises(ValidationError):
        reading.declare(opened, first, has_conflict=True)
    reading.declare(opened, first, has_conflict=False)
    reading.declare(opened, first, has_conflict=True, statement="Mon frère y travaille.")
    with pytest.raises(ValidationError):
        reading.declare(opened, first, has_conflict=False)
    assert not policy.may(first, "response.read", fresh(response))
    client = as_person(first)
    for name in ("responses", "exchanges", "responses_xlsx", "bundle_xlsx", "bundle_pdf"):
        answer = client.get(reverse(f"opening:{name}", args=[opened.key]))
        assert answer.url == reverse("opening:declaration", args=[opened.key])
    assert "Zébulon" not in client.get(reverse("opening:declaration", args=[opened.key])).content.decode()


def test_neither_moderators_nor_strangers_nor_the_administrator_read(opened, response, moderator, client):
    from tests.factories import UserFactory

    for person in (moderator, UserFactory(administrator=True), MembershipFactory(contributes=True).person):
        client.force_login(person)
        for address in (
            reverse("opening:responses", args=[opened.key]),
            reverse("opening:response", args=[opened.key, response.pk]),
        ):
            assert client.get(address).status_code == 404
        with pytest.raises(PermissionDenied):
            reading.declare(opened, person, has_conflict=False)


def test_who_belongs_to_a_respondent_does_not_read_its_response(opened, response, company, first, as_person):
    MembershipFactory(person=first, organisation=company)
    reading.declare(opened, first, has_conflict=False)
    page = as_person(first).get(reverse("opening:responses", args=[opened.key])).content.decode()
    assert "Zébulon" not in page
    assert as_person(first).get(reverse("opening:response", args=[opened.key, response.pk])).status_code == 404


def test_the_panel_reads_what_was_deposited_point_by_point(opened, response, first, as_person):
    read_by(opened, first)
    client = as_person(first)
    assert "Zébulon" in client.get(reverse("opening:responses", args=[opened.key])).content.decode()
    page = client.get(reverse("opening:response", args=[opened.key, response.pk])).content.decode()
    assert "Nos capteurs comptent tout." in page


def test_a_price_is_an_amount_and_a_sheet_that_is_gone_keeps_its_title(need, company, first, second, as_person):
    gone = SolutionPageFactory(title="Zébucompte")
    response = respond(need, company, solutions=[gone], price="12000.00")
    gone.unpublish()
    opened = open_by(need, first, second)
    read_by(opened, first)
    page = as_person(first).get(f"/en/workspace/needs/{opened.key}/responses/{response.pk}/").content.decode()
    assert "12,000.00 €" in page
    assert "Zébucompte" in page


def test_a_damaged_response_says_so_and_can_still_be_decided_upon(opened, response, first, as_person):
    reading.declare(opened, first, has_conflict=False)
    Response.objects.filter(pk=response.pk).update(deposited=b"damaged")
    answer = as_person(first).get(reverse("opening:response", args=[opened.key, response.pk]))
    assert answer.status_code == 200
    assert Reading.objects.exists()


def test_the_order_is_that_of_chance_and_stays(need, first, second):
    for _number in range(5):
        respond(need)
    opened = open_by(need, first, second)
    found = [(one.label, one.response.pk) for one in labelled(opened)]
    assert found == [(one.label, one.response.pk) for one in labelled(opened)]
    assert [pk for _label, pk in found] == sorted(pk for _label, pk in found)
    assert found[0][0][-1] == "A"


def test_files_are_unsealed_for_the_panel_alone_and_never_kept(opened, response, first, second, moderator, client):
    file = add_file(response)
    reading.declare(opened, first, has_conflict=False)
    address = reverse("opening:file", args=[opened.key, response.pk, file.pk])
    client.force_login(first)
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 secret"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    client.force_login(second)
    assert client.get(address).status_code == 302
    client.force_login(moderator)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_file_that_lies_nowhere_is_not_there(opened, response, first, client):
    file = add_file(response)
    file.file.storage.delete(file.file.name)
    read_by(opened, first)
    client.force_login(first)
    assert client.get(reverse("opening:file", args=[opened.key, response.pk, file.pk])).status_code == 404


def test_notes_are_their_readers_own_until_the_common_opinion(opened, response, first, second, as_person):
    read_by(opened, first, second)
    reading.note(response, first, marks(opened), "Solide.", is_finished=True)
    reading.note(response, second, marks(opened, "partly"), "Trop cher.", is_finished=False)
    address = reverse("opening:response", args=[opened.key, response.pk])
    assert "Trop cher." not in as_person(first).get(address).content.decode()
    assert "Solide." not in as_person(second).get(address).content.decode()
    reading.opine(response, first, marks(opened), "Convient.")
    for person in (first, second):
        page = as_person(person).get(address).content.decode()
        assert all(words in page for words in ("Trop cher.", "Solide.", "Convient."))
    with pytest.raises(ValidationError):
        reading.note(fresh(response), second, marks(opened), "Plus tard.", is_finished=True)


def test_who_writes_the_common_opinion_has_finished_their_own_notes(opened, response, first):
    read_by(opened, first)
    with pytest.raises(ValidationError):
        reading.opine(response, first, marks(opened), "Convient.")
    with pytest.raises(ValidationError):
        reading.note(response, first, [], "Solide.", is_finished=True)
    assert not Note.objects.exists()


def test_a_co_carrier_reads_and_notes_but_the_lead_alone_writes_the_opinion(opened, response, first):
    from .test_opening import join

    partner = join(opened)
    read_by(opened, partner)
    reading.note(response, partner, marks(opened), "Bien.", is_finished=True)
    with pytest.raises(PermissionDenied):
        reading.opine(response, partner, marks(opened), "Convient.")


@pytest.fixture
def anonymous(need, company, first, second):
    from metropole.board.models import Need

    Need.objects.filter(pk=need.pk).update(anonymous_reading=True)
    need.refresh_from_db()
    solution = SolutionPageFactory(title="Zébucompte")
    respond(
        need,
        company,
        summary="Zébulon Capteurs propose Zébucompte avec Partenaire SA (SIREN 200054781).",
        partners=[PARTNER],
        solutions=[solution],
        experience="À Nulle-Part.",
    )
    return open_by(need, first, second)


def test_a_first_reading_without_names_hides_them_everywhere(anonymous, first, as_person):
    response = Response.objects.get()
    file = add_file(response)
    read_by(anonymous, first)
    client = as_person(first)
    for name in ("responses", "exchanges", "declaration", "minutes"):
        page = client.get(reverse(f"opening:{name}", args=[anonymous.key])).content.decode()
        assert "Zébulon" not in page
    page = client.get(reverse("opening:response", args=[anonymous.key, response.pk])).content.decode()
    assert not any(
        word in page for word in ("Zébulon", "Zébucompte", "Partenaire SA", "200054781", "Nulle-Part", "Zebulon.pdf")
    )
    assert "propose […] avec […]" in page
    assert client.get(reverse("opening:file", args=[anonymous.key, response.pk, file.pk])).status_code == 404
    book = client.get(reverse("opening:responses_xlsx", args=[anonymous.key])).content
    assert "Zébulon" not in text_of(book)


def test_names_are_shown_once_each_reader_has_finished_their_notes(anonymous, first, second, as_person):
    response = Response.objects.get()
    read_by(anonymous, first, second)
    reading.note(response, first, marks(anonymous), "Bien.", is_finished=True)
    assert not names_are_shown(anonymous)
    reading.note(response, second, marks(anonymous), "Bien.", is_finished=True)
    assert names_are_shown(anonymous)
    page = as_person(first).get(reverse("opening:response", args=[anonymous.key, response.pk])).content.decode()
    assert all(word in page for word in ("Zébulon", "Zébucompte", "Partenaire SA"))


def text_of(book: bytes) -> str:
    from io import BytesIO

    from openpyxl import load_workbook

    cells = (row for sheet in load_workbook(BytesIO(book)) for row in sheet.iter_rows(values_only=True))
    return "\n".join(str(cell) for row in cells for cell in row if cell is not None)


def test_the_spreadsheet_of_responses_runs_nothing(need, company, first, second, as_person):
    from io import BytesIO

    from openpyxl import load_workbook

    respond(need, company, summary="=HYPERLINK(1)", approach="@cmd")
    opened = open_by(need, first, second)
    read_by(opened, first)
    answer = as_person(first).get(reverse("opening:responses_xlsx", args=[opened.key]))
    assert "no-store" in answer["Cache-Control"]
    book = load_workbook(BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.value == "=HYPERLINK(1)" for cell in cells)
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}


def test_notes_and_opinion_are_written_on_the_screens(opened, response, first, client):
    client.force_login(first)
    client.post(reverse("opening:declaration", args=[opened.key]), {"interest": "none"})
    client.get(reverse("opening:response", args=[opened.key, response.pk]))
    address = reverse("opening:notes", args=[opened.key, response.pk])
    refused = client.post(address, {"mark-0": "met", "comment-0": "Vu <b>.", "text": "Solide.", "finish": "yes"})
    page = refused.content.decode()
    assert refused.status_code == 200
    assert "Vu &lt;b&gt;." in page
    posted = {"mark-0": "met", "mark-1": "partly", "text": "Solide."}
    assert client.post(address, {**posted, "finish": "yes"}).status_code == 302
    note = Note.objects.get()
    assert [row["mark"] for row in note.points] == ["met", "partly"]
    address = reverse("opening:opinion", args=[opened.key, response.pk])
    assert client.post(address, {**posted, "mark-0": "absurd"}).status_code == 200
    assert client.post(address, posted).status_code == 302
    assert "Solide." in client.get(address).content.decode()
