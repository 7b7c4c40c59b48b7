"""Turns entries of the data files into Wagtail pages."""

import json
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from catalogue.models import CatalogueIndexPage, SolutionPage
from metropole.content.models import ContentPage
from metropole.core.models import StandardPage
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Programme, Theme
from metropole.territory.models import Territory
from metropole.translation.recording import record_translation
from resources.models import (
    ArticlePage,
    CallPage,
    EventPage,
    KitPage,
    ProgrammePage,
    ProjectPage,
    ResourceIndexPage,
)

from . import schema
from .fields import common_fields, own_fields, stream
from .frame import SiteFrame

MODELS: dict[type[schema.Entry], type[StandardPage | ContentPage]] = {
    schema.Page: StandardPage,
    schema.Programme: ProgrammePage,
    schema.Project: ProjectPage,
    schema.Kit: KitPage,
    schema.Article: ArticlePage,
    schema.Call: CallPage,
    schema.Event: EventPage,
    schema.Solution: SolutionPage,
}
IDENTITY = ("pk", "page", "content_object", "locale", "translation_key")
"""Fields of an inline object that tell which one it is, not what it says."""


class PageWriter:
    """Writes entries as pages below the site's frame; an entry whose slug is there updates its page."""

    def __init__(self, frame: SiteFrame) -> None:
        self.frame = frame
        self.organisations = Organisation.objects.in_bulk(field_name="slug")
        self.territories = Territory.objects.in_bulk(field_name="slug")
        self.themes = {theme.slug: theme for theme in Theme.objects.canonical()}
        self.programmes = {programme.slug: programme for programme in Programme.objects.canonical()}
        self.english = Locale.objects.get(language_code="en")

    def save(self, entry: schema.Page | schema.Content) -> None:
        model = MODELS[type(entry)]
        page = _find(model, entry.slug) or model(slug=entry.slug)
        if isinstance(entry, schema.Page):
            page.show_in_menus = True
            parent = self.frame.home
        else:
            self._file(page, entry)
            parent = self.frame.sections[CatalogueIndexPage if model is SolutionPage else ResourceIndexPage]
        _word(page, entry)
        publish(page, parent)

    def translate(self, entry: schema.Page | schema.Content, wording: schema.Wording) -> None:
        """Publishes an entry's page in English as well. Raises UnevenPassagesError where they do not run parallel."""
        model = MODELS[type(entry)]
        english = wording.applied_to(entry)
        record_translation(_find(model, entry.slug), _word(model(slug=english.slug), english), self.english)

    def _file(self, page: ContentPage, entry: schema.Content) -> None:
        page.organisations = [self.organisations[slug] for slug in entry.organisations]
        page.territories = [self.territories[slug] for slug in entry.territories]
        page.themes = [self.themes[slug] for slug in entry.themes]
        slug = entry.slug if isinstance(entry, schema.Programme) else entry.programme
        page.programme = self.programmes[slug] if slug else None
        page.tags.set(entry.tags)


def _word(page: StandardPage | ContentPage, entry: schema.Page | schema.Content) -> StandardPage | ContentPage:
    """Gives a page what the entry says."""
    fields = {"title": entry.title, "summary": entry.summary, "body": stream(entry.slug, entry.body)}
    if isinstance(entry, schema.Content):
        fields = common_fields(entry) | own_fields(entry)
    for name, value in fields.items():
        setattr(page, name, value)
    return page


def _find(model: type[Page], slug: str) -> Page | None:
    return model.objects.filter(locale=Locale.get_default(), slug=slug).first()


def publish(page: Page, parent: Page) -> Page:
    """Puts a new page below its parent, or publishes what changed of one that is there."""
    if page.pk is None:
        parent.refresh_from_db()
        parent.add_child(instance=page)
        page.save_revision().publish()
    elif _said(page) != _said(type(page).objects.get(pk=page.pk)):
        page.save_revision().publish()
    return page


def _said(page: Page) -> dict[str, Any]:
    """What a page says, without the identity of its inline objects: those of an entry are new each time.

    Nor does an order that the database chose count: of relations, of rows, of the keys of a block.
    """
    said = {name: _unordered(value) for name, value in page.serializable_data().items()}
    streams = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return said | {name: json.loads(said[name]) for name in streams}


def _unordered(value: Any) -> Any:
    """Rows whose order matters have their position among their fields."""
    if not isinstance(value, list):
        return value
    return sorted((_plain(row) if isinstance(row, dict) else row for row in value), key=str)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in IDENTITY}
