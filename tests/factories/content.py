import datetime as dt
from itertools import count

import factory
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from catalogue.enums import Origin, SolutionKind
from catalogue.models import CatalogueIndexPage, SolutionPage
from metropole.demo.frame import build_frame
from resources.enums import ProgrammeKind
from resources.models import (
    ArticlePage,
    CallPage,
    EventPage,
    KitPage,
    PracticePage,
    ProgrammePage,
    ProjectPage,
    ResourceIndexPage,
)

from .filing import ProgrammeFactory

numbers = count()
"""One count for all kinds of content: pages below one section have different slugs."""


class ContentPageFactory(factory.django.DjangoModelFactory):
    """A published page below its section; ``is_draft=True`` leaves it unpublished.

    ``organisations``, ``territories``, ``themes`` and ``tags`` take lists.
    """

    section = ResourceIndexPage

    title = factory.LazyFunction(lambda: f"Contenu {next(numbers)}")
    slug = factory.LazyAttribute(lambda page: slugify(page.title))
    summary = "Un résumé assez long pour être lu sur une carte."
    date = dt.date(2024, 3, 14)

    class Meta:
        abstract = True
        exclude = ["section"]

    @classmethod
    def _create(cls, model_class: type[Page], *args, **kwargs) -> Page:
        many = {name: kwargs.pop(name, []) for name in ("organisations", "territories", "themes")}
        tags, draft = kwargs.pop("tags", []), kwargs.pop("is_draft", False)
        page = model_class(*args, live=not draft, **kwargs)
        for name, values in many.items():
            setattr(page, name, values)
        page.tags.set(tags)
        build_frame().sections[cls.section].add_child(instance=page)
        revision = page.save_revision()
        if not draft:
            revision.publish()
        return page


class ArticlePageFactory(ContentPageFactory):
    class Meta:
        model = ArticlePage


class ProjectPageFactory(ContentPageFactory):
    class Meta:
        model = ProjectPage


class KitPageFactory(ContentPageFactory):
    class Meta:
        model = KitPage


class PracticePageFactory(ContentPageFactory):
    context = "<p>Le contexte.</p>"
    actions = "<p>Ce qui a été fait.</p>"
    results = "<p>Les résultats.</p>"
    what_did_not_work = "<p>Ce qui n’a pas marché.</p>"

    class Meta:
        model = PracticePage


class ProgrammePageFactory(ContentPageFactory):
    kind = ProgrammeKind.FUND
    programme = factory.SubFactory(ProgrammeFactory)

    class Meta:
        model = ProgrammePage


class CallPageFactory(ContentPageFactory):
    """An open call; ``closed=True`` and ``upcoming=True`` move its dates."""

    opens_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=10))
    closes_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=10))

    class Meta:
        model = CallPage

    class Params:
        closed = factory.Trait(closes_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)))
        upcoming = factory.Trait(opens_at=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=1)))


class EventPageFactory(ContentPageFactory):
    starts_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=3))

    class Meta:
        model = EventPage


class SolutionPageFactory(ContentPageFactory):
    """A sheet that the métropole drew from public sources."""

    section = CatalogueIndexPage
    origin = Origin.EDITORIAL
    kind = SolutionKind.SOFTWARE

    class Meta:
        model = SolutionPage
