"""Presentations are found where all the rest is searched, from the instant at which everybody reads them."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from metropole.purchasing.documents import index_the_newly_published
from metropole.purchasing.models import Presentation, PresentedSolution
from metropole.search.documents import document_id
from metropole.search.models import OutboxEntry
from tests.factories import SolutionPageFactory, ThemeFactory, language

pytestmark = pytest.mark.django_db


def found(client, words: str, **filters: str) -> list[str]:
    results = client.get("/api/v1/search", {"q": words, "type": "presentation", **filters}).json()["results"]
    return [result["title"] for result in results]


def enqueued() -> set[str]:
    return {entry.document_key for entry in OutboxEntry.objects.all()}


@pytest.fixture
def english(presentation):
    copy = presentation.copy_for_translation(language("en"))
    copy.title, copy.summary = "Counting bicycles", "Two sentences."
    copy.save()
    return copy


def test_it_is_found_by_its_words_its_solutions_and_its_theme(client, presentation, rebuild_index):
    presentation.themes.add(ThemeFactory(name="Mobilité", slug="mobilite"))
    rebuild_index()
    for words in ("compter les vélos", "radar", "mobilité"):
        assert found(client, words) == ["Compter les vélos"]
    assert found(client, "", status="open", theme="mobilite") == ["Compter les vélos"]
    assert found(client, "", status="closed") == []
    assert "Achat groupé" in client.get("/fr/recherche/", {"q": "radar"}).content.decode()


def test_who_reads_english_finds_its_translation(client, presentation, english, rebuild_index):
    rebuild_index()
    assert len(found(client, "bicycles", lang="en")) == 1
    page = client.get("/en/search/", {"q": "bicycles", "type": "presentation"}).content.decode()
    assert "Two sentences." in page
    assert 'href="/en/adopt/purchases/compter-les-velos/"' in page


@pytest.mark.parametrize("values", [{"published_at": None}, {"archived_at": timezone.now()}])
def test_a_draft_and_what_is_archived_are_not_found(client, presentation, values, rebuild_index):
    Presentation.objects.update(**values)
    rebuild_index()
    assert found(client, "") == []


def test_a_translation_and_a_solution_carry_the_document_along(presentation, english):
    for change in (english.save, presentation.solutions.first().delete):
        OutboxEntry.objects.all().delete()
        change()
        assert document_id(presentation) in enqueued()
    OutboxEntry.objects.all().delete()
    PresentedSolution.objects.create(presentation=presentation, solution=SolutionPageFactory())
    assert document_id(presentation) in enqueued()


def test_what_is_published_at_a_later_instant_is_found_from_then_on(presentation):
    later = timezone.now() + dt.timedelta(days=2)
    Presentation.objects.update(published_at=later)
    OutboxEntry.objects.all().delete()
    index_the_newly_published()
    assert enqueued() == set()
    with time_machine.travel(later + dt.timedelta(minutes=5), tick=False):
        index_the_newly_published()
    assert enqueued() == {document_id(presentation)}
