"""Presentations as search knows them: one document each, with its translations."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from metropole.content.changes import filed_under
from metropole.content.filing import filing_facets, filing_keywords
from metropole.content.vocabulary import PRESENTATION
from metropole.search.documents import Document, Version, document_id
from metropole.search.outbox import enqueue_many
from metropole.search.registry import register_documents
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from .models import Presentation, PresentedSolution

FILED_UNDER: dict[type, str] = {Theme: "themes", Territory: "territories"}
JUST_NOW = dt.timedelta(hours=1)


def register() -> None:
    """Has the presentations indexed that everybody reads."""
    register_documents(Presentation, presentation_document, _queryset)


def _queryset() -> QuerySet:
    listed = Presentation.objects.listed().select_related("locale")
    return listed.prefetch_related("themes", "territories__aliases", "solutions")


def presentation_document(presentation: Presentation) -> Document:
    """Its words, the names of its solutions, and the period in which authorities say that they are interested."""
    versions = {one.locale.language_code: _version(presentation, one) for one in presentation.versions()}
    language = presentation.locale.language_code
    return Document(
        id=document_id(presentation),
        type=PRESENTATION,
        language=language,
        **vars(versions.pop(language)),
        versions=versions,
        keywords=filing_keywords(presentation, []),
        date=timezone.localdate(presentation.published_at),
        facets={**filing_facets(presentation), "year": (str(timezone.localdate(presentation.published_at).year),)},
        opens_at=presentation.opens_at,
        closes_at=presentation.closes_at,
        is_example=presentation.is_example,
    )


def _version(original: Presentation, words: Presentation) -> Version:
    solutions = (row.title for row in original.solutions.all())
    address = original.address_in(words.locale.language_code)
    return Version(words.title, address, words.summary, "\n".join((words.reasons, *solutions)))


def filing_changed(sender: type, instance: Any, **kwargs) -> None:
    """Signal receiver: something under which presentations are filed was saved, perhaps under another name."""
    enqueue_many(Presentation.objects.listed().filter(filed_under(FILED_UNDER[sender], instance)).distinct())


def words_changed(sender: type, instance: Presentation, **kwargs) -> None:
    """Signal receiver: a translation is part of its original's document."""
    enqueue_many(Presentation.objects.originals().filter(translation_key=instance.translation_key))


def solutions_changed(sender: type, instance: PresentedSolution, **kwargs) -> None:
    """Signal receiver: a solution is presented, or is not any more."""
    enqueue_many(Presentation.objects.filter(pk=instance.presentation_id))


def index_the_newly_published() -> None:
    """Nothing is saved at the instant from which everybody reads a presentation: a beat looks whether it has come."""
    now = timezone.now()
    enqueue_many(Presentation.objects.listed().filter(published_at__gt=now - JUST_NOW, published_at__lte=now))
