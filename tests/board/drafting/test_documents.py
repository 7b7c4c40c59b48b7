"""The documents of a need: checked, given to who may read the need, gone with it."""

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from metropole.board.drafting import services, upkeep
from metropole.board.models import NeedFile
from metropole.contributions.enums import ScanState
from tests.contributions.hostile import hostile_files, pdf

from .conftest import at, submit

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "private", tmp_path / "media"


def stored(settings) -> list[Path]:
    return [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]


def upload(client, need, content: bytes, name: str = "plan.pdf"):
    return client.post(
        at("files", need.key), {"upload": SimpleUploadedFile(name, content), "title": "Plan de la place"}
    )


def address(file: NeedFile) -> str:
    return at("file", file.need.key, file.pk, file.name)


def status(client, file: NeedFile) -> int:
    response = client.get(address(file))
    response.close()
    return response.status_code


def test_a_document_is_added_and_read_by_who_may_read_the_need(signed_in, client, draft, stranger, moderator, settings):
    assert upload(signed_in, draft, pdf()).status_code == 302
    file = NeedFile.objects.get()
    assert (file.name, file.title, len(stored(settings))) == ("plan.pdf", "Plan de la place", 1)
    assert address(file) in signed_in.get(at("files", draft.key)).content.decode()
    response = signed_in.get(address(file))
    assert b"".join(response.streaming_content) == pdf()
    response.close()
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    client.force_login(moderator)
    assert status(client, file) == 200
    client.force_login(stranger)
    assert status(client, file) == 404
    client.logout()
    assert status(client, file) == 404
    assert signed_in.get(address(file).replace("plan", "autre")).status_code == 404


@pytest.mark.parametrize("case", list(hostile_files())[:12], ids=lambda case: case[0])
def test_hostile_files_are_refused_with_the_reason_and_leave_nothing(signed_in, draft, settings, case):
    _label, name, content = case
    response = upload(signed_in, draft, content, name)
    assert response.status_code == 200
    assert response.context["form"].errors["upload"]
    assert not NeedFile.objects.exists()
    assert not stored(settings)


def test_a_document_that_waits_for_the_antivirus_keeps_the_need_back_and_is_given_to_nobody(
    signed_in, ready, settings, monkeypatch
):
    monkeypatch.setattr(services, "scan", lambda file: ScanState.WAITING)
    upload(signed_in, ready, pdf())
    file = NeedFile.objects.get()
    assert status(signed_in, file) == 404
    assert [lack.field for lack, _url in submit(signed_in, ready).context["lacking"]] == [f"file-{file.pk}"]
    assert upkeep.scan_waiting_files() == 1
    assert status(signed_in, file) == 200


def test_what_the_antivirus_refuses_is_not_kept(signed_in, draft, settings, monkeypatch):
    monkeypatch.setattr(services, "scan", lambda file: ScanState.INFECTED)
    assert upload(signed_in, draft, pdf()).context["form"].errors["upload"]
    assert not stored(settings)


def test_there_are_twenty_documents_at_most(signed_in, draft, monkeypatch):
    monkeypatch.setattr(services, "MOST_FILES", 1)
    assert upload(signed_in, draft, pdf()).status_code == 302
    assert upload(signed_in, draft, pdf()).context["form"].errors["upload"]


def test_a_document_is_taken_away_after_a_question(signed_in, draft, settings, django_capture_on_commit_callbacks):
    upload(signed_in, draft, pdf())
    url = at("remove", draft.key, NeedFile.objects.get().pk)
    assert signed_in.get(url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in.post(url).status_code == 302
    assert not NeedFile.objects.exists()
    assert not stored(settings)
    assert signed_in.get(url).status_code == 404
    assert signed_in.get(at("remove", draft.key, 10**30)).status_code == 404


def test_documents_go_with_their_draft(signed_in, draft, settings, django_capture_on_commit_callbacks):
    upload(signed_in, draft, pdf())
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(at("delete", draft.key))
    assert not stored(settings)


def test_everybody_downloads_the_documents_of_a_published_need(signed_in, client, ready, moderator, settings):
    upload(signed_in, ready, pdf())
    submit(signed_in, ready)
    file = NeedFile.objects.get()
    client.logout()
    assert status(client, file) == 404
    ready.refresh_from_db()
    publish(ready)
    assert address(file) in client.get(ready.get_absolute_url()).content.decode()
    assert status(client, file) == 200


def publish(need) -> None:
    need.published_at = timezone.now()
    need.save()
    need.texts.update(live=True)


def test_orphans_are_swept_and_what_is_known_stays(signed_in, draft, settings):
    upload(signed_in, draft, pdf())
    orphan = Path(settings.PRIVATE_ROOT) / "documents" / "needs" / "abcd" / "orphelin.pdf"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(pdf())
    assert upkeep.sweep_orphans() == 0
    for path in stored(settings):
        os.utime(path, (0, 0))
    assert upkeep.sweep_orphans() == 1
    assert len(stored(settings)) == 1
