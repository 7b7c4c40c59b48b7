"""The forms in which a response is written: they keep what is typed, and say what is wrong or missing."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import SolutionPage
from metropole.contributions.conflicts import Typed, digest
from metropole.contributions.files.formats import ACCEPTED
from metropole.contributions.forms import as_typed
from metropole.core.forms import SiteFormMixin
from metropole.core.lists import ChoicesWidget, Column
from metropole.core.lists.rows import Row, RowsFormField
from metropole.core.numbers import AmountField
from metropole.organisations.models import Organisation
from metropole.organisations.validators import validate_siren

from ..content import PREFIX, Criterion, criteria_of, key_of
from ..models import Response
from .steps import Step, fields_of

LONGEST_SUMMARY = 600
LONGEST_APPROACH = 20_000
LONGEST_ANSWER = 4_000
MOST_FORMER = 60
PARTNERS = (
    Column("name", gettext_lazy("Name"), required=True, longest=150),
    Column("siren", gettext_lazy("SIREN"), required=True, longest=14),
    Column("role", gettext_lazy("What it does"), required=True, longest=300),
)
Data = Mapping[str, Typed]


class PartnersFormField(RowsFormField):
    """The organisations with which one would do it, each with a right SIREN."""

    def __init__(self, **kwargs) -> None:
        super().__init__(PARTNERS, **kwargs)

    def clean(self, value: Any) -> list[Row]:
        rows, errors = super().clean(value), []
        for number, row in enumerate(rows, start=1):
            row["siren"] = "".join(row["siren"].split())
            try:
                validate_siren(row["siren"])
            except ValidationError as error:
                errors.append(_("Line %(number)d, SIREN: %(error)s") % {"number": number, "error": error.messages[0]})
        if errors:
            raise ValidationError(errors)
        return rows


def _prose(label: str, help_text: str, longest: int, rows: int, *, required: bool = True) -> forms.Field:
    return forms.CharField(
        label=label, help_text=help_text, max_length=longest, required=required, widget=forms.Textarea({"rows": rows})
    )


def solutions_of(organisation: Organisation) -> list[tuple[str, str]]:
    """The sheets that an organisation has in the catalogue, as choices."""
    pages = SolutionPage.objects.published().filter(publisher=organisation).order_by("title")
    return [(str(key), title) for key, title in {page.translation_key: page.title for page in pages}.items()]


def _solutions(response: Response) -> forms.Field | None:
    choices = solutions_of(response.organisation)
    if not choices:
        return None
    return forms.MultipleChoiceField(
        label=_("Your sheets in the catalogue"),
        help_text=_("Those on which your response relies: they are read with it."),
        choices=choices,
        required=False,
        widget=ChoicesWidget,
    )


def _criterion(criterion: Criterion, language: str) -> forms.Field:
    label = format_html('<span lang="{}">{}</span>', language, criterion.text)
    kind = _("Essential criterion") if criterion.is_essential else _("Desirable criterion")
    return _prose(label, kind, LONGEST_ANSWER, 4, required=criterion.is_essential)


FIELDS = {
    "summary": lambda response: _prose(
        _("Summary"), _("Your response in a few sentences: 600 characters at most."), LONGEST_SUMMARY, 4
    ),
    "approach": lambda response: _prose(
        _("Approach"), _("What you would do, with what, and what you would need from the authority."),
        LONGEST_APPROACH, 12,
    ),
    "calendar": lambda response: _prose(
        _("Calendar"), _("The main stages and how long each takes."), LONGEST_ANSWER, 5
    ),
    "price": lambda response: AmountField(
        label=_("Indication of price"), help_text=_("In euros without tax, for all that is proposed."),
        min_value=0, max_digits=12, decimal_places=2,
    ),
    "price_basis": lambda response: _prose(
        _("What the price holds"), _("What is in it, what is not, and what recurs each year."), LONGEST_ANSWER, 4,
        required=False,
    ),
    "solutions": _solutions,
    "experience": lambda response: _prose(
        _("References and experience"), _("Where you have done something like it, when, and what came of it."),
        LONGEST_APPROACH, 6, required=False,
    ),
    "partners": lambda response: PartnersFormField(
        label=_("Partners"), help_text=_("If you respond with others: your organisation leads and answers for them."),
        required=False,
    ),
    "name_may_be_published": lambda response: forms.BooleanField(
        label=_("If our response is retained, the name of our organisation may be published."), required=False
    ),
    "publishable": lambda response: _prose(
        _("What everybody may read after the outcome"),
        _("In your own words, without secrets. Empty: nothing of your response is published."),
        LONGEST_ANSWER, 5, required=False,
    ),
}  # fmt: skip


class StepForm(SiteFormMixin, forms.Form):
    """A step: what its fields hold, as it was typed. Without ``is_complete`` nothing is owed yet.

    The hidden ``seen`` says what the fields held when the form was given: who saves later learns what changed since.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, response: Response, step: Step, *args, is_complete: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        need = response.need
        criteria = {criterion.field: criterion for criterion in criteria_of(need)}
        for name in fields_of(step, need):
            field = _criterion(criteria[name], need.language) if name in criteria else FIELDS[name](response)
            if field is None:
                continue
            # A browser that cuts what is pasted does not say so: too long is told, and kept.
            field.widget.attrs.pop("maxlength", None)
            field.is_owed = field.required
            field.required = field.required and is_complete
            self.fields[name] = field
        self.criteria = list(criteria.values()) if set(criteria) <= set(self.fields) else []

    @property
    def stored(self) -> dict[str, Any]:
        """What was cleaned, as JSON holds it."""
        return {name: _as_json(value) for name, value in self.cleaned_data.items() if name != "seen"}


def typed_in(posted: QueryDict, response: Response, step: Step) -> dict[str, Typed]:
    """What a request holds for the fields of a step, and for criteria that were its own when it was opened."""
    form = StepForm(response, step, posted)
    names = [name for name in form.fields if name != "seen"]
    typed = {name: as_typed(form.fields[name].widget.value_from_datadict(posted, {}, name)) for name in names}
    if form.criteria:
        typed |= {f"{PREFIX}{key}": as_typed(posted.get(f"{PREFIX}{key}")) for key in words_in(posted)}
    return typed


def words_in(posted: QueryDict) -> dict[str, str]:
    """The criteria that a form asked about, by key: an amendment may have changed them since."""
    words = {}
    for name in [name for name in posted if name.startswith("words-")][:MOST_FORMER]:
        text = as_typed(posted[name])
        if name == f"words-{key_of(text)}" and f"{PREFIX}{key_of(text)}" in posted:
            words[key_of(text)] = text
    return words


def step_form(
    response: Response, step: Step, data: Data, *, check: bool = False, is_complete: bool = False
) -> StepForm:
    """The form of a step with what was typed; ``check``: with what is wrong in it, ``is_complete``: or missing."""
    names = fields_of(step, response.need)
    seen = json.dumps({name: digest(data.get(name)) for name in names})
    if not check:
        return StepForm(response, step, initial={**data, "seen": seen})
    posted = QueryDict(mutable=True)
    for name in names:
        value = data.get(name) or []
        posted.setlist(name, value if isinstance(value, list) else [value])
    posted["seen"] = seen
    return StepForm(response, step, posted, is_complete=is_complete)


def _as_json(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


class FileForm(SiteFormMixin, forms.Form):
    """A file to add."""

    upload = forms.FileField(label=gettext_lazy("File"), widget=forms.FileInput({"accept": ACCEPTED}))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150, help_text=gettext_lazy("What it shows."))


class BeginForm(SiteFormMixin, forms.Form):
    """For which of one's organisations."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("For which organisation?"),
        help_text=gettext_lazy("The response belongs to it: your colleagues who deposit can go on with it."),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, organisations: list[Organisation], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
        if len(organisations) == 1:
            field.initial = organisations[0]


class DepositForm(SiteFormMixin, forms.Form):
    """The version of the draft that somebody has seen complete."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
