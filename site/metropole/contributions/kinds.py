"""What can be contributed: each app above declares its kinds of content, with the steps of their form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from wagtail.models import Page

from metropole.content.models import ContentPage
from metropole.organisations.models import Organisation

from .adapters import Adapter, adapter
from .file_places import BodyFiles, FilePlace
from .models import Contribution


@dataclass(frozen=True)
class Step:
    """A screen of the form: fields of the page's model, of which ``required`` are owed though the model does not."""

    title: str | Promise
    fields: tuple[str, ...]
    required: tuple[str, ...] = ()
    intro: str | Promise = ""


@dataclass(frozen=True)
class Kind:
    """A kind of contribution, and of what pages it makes.

    ``about``: the kind of page that it adds to, below which it is put; otherwise it goes to the section of its kind.
    ``for_organisations``: the kinds of those that may begin one; empty: all. ``prepare`` sets on a page what nobody is
    asked for. ``refusals``: what its page may not be sent with, by field, besides what each field refuses by itself.
    ``files``: where its pages hold files; None: nowhere.
    """

    name: str
    model: type[ContentPage]
    label: str | Promise
    description: str | Promise
    steps: tuple[Step, ...]
    about: type[Page] | None = None
    for_organisations: tuple[str, ...] = ()
    prepare: Callable[[Page, Contribution], None] | None = None
    refusals: Callable[[Page, Contribution], Mapping[str, str]] | None = None
    files: FilePlace | None = field(default_factory=BodyFiles)

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for step in self.steps for name in step.fields)

    def adapter(self, name: str) -> Adapter:
        """How a field of its pages is asked for."""
        return adapter(self.model, name)

    @property
    def outline(self) -> list[tuple[Step, bool]]:
        """The steps, each with whether something in it is owed."""
        return [(step, any(self._is_owed(name, step) for name in step.fields)) for step in self.steps]

    def is_for(self, organisation: Organisation) -> bool:
        return not self.for_organisations or organisation.kind in self.for_organisations

    def _is_owed(self, name: str, step: Step) -> bool:
        return name in step.required or not self.model._meta.get_field(name).blank


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """From ``AppConfig.ready()``."""
    if kind.name in _kinds:
        raise ValueError(f"There are two kinds of contributions named {kind.name}.")
    _kinds[kind.name] = kind


def kind_of(contribution: Contribution) -> Kind:
    return _kinds[contribution.kind]


def kind_named(name: str) -> Kind:
    """Raises KeyError."""
    return _kinds[name]


def kinds_to_begin() -> list[Kind]:
    """Those that are begun by themselves, and not from a content that they add to."""
    return [kind for kind in _kinds.values() if kind.about is None]


def kind_for_page(page: Page) -> Kind | None:
    """The kind by which a page of the site can be edited, if there is one."""
    return next((kind for kind in _kinds.values() if kind.model is page.specific_class), None)


def feedback_kind(page: Page) -> Kind | None:
    """The kind by which somebody adds to a page, if there is one."""
    return next((kind for kind in _kinds.values() if kind.about is page.specific_class), None)


def editing_route(page: Page) -> tuple[str | int, ...]:
    """Where a page is edited by its contributors; empty for the kinds that nobody contributes."""
    return ("contributions:of_page", page.pk) if kind_for_page(page) else ()
