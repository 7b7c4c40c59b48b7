"""Nothing of a response is in clear where it is kept, and nobody but its organisation learns of it."""

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.conf import settings as site_settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex

from metropole.board.audience import people
from metropole.board.lifecycle.table import Told
from metropole.board.models import Need
from metropole.contributions.files.check import checked
from metropole.core.personal_data import erase, export_of
from metropole.notifications.models import Mail, Notification
from metropole.responses.models import FOLDER, Receipt, Response, ResponseFile
from metropole.responses.writing import services
from metropole.responses.writing.files import sweep_orphans
from metropole.responses.writing.guards import merging_loses_nothing
from metropole.responses.writing.reminders import remind
from tests.factories import MembershipFactory, NeedFactory, OrganisationFactory, UserFactory

from .conftest import ANSWERS

pytestmark = pytest.mark.django_db
SENTINEL = re.compile(rb"SENTINELLE-(?!NOM)")
TEXT = b"SENTINELLE-FICHIER est dans ce texte.\n"
NEW_KEY = Fernet.generate_key().decode()


@pytest.fixture
def with_file(draft, depositor):
    given = checked(SimpleUploadedFile("SENTINELLE-TITRE.txt", TEXT, "text/plain"))
    services.add_file(draft, depositor, given, "SENTINELLE-TITRE")
    draft.refresh_from_db()
    services.deposit(draft, depositor, draft.draft_version)
    draft.refresh_from_db()
    return draft


def tables_in_clear():
    """All that the database holds, as bytes."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the database's own names
            for row in cursor.fetchall():
                for cell in row:
                    yield table, bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def files_on_disk():
    return list((Path(site_settings.PRIVATE_ROOT) / FOLDER).glob("*"))


def test_neither_the_database_nor_the_disk_holds_a_word_of_it(with_file, company):
    # The organisation is known by its name, of course: in its own table, and where organisations are looked for.
    known = company.name.encode()
    assert not {table for table, cell in tables_in_clear() if SENTINEL.search(cell.replace(known, b""))}
    assert not {table for table, cell in tables_in_clear() if table.startswith("responses") and known in cell}
    assert files_on_disk()
    for root in (site_settings.PRIVATE_ROOT, site_settings.MEDIA_ROOT):
        for path in Path(root).rglob("*"):
            assert not SENTINEL.search(str(path).encode() + (path.read_bytes() if path.is_file() else b""))


def test_no_line_of_the_log_speaks_of_it(draft, depositor, caplog):
    with caplog.at_level("DEBUG"):
        given = checked(SimpleUploadedFile("SENTINELLE-TITRE.txt", TEXT, "text/plain"))
        services.add_file(draft, depositor, given, "SENTINELLE-TITRE")
        draft.refresh_from_db()
        services.deposit(draft, depositor, draft.draft_version)
    assert "SENTINELLE" not in "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )


def test_nothing_is_written_in_the_journal_nor_counted_in_the_admin(with_file, company, need):
    assert not ModelLogEntry.objects.filter(content_type__app_label="responses").exists()
    assert not ModelLogEntry.objects.filter(data__icontains="SENTINELLE").exists()
    for model in apps.get_app_config("responses").get_models():
        assert not ReferenceIndex.model_is_indexable(model)
    for used in (company, need):
        assert not ReferenceIndex.get_references_to(used).filter(base_content_type__app_label="responses").exists()


def test_it_has_no_screen_in_the_admin_and_no_permission_there():
    from django.contrib.auth.models import Permission
    from wagtail.snippets.models import get_snippet_models

    assert not Permission.objects.filter(content_type__app_label="responses").exists()
    assert not [model for model in get_snippet_models() if model._meta.app_label == "responses"]


def test_an_administrator_who_would_delete_the_organisation_learns_nothing_of_it(deposited, company, client):
    client.force_login(UserFactory(administrator=True))
    for name in ("delete", "usage", "edit"):
        address = reverse(f"wagtailsnippets_organisations_organisation:{name}", args=[company.pk])
        for answer in (client.get(address), client.post(address) if name == "delete" else client.get(address)):
            page = answer.content.decode()
            assert answer.status_code < 500
            assert str(deposited.pk) not in page
            assert deposited.need.name not in page
    assert Response.objects.filter(pk=deposited.pk).exists()


def test_what_it_is_called_in_an_error_report_says_nothing(with_file):
    for row in (with_file, with_file.files.get(), with_file.receipts.get()):
        assert "SENTINELLE" not in repr(row)
        assert str(row.pk) in repr(row)


def test_who_answers_is_no_news_to_anybody_else(with_file, depositor):
    assert {news.person for news in Notification.objects.all()} == {depositor}
    assert {mail.person for mail in Mail.objects.all()} <= {depositor}


def test_administrators_see_of_a_mail_that_was_not_sent_whom_it_is_for_and_no_more(with_file, client, need):
    Mail.objects.update(state="failed", reason="550")
    client.force_login(UserFactory(administrator=True))
    page = client.get(reverse("notifications_admin:mails")).content.decode()
    assert need.name not in page
    assert Receipt.objects.get().number not in page
    assert "SENTINELLE" not in page


def test_numbers_and_keys_show_no_order(with_file, depositor):
    other = MembershipFactory(organisation=OrganisationFactory(), deposits=True)
    services.deposit_at_once(with_file.need, other.organisation, other.person, ANSWERS)
    numbers = list(Receipt.objects.values_list("number", flat=True))
    assert len({number[:4] for number in numbers}) == 2
    assert all(response.pk.version == 4 for response in Response.objects.all())


class TestKeys:
    def test_an_older_key_still_opens_and_what_is_new_is_sealed_with_the_first(self, with_file, depositor, settings):
        settings.RESPONSE_KEYS = [NEW_KEY, *settings.RESPONSE_KEYS]
        assert with_file.deposited_content["answers"]["summary"] == ANSWERS["summary"]
        answers = {"summary": "Nouvelle clé"}
        services.save(with_file, depositor, answers, services.seen_of(with_file, answers))
        settings.RESPONSE_KEYS = [NEW_KEY]
        with_file.refresh_from_db()
        assert with_file.draft_content["answers"]["summary"] == "Nouvelle clé"

    def test_rotating_seals_rows_and_files_anew_even_after_the_closing(
        self, with_file, settings, django_capture_on_commit_callbacks
    ):
        past = timezone.now() - dt.timedelta(days=1)
        Response.objects.update(submitted_at=past - dt.timedelta(hours=1))
        Need.objects.filter(pk=with_file.need_id).update(closes_at=past)
        before = set(files_on_disk())
        settings.RESPONSE_KEYS = [NEW_KEY, *settings.RESPONSE_KEYS]
        output = io.StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("rotate_response_keys", stdout=output)
        assert "2 of 2" in output.getvalue()
        settings.RESPONSE_KEYS = [NEW_KEY]
        with_file.refresh_from_db()
        assert with_file.deposited_content["answers"]["summary"] == ANSWERS["summary"]
        assert ResponseFile.objects.get().content() == TEXT
        assert len(set(files_on_disk()) - before) == 1
        assert len(before - set(files_on_disk())) == 1

    def test_rotating_stops_at_what_no_key_opens(self, with_file, settings):
        settings.RESPONSE_KEYS = [NEW_KEY]
        with pytest.raises(CommandError):
            call_command("rotate_response_keys", stdout=io.StringIO())


class TestOthersAreTold:
    def test_by_what_they_have_in_hand(self, draft, depositor, need, company):
        member = MembershipFactory(organisation=company).person
        assert people(need, Told.FOLLOWERS) == [depositor]
        assert people(need, Told.RESPONDENTS) == []
        services.deposit(draft, depositor, draft.draft_version)
        assert people(need, Told.RESPONDENTS) == [depositor]
        assert depositor not in people(need, Told.FOLLOWERS)
        assert member not in people(need, Told.RESPONDENTS)

    def test_once_before_the_closing_and_once_after_it(self, draft, depositor, need):
        remind()
        assert not Notification.objects.exists()
        Need.objects.filter(pk=need.pk).update(closes_at=timezone.now() + dt.timedelta(days=1))
        remind()
        remind()
        assert [news.kind for news in Notification.objects.all()] == ["response.reminder"]
        Need.objects.filter(pk=need.pk).update(closes_at=timezone.now() - dt.timedelta(hours=1))
        remind()
        remind()
        kinds = Notification.objects.filter(person=depositor).order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["response.reminder", "response.not_deposited"]

    def test_not_of_what_was_deposited_or_withdrawn(self, deposited, depositor, need):
        Notification.objects.all().delete()
        Need.objects.filter(pk=need.pk).update(closes_at=timezone.now() + dt.timedelta(days=1))
        remind()
        services.withdraw(deposited, depositor)
        Notification.objects.all().delete()
        remind()
        assert not Notification.objects.exists()


def test_a_need_with_deposits_is_not_merged_and_the_refusal_speaks_of_none(deposited, need):
    guard = next(guard for guard in _registered("merge") if guard.check is merging_loses_nothing)
    with pytest.raises(ValidationError) as refused:
        guard.check(_attempt(need))
    said = " ".join(refused.value.messages).lower()
    assert not any(word in said for word in ("response", "réponse", "deposit", "dépos"))
    guard.check(_attempt(NeedFactory()))


def _registered(step):
    from metropole.board.lifecycle import registry

    return [registry._guards[name] for name in registry.guard_names(step) if name in registry._guards]


def _attempt(need):
    from metropole.board.lifecycle.attempts import Attempt
    from metropole.board.lifecycle.table import STEP_BY_NAME

    return Attempt(need, STEP_BY_NAME["merge"], timezone.now(), need.state, None)


def test_ones_data_say_what_one_did_and_nothing_of_what_was_answered(with_file, depositor):
    exported = export_of(depositor)
    assert exported["responses"]["receipts"][0]["number"] == Receipt.objects.get().number
    assert ANSWERS["summary"] not in str(exported)
    erase(depositor)
    with_file.refresh_from_db()
    assert with_file.begun_by is None
    assert Receipt.objects.get().person is None


def test_files_that_no_row_knows_of_are_swept_a_day_later(with_file, monkeypatch):
    folder = Path(site_settings.PRIVATE_ROOT) / FOLDER
    orphan = folder / "orphelin"
    orphan.write_bytes(b"x")
    assert sweep_orphans() == 0
    monkeypatch.setattr("metropole.responses.writing.files.ORPHAN_AFTER_SECONDS", -10)
    before = set(files_on_disk())
    sweep_orphans()
    assert not orphan.exists()
    assert with_file.files.get().content() == TEXT
    assert orphan in before
