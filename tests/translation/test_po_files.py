"""PO files come back whole or not at all, with the line and the reason."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import StringTranslation

from metropole.translation.po_files import RefusedFileError, exported, take_back
from metropole.translation.progress import is_complete, missing_passages
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def translation(translator):
    page = factories.ProjectPageFactory(
        title="Places libres",
        summary="Des capteurs montrent les places & les bornes.",
        problem='<p>Un <b>gras</b> et <a href="https://example.org/">un lien</a>.</p><ul><li>Trois</li></ul>',
    )
    return translator.submit(page)


@pytest.fixture
def download(client, translation):
    response = client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert response.status_code == 200
    assert 'filename="places-libres-en.po"' in response["Content-Disposition"]
    return response.content.decode()


@pytest.fixture
def upload(client, translation):
    def run(text, to=None):
        data = text if isinstance(text, bytes) else text.encode()
        url = reverse("wagtail_localize:upload_pofile", args=[(to or translation).pk])
        return client.post(url, {"file": SimpleUploadedFile("words.po", data)})

    return run


def filled(po):
    """The file as a translator fills it in: each passage in capitals, its markup kept."""
    header, *entries = po.split("\n\n")
    return "\n\n".join([header, *(_filled_entry(entry) for entry in entries)])


def _filled_entry(entry):
    words = re.search(r'msgid "(.*)"', entry)[1]
    shouted = "".join(piece if piece.startswith("<") else piece.upper() for piece in re.split(r"(<[^>]*>)", words))
    return entry.replace('msgstr ""', f'msgstr "{shouted}"'.replace("&AMP;", "&amp;"))


def said(response):
    """The line and the reason of the first problem that a refusal shows."""
    table = response.content.decode().partition('id="problems"')[2].partition("</table>")[0]
    return re.findall(r"<td>(.*?)</td>", table)[:2]


def written(translation):
    return StringTranslation.objects.filter(context__object_id=translation.source.object_id)


def test_a_file_filled_in_elsewhere_comes_back(download, upload, translation, translator):
    response = upload(filled(download))
    assert response.status_code == 302
    assert is_complete(translation)
    translator.publish(translation)
    english = translation.get_target_instance()
    assert english.summary == "DES CAPTEURS MONTRENT LES PLACES & LES BORNES."
    assert english.problem == (
        '<p>UN <b>GRAS</b> ET <a href="https://example.org/">UN LIEN</a>.</p><ul><li>TROIS</li></ul>'
    )


def test_a_file_filled_in_by_half_is_taken_and_the_rest_still_waits(download, upload, translation):
    upload(download.replace('msgid "Trois"\nmsgstr ""', 'msgid "Trois"\nmsgstr "Three"'))
    assert "Three" in StringTranslation.objects.values_list("data", flat=True)
    assert missing_passages(translation).count() == 4


def test_what_is_marked_as_unsure_is_not_taken(download, upload, translation):
    upload(download.replace('msgctxt "summary"', '#, fuzzy\nmsgctxt "summary"').replace('msgstr ""\n', 'msgstr "X"\n'))
    assert "summary" in [segment.context.path for segment in missing_passages(translation)]


@pytest.mark.parametrize(
    ("spoil", "line_of", "reason"),
    [
        (lambda po: po.replace("<b>GRAS</b>", "<b>GRAS"), "<b>GRAS", "n’est pas fermée"),
        (lambda po: po.replace("<b>GRAS</b>", "GRAS</b>"), "GRAS</b>", "ne ferme rien"),
        (lambda po: po.replace("TROIS", "<script>alert(1)</script>"), "<script>", "script"),
        (lambda po: po.replace("TROIS", "<b onclick='x()'>TROIS</b>"), "onclick", "attributes"),
        (lambda po: po.replace("TROIS", "<a href='javascript:x()'>TROIS</a>"), "javascript", "attributes"),
        (lambda po: po.replace("TROIS", "<a id='a7'>TROIS</a>"), "a7", "a7"),
        (lambda po: po.replace("TROIS", "<img src='x'>"), "<img", "img"),
        (lambda po: po.replace("TROIS", "<!-- TROIS -->"), "<!--", "commentaires"),
        (lambda po: po.replace("TROIS", "TROIS <b"), "TROIS <b", "coupée en son milieu"),
        (lambda po: po.replace("PLACES LIBRES", "P" * 300), "PPPP", "c’est trop"),
    ],
)
def test_a_passage_that_cannot_stand_is_refused_with_its_line(download, upload, translation, spoil, line_of, reason):
    spoilt = spoil(filled(download))
    response = upload(spoilt)
    assert response.status_code == 422
    line, told = said(response)
    entry_start = int(line)
    lines = spoilt.splitlines()
    assert line_of in "\n".join(lines[entry_start - 1 : entry_start + 4])
    assert reason in told or reason == "attributes"
    assert not written(translation).exists()
    assert missing_passages(translation).count() == 5


@pytest.mark.parametrize("kept", [0.3, 0.55, 0.8, 0.95])
def test_a_file_cut_in_the_middle_is_refused(download, upload, translation, kept):
    whole = filled(download)
    response = upload(whole[: int(len(whole) * kept)])
    assert response.status_code == 422
    assert int(said(response)[0]) >= 1
    assert not written(translation).exists()


def test_a_file_cut_between_two_passages_is_refused(download, upload, translation):
    response = upload("\n\n".join(filled(download).split("\n\n")[:-1]) + "\n")
    assert response.status_code == 422
    assert "coupé" in said(response)[1]
    assert not written(translation).exists()


def test_the_file_of_another_page_is_refused_by_its_title(download, upload, translation, translator):
    other = translator.submit(factories.ArticlePageFactory(title="Une autre page"))
    response = upload(filled(download), to=other)
    assert response.status_code == 422
    assert "Places libres" in said(response)[1]
    assert not written(translation).exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"PK\x03\x04 not text", b"<html></html>", b"\x00" * 100])
def test_what_is_no_po_file_is_refused(upload, translation, data):
    response = upload(data)
    assert response.status_code == 422
    assert not written(translation).exists()


def test_a_file_made_before_the_original_changed_brings_what_is_still_there(download, upload, translation, publish):
    page = translation.source.get_source_instance()
    page.summary = "Un résumé nouveau."
    publish(page)
    assert upload(filled(download)).status_code == 302
    assert [segment.context.path for segment in missing_passages(translation)] == ["summary"]


def test_a_file_for_a_translation_whose_original_is_gone_is_answered_in_words(download, upload, translation, client):
    translation.source.get_source_instance().delete()
    response = upload(filled(download))
    assert response.status_code == 302
    assert "original was deleted" in client.get(response.url).content.decode() or response.url == "/admin/"


DAMAGE = st.tuples(st.floats(0, 1), st.integers(0, 40), st.text(max_size=12))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=DAMAGE)
def test_no_damaged_file_is_ever_half_taken(translation, damage):
    """Whatever is done to a file, it is taken as a whole or refused with a line, and nothing is written."""
    place, length, put_in = damage
    written(translation).delete()
    file = exported(translation)
    for entry in file:
        entry.msgstr = entry.msgid
    whole = str(file)
    start = int(len(whole) * place)
    damaged = whole[:start] + put_in + whole[start + length :]
    try:
        take_back(damaged.encode(errors="replace"), translation, None)
    except RefusedFileError as error:
        refused = error
    else:
        return
    assert all(problem.line >= 1 for problem in refused.problems)
    assert all(problem.reason for problem in refused.problems)
    assert not written(translation).exists()
