"""Files: what they hold decides, not their names; what is refused leaves nothing; what is kept is given with care."""

import io
import socket
import struct
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from wagtail.documents import get_document_model

from metropole.contributions.enums import ScanState
from metropole.contributions.files.check import checked
from metropole.contributions.files.names import clean_name
from metropole.contributions.files.refusal import FileRefusedError
from metropole.contributions.files.upkeep import scan_waiting_files, sweep_orphans
from metropole.contributions.models import ContributedFile
from resources.models import KitPage, PracticePage
from tests.factories import MembershipFactory, UserFactory

from .conftest import at, publish, send
from .hostile import (
    EICAR,
    HTML,
    archive,
    good_files,
    hostile_files,
    open_document,
    pdf,
    photograph,
    picture,
    png_with_words,
)

pytestmark = pytest.mark.one_database
HOSTILE = list(hostile_files())
GOOD = list(good_files())


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def stored(settings) -> list[Path]:
    return [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "private", tmp_path / "media"


def upload(client, contribution, name, content, **more):
    posted = {"upload": sent(name, content), "title": "Grille", "licence": "etalab-2.0", **more}
    return client.post(at("files", contribution.pk), posted)


# --- What is taken and what is not ---------------------------------------------


def test_the_corpus_is_large():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize(("what", "name", "content"), HOSTILE, ids=[what for what, _name, _content in HOSTILE])
def test_a_hostile_file_is_refused_at_once_with_a_reason(what, name, content):
    begun = time.process_time()
    with pytest.raises(FileRefusedError) as refusal:
        checked(sent(name, content))
    assert time.process_time() - begun < 1
    assert all(refusal.value.messages)


@pytest.mark.parametrize(("name", "kept_as", "content"), GOOD, ids=[name for name, _kept, _content in GOOD])
def test_a_good_file_is_taken_under_the_extension_of_what_it_is(name, kept_as, content):
    assert checked(sent(name, content)).name == kept_as


def test_what_is_too_large_is_refused(settings):
    settings.CONTRIBUTED_FILE_MAX_BYTES = 1000
    with pytest.raises(FileRefusedError):
        checked(sent("a.txt", b"a" * 1001))
    assert checked(sent("a.txt", b"a" * 1000))


def test_a_photograph_stands_upright_and_says_neither_where_nor_with_what_it_was_taken():
    kept = checked(sent("a.jpg", photograph())).content.read()
    image = Image.open(io.BytesIO(kept))
    assert image.size == (20, 40)
    assert not image.getexif()
    assert not image.getexif().get_ifd(0x8825)
    assert b"php" not in kept
    assert b"Appareil" not in kept


def test_a_picture_keeps_nothing_but_its_pixels():
    assert b"script" not in checked(sent("a.png", png_with_words())).content.read()


def test_a_transparent_picture_stays_so():
    output = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(output, "PNG")
    image = Image.open(checked(sent("a.png", output.getvalue())).content)
    assert image.convert("RGBA").getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("rapport final.pdf", "rapport final.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\docs\\bilan.pdf", "bilan.pdf"),
        ("bilan\x00.exe.pdf", "bilan.exe.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.exe.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        ("a<b>:\"|?*.pdf", "a b.pdf"),
        ("bilan.2026", "bilan.pdf"),
        ("v1.2 du rapport final", "v1.2 du rapport final.pdf"),
    ],
)  # fmt: skip
def test_a_name_is_cleaned(given, kept):
    assert clean_name(given, "pdf") == kept


@given(st.text(max_size=400))
def test_whatever_the_name_it_is_short_plain_and_of_one_folder(given):
    kept = clean_name(given, "pdf")
    assert kept.endswith(".pdf")
    assert len(kept.encode()) <= 150
    assert not set(kept) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(character)[0] == "C" for character in kept)


# --- Kept with a contribution ---------------------------------------------


def test_a_file_is_added_read_by_its_organisation_and_taken_away(signed_in, draft, settings, stranger,
                                                                 django_capture_on_commit_callbacks):  # fmt: skip
    assert upload(signed_in, draft, "Le bilan é.pdf", pdf(), accessible_version="le texte").status_code == 302
    file = ContributedFile.objects.get()
    assert (file.title, file.licence, file.accessible_version) == ("Grille", "etalab-2.0", "le texte")
    assert len(stored(settings)) == 1
    assert not (Path(settings.MEDIA_ROOT) / "documents").exists()
    url = at("download", draft.pk, file.pk, file.name)
    response = signed_in.get(url)
    assert b"".join(response.streaming_content) == pdf()
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert "filename*=utf-8''Le%20bilan%20%C3%A9.pdf" in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].startswith("inline")
    assert "no-store" in response.headers["Cache-Control"]
    signed_in.force_login(stranger)
    assert signed_in.get(url).status_code == 404
    signed_in.force_login(draft.author)
    assert signed_in.post(at("file", draft.pk, file.pk), {"title": "Autre", "licence": "CC-BY-4.0"}).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(at("file", draft.pk, file.pk), {"take_away": "1"})
    assert not ContributedFile.objects.exists()
    assert stored(settings) == []


@pytest.mark.parametrize(("name", "content"), [("a.zip", archive({"a.txt": b"x"})), ("a.odt", open_document())])
def test_what_browsers_do_not_show_is_only_downloaded(signed_in, draft, name, content):
    upload(signed_in, draft, name, content)
    file = ContributedFile.objects.get()
    response = signed_in.get(at("download", draft.pk, file.pk, file.name))
    response.close()
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_what_is_refused_leaves_nothing_and_what_was_said_of_it_stays(signed_in, draft, settings):
    response = upload(signed_in, draft, "a.pdf", HTML, title="Ma grille")
    assert response.status_code == 200
    assert response.context["form"].errors["upload"]
    assert "Ma grille" in response.content.decode()
    assert not ContributedFile.objects.exists()
    assert stored(settings) == []


@pytest.mark.parametrize("posted", [{}, {"title": "a"}, {"upload": "texte", "title": "a"}, {"licence": "mine"}])
def test_an_upload_without_its_parts_is_told_what_it_lacks(signed_in, draft, posted):
    response = signed_in.post(at("files", draft.pk), posted)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_there_are_not_more_files_than_may_be(signed_in, draft, monkeypatch, settings):
    monkeypatch.setattr("metropole.contributions.files.documents.MOST_FILES", 1)
    upload(signed_in, draft, "a.txt", b"a")
    assert upload(signed_in, draft, "b.txt", b"b").context["form"].errors["upload"]
    assert len(stored(settings)) == 1


def test_another_contributions_file_is_not_reached_through_ones_own(signed_in, draft, commune, stranger, client):
    other = MembershipFactory(person=stranger, contributes=True).organisation
    theirs = ContributedFile.objects.create(
        contribution=draft.__class__.objects.create(kind="practice", organisation=other),
        title="Secret", name="a.txt", file="documents/contributions/x/a.txt", size=1, scan=ScanState.CLEAN,
    )  # fmt: skip
    for name, extra in (("file", []), ("download", [theirs.name])):
        assert signed_in.get(at(name, draft.pk, theirs.pk, *extra)).status_code == 404
    assert signed_in.post(at("file", draft.pk, theirs.pk), {"take_away": "1"}).status_code == 404
    assert ContributedFile.objects.filter(pk=theirs.pk).exists()


# --- On the page ---------------------------------------------


def read(client, document) -> int:
    response = client.get(document.url)
    response.close()
    return response.status_code


def test_a_file_is_everybodys_once_its_page_is_published_and_not_before(client, ready, agent, moderator, stranger):
    client.force_login(agent)
    upload(client, ready, "grille.pdf", pdf())
    send(client, ready)
    [document] = get_document_model().objects.all()
    assert read(client, document) == 200
    response = client.get(document.url)
    response.close()
    assert "no-store" in response.headers["Cache-Control"]
    for person, status in ((moderator, 200), (stranger, 404)):
        client.force_login(person)
        assert read(client, document) == status
    client.logout()
    assert read(client, document) == 404
    publish(ready, moderator)
    page = client.get(ready.page.url).content.decode()
    assert document.url in page
    assert gettext("Open Licence 2.0 (Etalab)") in page
    assert read(client, document) == 200
    PracticePage.objects.get().unpublish()
    assert read(client, document) == 404


def test_a_file_taken_away_stays_until_the_next_version_is_published(client, ready, agent, moderator, settings,
                                                                    django_capture_on_commit_callbacks):  # fmt: skip
    client.force_login(agent)
    upload(client, ready, "grille.pdf", pdf())
    send(client, ready)
    publish(ready, moderator)
    [document] = get_document_model().objects.all()
    client.post(at("take_up", ready.pk))
    client.post(at("file", ready.pk, ContributedFile.objects.get().pk), {"take_away": "1"})
    upload(client, ready, "autre.txt", b"x", title="Autre")
    send(client, ready)
    client.logout()
    assert read(client, document) == 200
    with django_capture_on_commit_callbacks(execute=True):
        publish(ready, moderator)
    assert [file.title for file in ContributedFile.objects.all()] == ["Autre"]
    assert [found.title for found in get_document_model().objects.all()] == ["Autre"]
    page = client.get(ready.page.url).content.decode()
    assert document.url not in page
    assert "Autre" in page


def test_the_files_of_a_kit_are_its_own(signed_in, ready, commune, moderator):
    data = {name: ready.data[name] for name in ("title", "summary", "themes")} | {"steps": "Lire."}
    kit = ready.__class__.objects.create(kind="kit", organisation=commune, data=data)
    upload(signed_in, kit, "grille.pdf", pdf(), licence="CC-BY-4.0", accessible_version="le texte")
    send(signed_in, kit)
    publish(kit, moderator)
    [held] = KitPage.objects.get().documents.all()
    assert (held.title, held.licence, held.accessible_version) == ("Grille", "CC-BY-4.0", "le texte")
    page = signed_in.get(kit.page.url).content.decode()
    assert held.document.url in page


def test_the_preview_lists_the_files(signed_in, ready):
    upload(signed_in, ready, "grille.pdf", pdf())
    assert "Grille" in signed_in.get(at("preview", ready.pk)).content.decode()


def test_a_page_that_is_deleted_takes_its_files_along(signed_in, ready, settings, django_capture_on_commit_callbacks):
    upload(signed_in, ready, "grille.pdf", pdf())
    send(signed_in, ready)
    with django_capture_on_commit_callbacks(execute=True):
        PracticePage.objects.get().delete()
    assert not get_document_model().objects.exists()
    assert stored(settings) == []


# --- Antivirus ---------------------------------------------


class FakeClamd(threading.Thread):
    """Says of a file what clamd would."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.door.getsockname()[1]}"

    def run(self) -> None:
        while True:
            try:
                connection, _address = self.door.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as heard:
                assert heard.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!L", heard.read(4))[0]:
                    content += heard.read(size)
                found = EICAR in content
                connection.sendall(b"stream: Eicar-Test FOUND\0" if found else b"stream: OK\0")


@pytest.fixture
def clamd(settings):
    fake = FakeClamd()
    fake.start()
    settings.CLAMD_ADDRESS = fake.address
    yield fake
    fake.door.close()


@pytest.mark.usefixtures("clamd")
def test_what_the_antivirus_finds_is_refused(signed_in, draft, settings):
    assert upload(signed_in, draft, "a.txt", EICAR).context["form"].errors["upload"]
    assert stored(settings) == []
    assert upload(signed_in, draft, "a.txt", b"bon").status_code == 302
    assert ContributedFile.objects.get().scan == ScanState.CLEAN


def test_while_the_antivirus_is_silent_a_file_waits_and_nobody_gets_it(signed_in, ready, settings, clamd):
    working, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, "127.0.0.1:9"
    upload(signed_in, ready, "a.txt", b"bon")
    upload(signed_in, ready, "b.txt", EICAR)
    good, bad = ContributedFile.objects.all()
    assert (good.scan, bad.scan) == (ScanState.WAITING, ScanState.WAITING)
    assert signed_in.get(at("download", ready.pk, good.pk, good.name)).status_code == 404
    assert [lack.field for lack, _url in send(signed_in, ready).context["lacking"]] == [
        f"file-{good.pk}",
        f"file-{bad.pk}",
    ]
    assert scan_waiting_files() == 0
    settings.CLAMD_ADDRESS = working
    assert scan_waiting_files() == 2
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.scan, bad.scan) == (ScanState.CLEAN, ScanState.INFECTED)
    response = signed_in.get(at("download", ready.pk, good.pk, good.name))
    assert b"".join(response.streaming_content) == b"bon"
    assert signed_in.get(at("download", ready.pk, bad.pk, bad.name)).status_code == 404


# --- The same door in the admin, and what is left behind ---------------------------------------------


def test_editors_files_pass_by_the_same_door(client, frame):
    client.force_login(UserFactory(administrator=True))
    url = "/admin/documents/add/"
    response = client.post(url, {"title": "Page", "file": sent("a.pdf", HTML), "collection": 1})
    assert response.status_code == 200
    assert not get_document_model().objects.exists()
    client.post(url, {"title": "Bilan", "file": sent("../a.docx", pdf()), "collection": 1})
    document = get_document_model().objects.get()
    assert document.filename.endswith(".pdf")
    client.logout()
    response = client.get(document.url)
    response.close()
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert response.headers["Content-Disposition"] == f'inline; filename="{document.filename}"'
    assert client.get(document.url + "x").status_code == 404


def test_editors_pictures_lose_the_place_where_they_were_taken(client, frame):
    from wagtail.images import get_image_model

    client.force_login(UserFactory(administrator=True))
    client.post("/admin/images/add/", {"title": "Place", "file": sent("a.jpg", photograph()), "collection": 1})
    with get_image_model().objects.get().file.open("rb") as kept:
        assert not Image.open(kept).getexif()
    client.post("/admin/images/add/", {"title": "Place", "file": sent("a.gif", picture("GIF")), "collection": 1})
    assert get_image_model().objects.count() == 2


@pytest.mark.django_db
def test_files_that_nothing_knows_of_are_swept(signed_in, draft, settings):
    import os

    upload(signed_in, draft, "a.txt", b"x")
    [known] = stored(settings)
    orphan = known.parent.parent / "orphan" / "b.txt"
    young = known.parent.parent / "young" / "c.txt"
    for path in (orphan, young):
        path.parent.mkdir()
        path.write_text("x")
    for path in (orphan, orphan.parent, known):
        os.utime(path, (0, 0))
    assert sweep_orphans() == 1
    assert sorted(stored(settings)) == sorted([known, young])
    assert sweep_orphans() == 0
