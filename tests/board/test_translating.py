"""Editors translate a need's text in the admin as they do everything else; its readers see what has been published."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail_localize.models import Translation

from metropole.board.models import NeedText
from metropole.demo.frame import build_frame
from tests.factories import NeedFactory, UserFactory, language

pytestmark = pytest.mark.django_db
FRENCH, ENGLISH = "/fr/jadopte/place/", "/en/adopt/place/"
ENGLISH_WORDS = {
    "title": "Shade the square",
    "summary": "A square without a tree.",
    "problem": "Too <b>much</b> sun.",
    "expected_result": "A cooler square.",
}


@pytest.fixture
def original(rebuild_index):
    build_frame()
    need = NeedFactory(
        slug="place",
        title="Ombrager la place",
        summary="Une place sans arbre.",
        problem="<p>Trop <b>de</b> soleil.</p>",
        expected_result="<p>Une place plus fraîche.</p>",
    )
    return need.original


@pytest.fixture
def admin(client, django_capture_on_commit_callbacks):
    """The admin as an editor who translates has it; what they publish is committed at once."""
    editor = UserFactory(editor=True)
    editor.groups.add(Group.objects.get(name="Translators"))
    client.force_login(editor)

    class Admin:
        def post(self, name: str, arguments: list, data: dict):
            with django_capture_on_commit_callbacks(execute=True):
                return client.post(reverse(name, args=arguments), data)

        def screen(self, text: NeedText):
            return client.get(reverse("wagtailsnippets_board_needtext:edit", args=[text.pk]))

        def submit(self, text: NeedText) -> Translation:
            arguments = ["board", "needtext", text.pk]
            self.post("wagtail_localize:submit_snippet_translation", arguments, {"locales": [language("en").pk]})
            return Translation.objects.get(source__object_id=text.translation_key, target_locale=language("en"))

        def translate(self, segment: dict, words: str) -> None:
            kind = "application/x-www-form-urlencoded"
            assert client.put(segment["editUrl"], urlencode({"value": words}), content_type=kind).status_code == 201

        def publish(self, translation: Translation) -> None:
            target = translation.get_target_instance()
            response = self.post("wagtailsnippets_board_needtext:edit", [target.pk], {"action": "publish"})
            assert response.status_code == 302

    return Admin()


def segments(response) -> dict[str, dict]:
    """What wagtail-localize's screen offers to translate, by the name of the field."""
    props = json.loads(response.context["props"])
    return {segment["contentPath"]: segment for segment in props["segments"]}


def read(client, url: str) -> str:
    text = client.get(url).content.decode()
    return re.sub(r"<b>|</b>", "", text)


def translated(admin, original: NeedText) -> Translation:
    translation = admin.submit(original)
    offered = segments(admin.screen(translation.get_target_instance()))
    for name, words in ENGLISH_WORDS.items():
        admin.translate(offered[name], words)
    admin.publish(translation)
    return translation


def test_a_text_just_submitted_is_a_draft_that_nobody_reads(client, admin, original):
    target = admin.submit(original).get_target_instance()
    assert (target.need, target.language, target.title) == (original.need, "en", "Ombrager la place")
    assert (target.live, target.live_revision, target.last_published_at) == (False, None, None)
    assert "not translated yet" in read(client, ENGLISH)


def test_the_screen_of_translation_offers_all_the_words_and_nothing_else(admin, original):
    response = admin.screen(admin.submit(original).get_target_instance())
    assert "wagtail_localize/admin/edit_translation.html" in [template.name for template in response.templates]
    assert list(segments(response)) == list(ENGLISH_WORDS)


def test_each_reader_gets_their_words_once_the_translation_is_published(client, admin, original):
    translation = translated(admin, original)
    assert translation.get_target_instance().live
    english, french = read(client, ENGLISH), read(client, FRENCH)
    assert all(words in english for words in ("Shade the square", "A square without a tree.", "Too much sun."))
    assert "not translated yet" not in english
    assert "Ombrager la place" not in english
    assert all(words in french for words in ("Ombrager la place", "Une place sans arbre.", "Trop de soleil."))


def test_after_a_change_of_the_original_only_what_changed_is_to_be_translated(client, admin, original):
    translation = translated(admin, original)
    original.refresh_from_db()
    original.title = "Ombrager deux places"
    original.save()

    assert translation.get_progress() == (len(ENGLISH_WORDS), len(ENGLISH_WORDS) - 1)
    assert "Ombrager deux places" in read(client, FRENCH)
    assert "Shade the square" in read(client, ENGLISH)

    title = segments(admin.screen(translation.get_target_instance()))["title"]
    assert title["source"] == "Ombrager deux places"
    admin.translate(title, "Shade two squares")
    assert "Shade the square" in read(client, ENGLISH)
    admin.publish(translation)
    assert "Shade two squares" in read(client, ENGLISH)
    assert "A square without a tree." in read(client, ENGLISH)


def test_translations_are_exported_and_imported_as_one_file(client, admin, original):
    translation = admin.submit(original)
    exported = translation.export_po()
    assert {entry.msgctxt for entry in exported} == set(ENGLISH_WORDS)
    for entry in exported:
        entry.msgstr = ENGLISH_WORDS[entry.msgctxt]
    assert translation.import_po(exported) == []
    admin.publish(translation)
    assert "Shade the square" in read(client, ENGLISH)


def test_a_translation_too_long_for_its_field_is_refused_and_the_published_one_stays(client, admin, original):
    translation = translated(admin, original)
    target = translation.get_target_instance()
    original.refresh_from_db()
    original.title = "Ombrager deux places"
    original.save()
    translation.source.update_from_db()
    admin.translate(segments(admin.screen(target))["title"], "x" * 151)
    admin.publish(translation)
    assert "Shade the square" in read(client, ENGLISH)
    admin.screen(target)
