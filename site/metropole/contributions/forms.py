"""The forms of contributions: how one is begun, its steps, its files."""

import json
from collections.abc import Mapping
from typing import Any, Protocol

from django import forms
from django.contrib.auth.models import AbstractUser
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from metropole.core.forms import SiteFormMixin
from metropole.organisations.enums import Right
from metropole.organisations.models import Organisation

from .adapters import Adapter, Typed
from .conflicts import Seen, digest
from .kinds import Kind, Step, kind_named, kinds_to_begin
from .models import ContributedFile

Data = Mapping[str, Typed]
LONGEST_TYPED = 400_000
"""Characters kept of a field of a draft: far more than any field takes, that nothing typed is lost."""


class Asked(Protocol):
    """What is written in steps: a kind of contribution, or what other apps have written in the same way."""

    def adapter(self, name: str) -> Adapter: ...


class StepForm(SiteFormMixin, forms.Form):
    """A step: what its fields hold, as it was typed.

    Unfinished is not wrong: without ``is_complete``, nothing is owed, and only what is typed wrongly is said to be so.
    The hidden ``seen`` says what the fields held when the form was given: who saves later learns what changed since.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, kind: Asked, step: Step, *args, is_complete: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in step.fields:
            field = self.fields[name] = kind.adapter(name).form_field(name in step.required)
            # A browser that cuts what is pasted does not say so: too long is told, and kept.
            field.widget.attrs.pop("maxlength", None)
            field.is_owed = field.required
            field.required = field.required and is_complete


def typed_in(posted: QueryDict, kind: Asked, step: Step) -> dict[str, Typed]:
    """What a request holds for the fields of a step; whatever else it holds is left alone."""
    form = StepForm(kind, step, posted)
    typed = {}
    for name in step.fields:
        value = form.fields[name].widget.value_from_datadict(posted, {}, name)
        typed[name] = as_typed(value)
    return typed


def seen_in(posted: QueryDict) -> Seen:
    """What the fields held when the person was given the form; nothing if that is unreadable."""
    try:
        seen = json.loads(posted.get("seen", ""))
    except ValueError:
        return {}
    if not isinstance(seen, dict):
        return {}
    return {name: value for name, value in seen.items() if isinstance(value, str)}


def step_form(kind: Kind, step: Step, data: Data, *, check: bool = False, is_complete: bool = False) -> StepForm:
    """The form of a step with what was typed; ``check``: with what is wrong in it, ``is_complete``: or missing."""
    seen = json.dumps({name: digest(data.get(name)) for name in step.fields})
    if not check:
        return StepForm(kind, step, initial={**data, "seen": seen})
    return StepForm(kind, step, as_posted(step, data, seen), is_complete=is_complete)


def as_posted(step: Step, data: Data, seen: str) -> QueryDict:
    """What was typed, as a form takes it."""
    posted = QueryDict(mutable=True)
    for name in step.fields:
        value = data.get(name) or []
        posted.setlist(name, value if isinstance(value, list) else [value])
    posted["seen"] = seen
    return posted


def as_typed(value: Any) -> Typed:
    """What a control sent, as drafts keep it."""
    if isinstance(value, list | tuple):
        return sorted({str(chosen)[:100] for chosen in value})[:500]
    # A lone half of a character, or NUL, which no database takes.
    text = str(value or "").encode(errors="ignore").decode().replace("\x00", "")
    return text.replace("\r\n", "\n")[:LONGEST_TYPED]


class BeginForm(SiteFormMixin, forms.Form):
    """What one wants to write, and for which organisation."""

    kind = forms.ChoiceField(label=_("What do you want to share?"), widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("For which organisation?"),
        help_text=_("The content belongs to it: your colleagues who contribute can go on with it."),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, person: AbstractUser, *args, kind: Kind | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.verified().of(person, Right.CONTRIBUTES)
        if kind and kind.for_organisations:
            organisations = organisations.filter(kind__in=kind.for_organisations)
        self.fields["organisation"].queryset = organisations
        if organisations.count() == 1:
            self.fields["organisation"].initial = organisations[0]
        if kind:
            del self.fields["kind"]
        else:
            kinds = [offered for offered in kinds_to_begin() if any(map(offered.is_for, organisations))]
            self.fields["kind"].choices = [
                (offered.name, f"{offered.label} – {offered.description}") for offered in kinds
            ]

    def clean_organisation(self) -> Organisation:
        """Of somebody's organisations, one carries solutions, another is an authority."""
        organisation, kind = self.cleaned_data["organisation"], self.cleaned_data.get("kind")
        if kind and not kind_named(kind).is_for(organisation):
            words = {"organisation": organisation, "kind": str(kind_named(kind).label).lower()}
            raise forms.ValidationError(_("%(organisation)s contributes no %(kind)s: choose another one.") % words)
        return organisation


class FileForm(SiteFormMixin, forms.ModelForm):
    """A file to add, with what is said of it."""

    upload = forms.FileField(label=_("File"))
    field_order = ["upload", "title", "accessible_version", "licence"]

    class Meta:
        model = ContributedFile
        fields = ["title", "accessible_version", "licence"]


class FileWordsForm(SiteFormMixin, forms.ModelForm):
    """What is said of a file."""

    class Meta:
        model = ContributedFile
        fields = ["title", "accessible_version", "licence"]
