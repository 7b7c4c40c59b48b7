"""What a company sees and does: from a need's page to the receipt, and what it is told when it is refused."""

import datetime as dt
import json
from hashlib import sha256

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import strip_tags

from metropole.board.enums import NeedMode
from metropole.board.models import Need, NeedText
from metropole.contributions.files.check import checked
from metropole.core.pdf import trouble
from metropole.core.templatetags.site_tags import paris_time
from metropole.organisations.enums import LegalKind, Verification
from metropole.organisations.legal import accept
from metropole.organisations.models import LegalText
from metropole.responses.models import Receipt, Response, ResponseFile
from metropole.responses.writing import receipts, services
from metropole.responses.writing.forms import step_form
from metropole.responses.writing.steps import STEPS, fields_of
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, UserFactory

from .conftest import ANSWERS, CONNECTED, OFFLINE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frame"), pytest.mark.one_database]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nSENTINELLE-FICHIER\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JSON = {"Accept": "application/json"}


def to(name, response, *more):
    return reverse(f"responses:{name}", args=[response.pk, *more])


def beginning(need):
    return reverse("responses:begin", args=[need.slug])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def a_file(content=PDF, name="Présentation SENTINELLE-TITRE.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


class TestBeginning:
    def test_leads_from_the_need_to_a_draft(self, as_person, depositor, need, company):
        client = as_person(depositor)
        assert beginning(need) in text_of(client.get(need.get_absolute_url()))
        answer = client.post(beginning(need), {"organisation": company.pk})
        begun = Response.objects.get()
        assert answer.url == to("response", begun)
        assert (begun.need, begun.organisation, begun.begun_by) == (need, company, depositor)
        page = text_of(client.get(need.get_absolute_url()))
        assert answer.url in page
        assert beginning(need) not in page

    def test_is_offered_to_visitors_who_sign_in_first(self, client, need):
        assert beginning(need) in text_of(client.get(need.get_absolute_url()))
        assert client.get(beginning(need)).status_code == 302

    def test_a_second_one_lands_on_the_first(self, as_person, draft, need, company):
        colleague = MembershipFactory(organisation=company, deposits=True).person
        answer = as_person(colleague).post(beginning(need), {"organisation": company.pk})
        assert answer.url == to("response", draft)
        assert Response.objects.count() == 1

    def test_asks_for_the_texts_in_force_first(self, as_person, depositor, need, company):
        charter = LegalText.objects.create(
            kind=LegalKind.CHARTER, version=1, effective_at=timezone.now() - dt.timedelta(days=1)
        )
        client = as_person(depositor)
        assert client.post(beginning(need), {"organisation": company.pk}).url.startswith(
            reverse("organisations:accept_texts")
        )
        assert not Response.objects.exists()
        accept(depositor, charter, company)
        assert client.post(beginning(need), {"organisation": company.pk}).url == to("response", Response.objects.get())

    def test_a_newer_charter_is_accepted_before_depositing(self, as_person, draft, depositor):
        LegalText.objects.create(
            kind=LegalKind.CHARTER, version=2, effective_at=timezone.now() - dt.timedelta(minutes=1)
        )
        answer = as_person(depositor).post(to("deposit", draft), {"version": draft.draft_version})
        assert answer.url.startswith(reverse("organisations:accept_texts"))
        with pytest.raises(services.ValidationError):
            services.deposit(draft, depositor, draft.draft_version)
        assert not Receipt.objects.exists()


class TestRefusalsAreExplained:
    @pytest.fixture
    def refused(self, as_person, need):
        """Nothing is begun by a person, for any of their organisations; gives what they read."""

        def refused(person, need=need):
            client = as_person(person)
            for membership in person.memberships.all():
                answer = client.post(beginning(need), {"organisation": membership.organisation_id})
                assert answer.status_code in (403, 404)
            assert not Response.objects.exists()
            return text_of(client.get(beginning(need)))

        return refused

    def test_to_who_waits_for_verification(self, refused, depositor, company, need):
        company.verification = Verification.WAITING
        company.save()
        page = refused(depositor)
        assert "has not verified this organisation yet" in page or "n’a pas encore vérifié" in page
        assert reverse("moderation:report_error", args=["need", need.pk]) in page

    def test_to_members_without_the_right(self, refused, company):
        member = MembershipFactory(organisation=company, contributes=True).person
        assert reverse("organisations:home", args=[company.slug]) in refused(member)

    def test_to_agents_of_authorities_be_the_need_their_own(self, refused, need):
        agent = MembershipFactory(organisation=need.organisation, contributes=True, engages=True).person
        assert reverse("organisations:register") in refused(agent)

    def test_to_people_of_no_organisation(self, refused):
        assert reverse("organisations:mine") in refused(UserFactory())

    def test_where_the_need_refers_to_a_consultation(self, refused, depositor):
        url = "https://marches.example.org/1"
        assert url in refused(depositor, NeedFactory(mode=NeedMode.REFERRAL, consultation_url=url))

    def test_once_the_need_has_closed(self, refused, depositor):
        closed = NeedFactory(closed=True)
        assert " ".join(strip_tags(paris_time(closed.closes_at)).split()) in refused(depositor, closed)

    def test_forged_needs_and_organisations_are_not_there(self, as_person, depositor, need):
        client = as_person(depositor)
        assert client.get(beginning(NeedFactory(draft=True))).status_code == 404
        assert client.get(reverse("responses:begin", args=["jamais-vu"])).status_code == 404
        for forged in (OrganisationFactory().pk, "x", "9" * 40, "-1"):
            assert client.post(beginning(need), {"organisation": forged}).status_code == 404
        assert client.post(beginning(need), {}).status_code == 403
        assert not Response.objects.exists()


class TestOthers:
    @pytest.mark.parametrize("name", ["response", "step", "files", "deposit", "withdraw", "deposited", "copy"])
    def test_do_not_find_it_whatever_they_are(self, client, deposited, need, name):
        agent = MembershipFactory(organisation=need.organisation, contributes=True, engages=True, owns=True).person
        rival = MembershipFactory(organisation=OrganisationFactory(), deposits=True).person
        address = to(name, deposited, *([1] if name == "step" else []))
        for person in (agent, rival, UserFactory(group="Moderators"), UserFactory(administrator=True)):
            client.force_login(person)
            assert client.get(address).status_code == 404
            assert client.post(address, {"summary": "x", "version": 1}).status_code == 404

    def test_find_neither_its_receipts_nor_its_files(self, client, deposited, depositor):
        services.add_file(deposited, depositor, checked(a_file()), "Titre")
        receipt, file = Receipt.objects.get(), ResponseFile.objects.get()
        client.force_login(UserFactory(administrator=True))
        for address in (
            to("receipt", deposited, receipt.number),
            to("receipt_pdf", deposited, receipt.number),
            to("file", deposited, file.pk),
            to("take_file_away", deposited, file.pk),
        ):
            assert client.get(address).status_code == 404
            assert client.post(address).status_code in (404, 405)

    def test_a_key_of_another_response_opens_nothing(self, as_person, deposited, depositor):
        organisation = MembershipFactory(
            person=depositor, organisation=OrganisationFactory(), deposits=True
        ).organisation
        other = services.begin(NeedFactory(), organisation, depositor)
        receipt = Receipt.objects.get()
        assert as_person(depositor).get(to("receipt", other, receipt.number)).status_code == 404
        assert as_person(depositor).get(to("receipt", other, "x" * 300)).status_code == 404


class TestWriting:
    def test_goes_from_step_to_step_and_keeps_what_is_typed(self, as_person, depositor, need, company):
        begun = services.begin(need, company, depositor)
        client = as_person(depositor)
        answer = client.post(to("step", begun, 1), _posted(begun, summary="Bref", go_on="1"))
        assert answer.url == to("step", begun, 2)
        assert "Bref" in text_of(client.get(to("step", begun, 1)))
        assert OFFLINE.text in text_of(client.get(answer.url))

    def test_what_is_typed_wrongly_is_kept_and_said(self, as_person, draft, depositor):
        row = {"partners-0-name": "Partenaire", "partners-0-siren": "123456789", "partners-0-role": "Pose"}
        page = text_of(as_person(depositor).post(to("step", draft, 3), _posted(draft, step=3) | row))
        assert "SIREN" in page
        assert "Partenaire" in page
        draft.refresh_from_db()
        assert "Partenaire" in draft.draft_content["answers"]["partners"]

    def test_is_saved_while_one_types(self, as_person, draft, depositor):
        answer = as_person(depositor).post(to("step", draft, 1), _posted(draft, summary="En route"), headers=JSON)
        assert answer.status_code == 200
        assert answer.json()["seen"]["summary"]
        draft.refresh_from_db()
        assert draft.draft_content["answers"]["summary"] == "En route"

    def test_two_tabs_never_overwrite_each_other_unseen(self, as_person, draft, depositor):
        client = as_person(depositor)
        mine, theirs = _posted(draft, summary="Le mien"), _posted(draft, summary="Le leur")
        client.post(to("step", draft, 1), theirs)
        answer = client.post(to("step", draft, 1), mine)
        assert answer.status_code == 409
        assert "Le mien" in text_of(answer)
        assert "Le leur" in text_of(answer)
        assert client.post(to("step", draft, 1), mine, headers=JSON).status_code == 409
        draft.refresh_from_db()
        assert draft.draft_content["answers"]["summary"] == "Le leur"
        again = mine | {"seen": answer.context["form"].initial["seen"]}
        client.post(to("step", draft, 1), again)
        draft.refresh_from_db()
        assert draft.draft_content["answers"]["summary"] == "Le mien"

    def test_answers_to_a_criterion_that_has_changed_are_shown_with_its_words(self, as_person, draft, depositor, need):
        NeedText.objects.filter(need=need).update(essential_criteria=CONNECTED.text)
        page = text_of(as_person(depositor).get(to("step", draft, 2)))
        assert OFFLINE.text in page
        assert ANSWERS[OFFLINE.field] in page

    def test_an_answer_sent_after_the_criterion_changed_is_kept(self, as_person, draft, depositor, need):
        posted = _posted(draft, step=2) | {OFFLINE.field: "Réponse tardive", f"words-{OFFLINE.key}": OFFLINE.text}
        NeedText.objects.filter(need=need).update(essential_criteria=CONNECTED.text)
        as_person(depositor).post(to("step", draft, 2), posted)
        draft.refresh_from_db()
        assert draft.draft_content["answers"][OFFLINE.field] == "Réponse tardive"

    def test_sent_after_the_closing_it_is_refused_and_shown_to_be_copied(self, as_person, draft, depositor, need):
        client = as_person(depositor)
        with time_machine.travel(need.closes_at, tick=False):
            client.force_login(depositor)
            answer = client.post(to("step", draft, 1), _posted(draft, summary="Une seconde trop tard"))
            assert answer.status_code == 403
            assert "Une seconde trop tard" in text_of(answer)
            late = client.post(to("step", draft, 1), _posted(draft, summary="Encore"), headers=JSON)
            assert late.status_code == 409
            for name in ("step", "files", "deposit", "withdraw"):
                address = to(name, draft, *([1] if name == "step" else []))
                assert client.get(address).url == to("response", draft)
        draft.refresh_from_db()
        assert draft.draft_content["answers"]["summary"] == ANSWERS["summary"]

    def test_who_is_signed_out_finds_what_was_typed_and_nothing_of_it_is_stored(self, client, draft):
        answer = client.post(to("step", draft, 1), {"summary": "Déconnectée"})
        assert answer.status_code == 403
        assert "Déconnectée" in text_of(answer)
        assert "Déconnectée" not in json.dumps(dict(client.session))
        assert client.post(to("step", draft, 1), {"summary": "x"}, headers=JSON).status_code == 401

    def test_a_page_of_another_session_is_refused_with_what_it_held(self, draft, depositor):
        client = Client(enforce_csrf_checks=True)
        client.force_login(depositor)
        answer = client.post(to("step", draft, 1), {"summary": "Ancienne page"})
        assert answer.status_code == 403
        assert "Ancienne page" in text_of(answer)
        draft.refresh_from_db()
        assert draft.draft_content["answers"]["summary"] == ANSWERS["summary"]

    def test_members_without_the_right_read_and_write_nothing(self, as_person, draft, company):
        client = as_person(MembershipFactory(organisation=company).person)
        assert client.get(to("response", draft)).status_code == 200
        assert client.get(to("step", draft, 1)).status_code == 302
        assert client.post(to("step", draft, 1), {"summary": "x"}).status_code == 403
        assert client.post(to("deposit", draft), {"version": draft.draft_version}).status_code == 403

    @pytest.mark.parametrize("number", [0, 5, 99999999999999999999])
    def test_steps_that_are_not_there(self, as_person, draft, depositor, number):
        assert as_person(depositor).get(to("step", draft, number)).status_code == 404

    def test_bad_input_is_never_an_error_of_the_site(self, as_person, draft, depositor):
        client = as_person(depositor)
        bad = {
            "summary": "\x00\ud800".encode(errors="ignore"),
            "seen": "[[",
            "solutions": ["x", "y"],
            "partners": "[[[",
        }
        for number in range(1, 5):
            assert client.post(to("step", draft, number), bad).status_code < 500
        for version in ("", "x", "-1", "9" * 30):
            assert client.post(to("deposit", draft), {"version": version}).status_code == 403


def _posted(draft, step=1, **typed):
    """A step as it was given, with some of it typed over."""
    form = step_form(draft, STEPS[step - 1], draft.draft_content["answers"])
    held = {name: draft.draft_content["answers"].get(name, "") for name in fields_of(STEPS[step - 1], draft.need)}
    if step == 3:
        del held["partners"]
    return held | {"seen": form.initial["seen"]} | typed


class TestFiles:
    def test_are_added_read_and_taken_away(self, as_person, draft, depositor):
        client = as_person(depositor)
        client.post(to("files", draft), {"upload": a_file(), "title": "Présentation"})
        file = ResponseFile.objects.get()
        answer = client.get(to("file", draft, file.pk))
        assert b"".join(answer.streaming_content) == PDF
        assert "no-store" in answer.headers["Cache-Control"]
        assert client.post(to("take_file_away", draft, file.pk)).status_code == 302
        assert client.post(to("take_file_away", draft, file.pk)).status_code == 404
        assert not ResponseFile.objects.exists()

    def test_that_are_refused_say_why(self, as_person, draft, depositor):
        answer = as_person(depositor).post(to("files", draft), {"upload": a_file(b"MZ\x00\x00"), "title": "Programme"})
        assert answer.context["form"].errors["upload"]
        assert not ResponseFile.objects.exists()

    def test_are_never_on_the_disk_in_clear(self, as_person, draft, depositor, monkeypatch):
        def refused(*args, **kwargs):
            raise AssertionError

        monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", refused)
        large = a_file(b"SENTINELLE " * 300_000, "grand.txt")
        as_person(depositor).post(to("files", draft), {"upload": large, "title": "Grand"})
        assert ResponseFile.objects.count() == 1

    def test_that_are_too_large_say_so(self, as_person, draft, depositor, settings):
        settings.CONTRIBUTED_FILE_MAX_BYTES = 1000
        for size in (2_000, 2_000_000):
            large = a_file(b"x" * size, "grand.txt")
            answer = as_person(depositor).post(to("files", draft), {"upload": large, "title": "Grand"})
            assert "1000" in str(answer.context["form"].errors["upload"])
        assert not ResponseFile.objects.exists()

    def test_sent_from_another_site_are_refused(self, draft, depositor):
        client = Client(enforce_csrf_checks=True)
        client.force_login(depositor)
        answer = client.post(to("files", draft), {"upload": a_file(), "title": "Forgé"})
        assert answer.status_code == 403
        assert not ResponseFile.objects.exists()

    def test_that_the_antivirus_does_not_pass_are_not_kept(self, as_person, draft, depositor, settings):
        settings.CLAMD_ADDRESS = "127.0.0.1:1"
        answer = as_person(depositor).post(to("files", draft), {"upload": a_file(), "title": "Attente"})
        assert answer.context["form"].errors["upload"]
        assert not ResponseFile.objects.exists()

    def test_of_a_deposit_stay_with_it_until_it_is_replaced(self, as_person, draft, depositor):
        client = as_person(depositor)
        client.post(to("files", draft), {"upload": a_file(), "title": "Présentation"})
        draft.refresh_from_db()
        receipt = services.deposit(draft, depositor, draft.draft_version)
        file = ResponseFile.objects.get()
        assert receipt.files == [draft.draft_content["files"][0]["sha256"]]
        client.post(to("take_file_away", draft, file.pk))
        assert client.get(to("file", draft, file.pk)).status_code == 200
        draft.refresh_from_db()
        services.deposit(draft, depositor, draft.draft_version)
        assert client.get(to("file", draft, file.pk)).status_code == 404

    def test_have_a_limit(self, draft, depositor, monkeypatch):
        monkeypatch.setattr("metropole.responses.writing.files.MOST_BYTES", len(PDF) + 1)
        services.add_file(draft, depositor, checked(a_file()), "Un")
        with pytest.raises(services.ValidationError):
            services.add_file(draft, depositor, checked(a_file()), "Deux")


class TestDepositing:
    def test_by_the_buttons_alone(self, as_person, draft, depositor, mailoutbox, django_capture_on_commit_callbacks):
        client = as_person(depositor)
        assert "SENTINELLE-CRITERE" in text_of(client.get(to("deposit", draft)))
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(to("deposit", draft), {"version": draft.draft_version})
        receipt = Receipt.objects.get()
        assert answer.url == to("receipt", draft, receipt.number)
        page = text_of(client.get(answer.url))
        assert receipt.digest in page
        assert receipt.number in page
        (mail,) = mailoutbox
        assert mail.to == [depositor.email]
        assert receipt.digest in mail.body
        assert "SENTINELLE" not in mail.subject + mail.body
        assert client.get(to("deposited", draft)).status_code == 200
        copied = client.get(to("copy", draft)).content
        assert sha256(copied).hexdigest() == receipt.digest

    def test_what_is_missing_is_listed_with_its_place(self, as_person, draft, depositor):
        services.save(draft, depositor, {OFFLINE.field: ""}, services.seen_of(draft, [OFFLINE.field]))
        page = text_of(as_person(depositor).get(to("deposit", draft)))
        assert f"{to('step', draft, 2)}?check=1#id_{OFFLINE.field}" in page
        draft.refresh_from_db()
        answer = as_person(depositor).post(to("deposit", draft), {"version": draft.draft_version})
        assert answer.status_code == 403
        assert not Receipt.objects.exists()

    def test_a_page_opened_before_the_closing_and_sent_after_it_is_refused(self, as_person, draft, depositor, need):
        with time_machine.travel(need.closes_at + dt.timedelta(seconds=1), tick=False):
            answer = as_person(depositor).post(to("deposit", draft), {"version": draft.draft_version})
        assert answer.status_code == 403
        assert not Receipt.objects.exists()

    def test_withdrawing_has_its_receipt_too(self, as_person, deposited, depositor):
        client = as_person(depositor)
        assert client.get(to("withdraw", deposited)).status_code == 200
        answer = client.post(to("withdraw", deposited))
        receipt = Receipt.objects.get(kind="withdrawn")
        assert answer.url == to("receipt", deposited, receipt.number)
        assert client.get(to("deposited", deposited)).status_code == 404
        assert client.post(to("withdraw", deposited)).status_code == 403

    @pytest.mark.skipif(bool(trouble()), reason="Pango is not installed")
    def test_a_receipt_is_a_pdf_with_the_hash(self, as_person, deposited, depositor, need):
        receipt = Receipt.objects.get()
        answer = as_person(depositor).get(to("receipt_pdf", deposited, receipt.number))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert receipt.digest in receipts.page(receipt)
        assert need.name in receipts.page(receipt)

    def test_after_the_closing_it_is_read_by_its_organisation(self, as_person, deposited, depositor, company):
        now = timezone.now()
        Response.objects.filter(pk=deposited.pk).update(submitted_at=now - dt.timedelta(days=2))
        Need.objects.filter(pk=deposited.need_id).update(closes_at=now - dt.timedelta(days=1))
        client = as_person(depositor)
        page = text_of(client.get(to("response", deposited)))
        assert Receipt.objects.get().number in page
        assert to("withdraw", deposited) not in page
        assert "SENTINELLE-CRITERE" in text_of(client.get(to("deposited", deposited)))

    def test_once_it_is_erased_its_receipts_stay(self, as_person, deposited, depositor):
        services.add_file(deposited, depositor, checked(a_file()), "Titre")
        past = timezone.now() - dt.timedelta(days=800)
        Response.objects.update(submitted_at=past - dt.timedelta(hours=1))
        Need.objects.filter(pk=deposited.need_id).update(published_at=past - dt.timedelta(days=20), closes_at=past)
        Response.objects.update(draft=b"", deposited=None, purged_at=timezone.now())
        client = as_person(depositor)
        page = text_of(client.get(to("response", deposited)))
        assert Receipt.objects.get().number in page
        assert to("deposited", deposited) not in page
        assert client.get(to("deposited", deposited)).status_code == 404
        assert client.get(to("file", deposited, ResponseFile.objects.get().pk)).status_code == 404


class TestTheWorkspace:
    def test_lists_ones_own_and_marks_what_is_not_deposited(self, as_person, draft, depositor, need):
        other = MembershipFactory(person=depositor, organisation=OrganisationFactory(), deposits=True).organisation
        services.begin(NeedFactory(), other, depositor)
        page = text_of(as_person(depositor).get(reverse("responses:index")))
        assert page.count("badge-care") == 2
        assert need.name in page
        assert to("response", draft) in page

    def test_says_when_there_is_none(self, as_person):
        assert as_person(UserFactory()).get(reverse("responses:index")).status_code == 200

    def test_shows_on_its_home_what_closes_soon(self, as_person, depositor, draft):
        home = reverse("workspace")
        assert to("response", draft) not in text_of(as_person(depositor).get(home))
        Need.objects.filter(pk=draft.need_id).update(closes_at=timezone.now() + dt.timedelta(days=3))
        assert to("response", draft) in text_of(as_person(depositor).get(home))
        services.deposit(draft, depositor, draft.draft_version)
        assert to("response", draft) not in text_of(as_person(depositor).get(home))

    def test_speaks_english(self, as_person, draft, depositor):
        with translation.override("en"):
            address = to("deposit", draft)
        page = text_of(as_person(depositor).get(address))
        assert "this is what the authorities will read after the closing" in page

    def test_what_no_key_opens_is_said_in_words(self, as_person, draft, depositor, settings):
        settings.RESPONSE_KEYS = ["b3RoZXItdGVzdC1vbmx5LWtleS1ub3QtdGhlLXNhbWU="]
        for name in ("step", "deposit"):
            answer = as_person(depositor).get(to(name, draft, *([1] if name == "step" else [])))
            assert answer.status_code == 503
