"""How each field of a page is asked for in a contribution's form, read from a page, and written to it.

What is typed is a string, or a list of strings where several may be chosen.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from metropole.content.forms import organisation_choices, territory_choices, theme_choices
from metropole.content.models import ContentPage
from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, ChoicesWidget, RowsField
from metropole.core.lists.rows import as_text
from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Programme, Theme
from metropole.territory.models import Territory

from .prose import to_html, to_text

Typed = str | list[str]
LONGEST_PROSE = 20_000
PROSE_ROWS = 8
PROSE_HELP = _("An empty line begins a paragraph; lines that begin with “- ” make a list.")
_TITLE_HELP = _("What it is and where, e.g. “Smart parking in Antony”.")
_LONGEST_TITLE = 150


class Adapter:
    """A field with a value of its own: words, a date, a choice."""

    def __init__(self, model: type[ContentPage], name: str) -> None:
        self.name = name
        self.field: models.Field = model._meta.get_field(name)

    def form_field(self, required: bool) -> forms.Field:
        options = {"assume_scheme": "https"} if isinstance(self.field, models.URLField) else {}
        field = self.field.formfield(**options)
        field.required = required or not self.field.blank
        field.label = capfirst(field.label)
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return field

    def read(self, page: Page) -> Typed:
        value = self.field.value_from_object(page)
        return "" if value is None else str(value)

    def write(self, page: Page, value: Any) -> None:
        setattr(page, self.name, value)


class TitleAdapter(Adapter):
    def form_field(self, required: bool) -> forms.Field:
        return forms.CharField(label=capfirst(_("title")), help_text=_TITLE_HELP, max_length=_LONGEST_TITLE)


class ProseAdapter(Adapter):
    """Prose is typed as plain text; where that says what the page says already, the page keeps its bold and links."""

    def form_field(self, required: bool) -> forms.Field:
        return forms.CharField(
            label=capfirst(self.field.verbose_name),
            help_text=f"{self.field.help_text} {PROSE_HELP}",
            required=required or not self.field.blank,
            max_length=LONGEST_PROSE,
            widget=forms.Textarea(attrs={"rows": PROSE_ROWS}),
        )

    def read(self, page: Page) -> Typed:
        return to_text(getattr(page, self.name))

    def write(self, page: Page, value: str) -> None:
        if normal(value) != normal(self.read(page)):
            setattr(page, self.name, to_html(value))


class BodyAdapter(ProseAdapter):
    """The first text of a page's body; what editors have put around it stays where it is."""

    def form_field(self, required: bool) -> forms.Field:
        field = super().form_field(required)
        field.help_text, field.widget.attrs["rows"] = PROSE_HELP, 2 * PROSE_ROWS
        return field

    def read(self, page: Page) -> Typed:
        return next((to_text(block.value.source) for block in page.body if block.block_type == "text"), "")

    def write(self, page: Page, value: str) -> None:
        if normal(value) == normal(self.read(page)):
            return
        blocks = [dict(block) for block in page.body.raw_data]
        place = next((rank for rank, block in enumerate(blocks) if block["type"] == "text"), None)
        if place is None:
            blocks.insert(0, {"type": "text", "value": to_html(value)})
        else:
            blocks[place]["value"] = to_html(value)
        page.body = self.field.to_python(blocks)


class ManyAdapter(Adapter):
    """Objects chosen from a list."""

    def __init__(
        self, model: type[ContentPage], name: str, chosen_from: type[models.Model], choices: Callable[[], list]
    ) -> None:
        super().__init__(model, name)
        self._chosen_from, self._choices = chosen_from, choices

    def form_field(self, required: bool) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            label=capfirst(self.field.verbose_name),
            help_text=self.field.help_text,
            required=required,
            choices=self._choices,
            coerce=int,
            widget=ChoicesWidget,
        )

    def read(self, page: Page) -> Typed:
        return sorted(str(chosen.pk) for chosen in getattr(page, self.name).all())

    def write(self, page: Page, value: list[int]) -> None:
        setattr(page, self.name, list(self._chosen_from._default_manager.filter(pk__in=value)))


class ProgrammeAdapter(Adapter):
    def form_field(self, required: bool) -> forms.Field:
        return forms.TypedChoiceField(
            label=capfirst(self.field.verbose_name),
            help_text=self.field.help_text,
            required=required,
            choices=lambda: [("", "–"), *Programme.objects.canonical().values_list("pk", "name")],
            coerce=int,
            empty_value=None,
        )

    def write(self, page: Page, value: int | None) -> None:
        page.programme_id = value


class ChoicesAdapter(Adapter):
    """Several codes of an enumeration."""

    def form_field(self, required: bool) -> forms.Field:
        field = self.field.formfield(widget=ChoicesWidget)
        field.required = required
        return field

    def read(self, page: Page) -> Typed:
        return sorted(getattr(page, self.name))

    def write(self, page: Page, value: list[str]) -> None:
        setattr(page, self.name, [code for code in self.field.codes.values if code in value])


class RowsAdapter(Adapter):
    """Lines with columns, as one text of JSON."""

    def read(self, page: Page) -> Typed:
        names = [column.name for column in self.field.columns]
        return as_text([{name: row.get(name, "") for name in names} for row in getattr(page, self.name)])


class TagsAdapter(Adapter):
    """Words separated by commas."""

    most, longest = 10, 60

    def __init__(self, model: type[ContentPage], name: str) -> None:
        self.name, self.field = name, model._meta.get_field(name)

    def form_field(self, required: bool) -> forms.Field:
        return forms.CharField(
            label=capfirst(self.field.verbose_name),
            help_text=self.field.help_text,
            required=required,
            max_length=self.most * self.longest,
        )

    def read(self, page: Page) -> Typed:
        return ", ".join(sorted(tag.name for tag in page.tags.all()))

    def write(self, page: Page, value: str) -> None:
        words = [" ".join(word.split())[: self.longest] for word in value.split(",")]
        page.tags.set(list(dict.fromkeys(filter(None, words)))[: self.most])


def adapter(model: type[ContentPage], name: str) -> Adapter:
    """How a field of a kind of pages is contributed."""
    if name in _MANY:
        return ManyAdapter(model, name, *_MANY[name])
    if name in _SPECIAL:
        return _SPECIAL[name](model, name)
    field = model._meta.get_field(name)
    special = next((own for kind, own in _BY_FIELD if isinstance(field, kind)), Adapter)
    return special(model, name)


def normal(typed: str) -> str:
    """A text, whatever its line ends and the spaces around it."""
    return "\n".join(line.rstrip() for line in typed.replace("\r\n", "\n").split("\n")).strip()


_MANY: dict[str, tuple[type[models.Model], Callable[[], list]]] = {
    "territories": (Territory, territory_choices),
    "themes": (Theme, theme_choices),
    "organisations": (Organisation, lambda: organisation_choices(Organisation.objects.verified())),
}
_BY_FIELD = ((ProseField, ProseAdapter), (ChoicesField, ChoicesAdapter), (RowsField, RowsAdapter))
_SPECIAL: dict[str, type[Adapter]] = {
    "title": TitleAdapter,
    "body": BodyAdapter,
    "programme": ProgrammeAdapter,
    "tags": TagsAdapter,
}
