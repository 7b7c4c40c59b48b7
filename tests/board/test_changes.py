"""What happens to a need's texts reaches the search by itself, and only what is committed does."""

import pytest
from django.db import transaction

from metropole.board.documents import need_document, versions_of
from metropole.board.models import Need
from metropole.search.documents import document_id
from metropole.search.models import OutboxEntry
from tests.factories import NeedFactory, NeedTextFactory, language

pytestmark = pytest.mark.django_db

CHANGES = {
    "saved": lambda text: text.save(),
    "published": lambda text: text.save_revision().publish(),
    "taken back": lambda text: text.unpublish(),
    "deleted": lambda text: text.delete(),
}


def found(client, words: str) -> int:
    return client.get("/api/v1/search", {"q": words}).json()["count"]


@pytest.fixture
def need():
    need = NeedFactory(title="Ombrager la place", problem="<p>Trop de soleil.</p>")
    NeedTextFactory(need=need, locale=language("en"), title="Shade", problem="<p>Sun.</p>", live=False)
    OutboxEntry.objects.all().delete()
    return need


@pytest.mark.parametrize("change", CHANGES)
def test_a_text_carries_the_document_of_its_need_along_in_the_same_transaction(need, change):
    text = need.original
    with transaction.atomic():
        CHANGES[change](text)
        assert {entry.document_key for entry in OutboxEntry.objects.all()} == {document_id(need)}
        transaction.set_rollback(True)
    assert not OutboxEntry.objects.exists()


def test_deleting_a_need_deletes_its_texts_and_its_document(need):
    key = document_id(need)
    need.delete()
    assert {entry.document_key for entry in OutboxEntry.objects.all()} == {key}


def test_a_need_is_found_by_its_original_as_long_as_it_is_published(client, rebuild_index):
    need = NeedFactory(title="Ombrager la place")
    rebuild_index()
    assert found(client, "ombrager") == 1
    need.original.unpublish()
    rebuild_index()
    assert found(client, "ombrager") == 0


def test_a_document_is_in_the_words_of_the_original(need):
    document = need_document(Need.objects.with_filing().get())
    assert (document.language, document.title) == ("fr", "Ombrager la place")
    assert "Trop de soleil." in document.text
    assert document.url == f"/fr/jadopte/{need.slug}/"


def test_only_published_words_are_for_the_search(need):
    assert set(versions_of(need)) == {"fr"}
    need.texts.get(locale__language_code="en").save_revision().publish()
    words = versions_of(Need.objects.get())
    assert words["en"].title == "Shade"
    assert "Sun." in words["en"].text


def test_documents_of_many_needs_cost_as_many_queries_as_those_of_one(django_assert_max_num_queries):
    for _ in range(4):
        NeedTextFactory(need=NeedFactory(), locale=language("en"))
    with django_assert_max_num_queries(8):
        assert len([need_document(need) for need in Need.objects.published().with_filing()]) == 4
