"""How each field of a need is asked for in its form, read from a need, and written to it.

What is typed is a string, or a list of strings where several may be chosen, as for contributions.
"""

import datetime as dt

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from metropole.content.forms import territory_choices, theme_choices
from metropole.contributions.adapters import Adapter, ManyAdapter, RowsAdapter, TagsAdapter, Typed, adapter
from metropole.core.instants import InstantField, typed_instant
from metropole.core.numbers import WholeNumberField
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory

from ..completeness import refuse_too_many
from ..enums import NeedMode
from ..models import Need, NeedText

MOST_EUROS, MOST_MONTHS, MOST_DEMONSTRATIONS = 2_000_000_000, 240, 50

HELP: dict[str, str | Promise] = {
    "work_done": _("What you have tried, measured or read about it."),
    "success_criteria": _("How you will know that it works: what is measured, by whom."),
    "themes": _("Companies that follow them are told of your need."),
    "territories": _("Where it is wanted: your authority's own territory, unless you say otherwise."),
    "tags": _("Words separated by commas, ten at most."),
    "is_innovative": _("New or significantly improved: a purchase for which the law has a threshold of its own."),
    "innovation_reason": _(
        "What is new, compared with what the market offers already. Owed for an innovative purchase."
    ),
    "value_low": _("In euros without tax, for your authority alone, over the whole duration. E.g. 20,000."),
    "value_high": _("In euros without tax, for your authority alone, over the whole duration. E.g. 35,000."),
    "weightings": _("For a direct enquiry: by what responses are compared. The weights add up to 100."),
    "early_contacts": _(
        "Companies that you have met on this subject, and what you handed over to them: public once the need closes, "
        "so that nobody knows more than the others."
    ),
    "consultation_url": _("For a referral: its page on the buyer profile, e.g. https://…"),
    "anonymous_reading": _("The names of the respondents are shown to your readers after their first opinion."),
    "questions_close_at": _("Until then companies ask; what they ask is published with your answer."),
    "answers_due_at": _("Until then you have answered all questions."),
    "closes_at": _(
        "A working day, at 17:00 at the latest or at 23:59. It can be put off later on, never brought nearer."
    ),
    "wished_start": _("E.g. 01/09/2027."),
    "demonstrations": _("How many respondents you mean to invite to show what they propose."),
}


class PlainAdapter(Adapter):
    """Words, a date, an address, with what the form says of them."""

    def form_field(self, required: bool) -> forms.Field:
        field = super().form_field(required)
        field.help_text = HELP.get(self.name, field.help_text)
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
        return field


class CriteriaAdapter(PlainAdapter):
    """Criteria, one a line."""

    def form_field(self, required: bool) -> forms.Field:
        field = super().form_field(required)
        field.widget.attrs["rows"] = 8
        field.validators.append(refuse_too_many)
        return field

    def read(self, text: NeedText) -> Typed:
        return super().read(text).replace("\r\n", "\n")


class ModeAdapter(PlainAdapter):
    """The mode, each with what it commits to."""

    explanations = {
        NeedMode.SOURCING: _("you ask the market what exists before you buy: nothing is compared nor awarded here"),
        NeedMode.DIRECT: _("below the threshold of the law, you compare responses and may buy, outside of this site"),
        NeedMode.REFERRAL: _("a consultation is on your buyer profile: the page leads there, nobody responds here"),
    }

    def form_field(self, required: bool) -> forms.Field:
        choices = [(mode.value, f"{capfirst(mode.label)} – {said}") for mode, said in self.explanations.items()]
        label = _("How you take it to the market")
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, initial=NeedMode.SOURCING)

    def write(self, need: Need, value: str) -> None:
        need.mode = value or need.mode


class ChoiceAdapter(PlainAdapter):
    """One of a few; where nothing is chosen yet, the need keeps what it has."""

    def form_field(self, required: bool) -> forms.Field:
        field = super().form_field(required)
        field.widget = forms.RadioSelect(choices=field.choices)
        return field

    def write(self, need: Need, value: str) -> None:
        setattr(need, self.name, value or self.field.get_default())


class FlagAdapter(PlainAdapter):
    """A box to tick."""

    def form_field(self, required: bool) -> forms.Field:
        label, help_text = capfirst(self.field.verbose_name), HELP.get(self.name, "")
        return forms.BooleanField(label=label, help_text=help_text, required=False)

    def read(self, need: Need) -> Typed:
        return str(getattr(need, self.name) or "")


class NumberAdapter(PlainAdapter):
    """A whole number."""

    def __init__(self, model: type[models.Model], name: str, least: int, most: int) -> None:
        super().__init__(model, name)
        self._bounds = {"min_value": least, "max_value": most}

    def form_field(self, required: bool) -> forms.Field:
        label, help_text = capfirst(self.field.verbose_name), HELP.get(self.name, "")
        return WholeNumberField(label=label, help_text=help_text, required=required, **self._bounds)


class InstantAdapter(PlainAdapter):
    """A day and an hour in Paris."""

    def form_field(self, required: bool) -> forms.Field:
        return InstantField(label=capfirst(self.field.verbose_name), help_text=HELP[self.name], required=required)

    def read(self, need: Need) -> Typed:
        moment: dt.datetime | None = getattr(need, self.name)
        return typed_instant(moment)


class FiledAdapter(ManyAdapter):
    """What a need is filed under; written at once, and so only once the need is saved."""

    def form_field(self, required: bool) -> forms.Field:
        field = super().form_field(required)
        field.help_text = HELP[self.name]
        return field

    def write(self, need: Need, value: list[int]) -> None:
        getattr(need, self.name).set(value)


class WordsAdapter(TagsAdapter):
    def form_field(self, required: bool) -> forms.Field:
        field = super().form_field(required)
        field.help_text = HELP[self.name]
        return field


class LinesAdapter(RowsAdapter):
    def form_field(self, required: bool) -> forms.Field:
        field = super().form_field(required)
        field.help_text = HELP[self.name]
        return field


def need_adapter(name: str) -> Adapter:
    """How a field of a need, or of its original text, is written."""
    model = NeedText if name in NeedText.word_fields else Need
    if name in _SPECIAL:
        kind, *options = _SPECIAL[name]
        return kind(model, name, *options)
    if name in NeedText.section_fields:
        return adapter(model, name)
    return PlainAdapter(model, name)


_SPECIAL: dict[str, tuple] = {
    "essential_criteria": (CriteriaAdapter,),
    "desirable_criteria": (CriteriaAdapter,),
    "mode": (ModeAdapter,),
    "purchase_kind": (ChoiceAdapter,),
    "phase": (ChoiceAdapter,),
    "themes": (FiledAdapter, Theme, theme_choices),
    "territories": (FiledAdapter, Territory, territory_choices),
    "tags": (WordsAdapter,),
    "weightings": (LinesAdapter,),
    "early_contacts": (LinesAdapter,),
    "value_low": (NumberAdapter, 0, MOST_EUROS),
    "value_high": (NumberAdapter, 0, MOST_EUROS),
    "duration_months": (NumberAdapter, 1, MOST_MONTHS),
    "demonstrations": (NumberAdapter, 0, MOST_DEMONSTRATIONS),
    **dict.fromkeys(
        ("is_innovative", "value_is_public", "no_early_contacts", "anonymous_reading", "several_retained"),
        (FlagAdapter,),
    ),
    **dict.fromkeys(("questions_close_at", "answers_due_at", "closes_at"), (InstantAdapter,)),
}
