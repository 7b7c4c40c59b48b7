"""The forms of a need: how one is begun, its steps, its documents.

Also of a published need, as amendments do: ``step_form(step, typed_of(need))``, then ``cleaned_of`` and ``write``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from metropole.contributions.adapters import Typed
from metropole.contributions.conflicts import digest
from metropole.contributions.forms import Data, StepForm, as_posted
from metropole.core.forms import SiteFormMixin
from metropole.organisations.enums import AUTHORITY_KINDS
from metropole.organisations.models import Organisation
from metropole.organisations.querysets import OrganisationQuerySet

from ..completeness import owed_fields
from ..enums import NeedMode
from ..models import Need, NeedFile, NeedText
from ..policy import contributing
from .steps import FIELDS, NEED, STEPS, NeedStep

FILED = ("themes", "territories", "tags")
"""What stands in tables of its own, and so is written once the need is saved."""


class NeedStepForm(StepForm):
    """A step of a need. ``typed``: all that is typed of the need, as some fields depend on those of other steps."""

    def __init__(self, step: NeedStep, typed: Data, *args, **kwargs) -> None:
        super().__init__(NEED, step, *args, **kwargs)
        self.step, self.typed = step, typed
        mode, is_innovative = typed.get("mode") or NeedMode.SOURCING, bool(typed.get("is_innovative"))
        for name in (*owed_fields(mode, is_innovative=is_innovative), "early_contacts"):
            if name in self.fields:
                self.fields[name].is_owed = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        mode = cleaned.get("mode") if "mode" in self.fields else self.typed.get("mode")
        known = {"mode": mode if mode in NeedMode.values else NeedMode.SOURCING}
        for name, message in self.step.refusals({**cleaned, **known}).items():
            if name not in self.errors:
                self.add_error(name or None, message)
        return cleaned


def step_form(
    step: NeedStep, typed: Data, *, check: bool = False, is_complete: bool = False, initial: Data | None = None
) -> NeedStepForm:
    """The form of a step with what was typed; ``check``: with what is wrong in it, ``is_complete``: or missing.

    ``initial``: what is proposed where nothing is typed.
    """
    seen = json.dumps({name: digest(typed.get(name)) for name in step.fields})
    if not check:
        return NeedStepForm(step, typed, initial={**(initial or {}), **typed, "seen": seen})
    return NeedStepForm(step, typed, as_posted(step, typed, seen), is_complete=is_complete)


@dataclass(frozen=True)
class Checked:
    """What was typed, read by the forms of all steps: what is right, and by field what is wrong or missing."""

    cleaned: Mapping[str, Any]
    errors: Mapping[str, list[str]]


def cleaned_of(typed: Data, *, is_complete: bool = True) -> Checked:
    cleaned: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for step in STEPS:
        form = step_form(step, typed, check=True, is_complete=is_complete)
        errors |= {name: [str(message) for message in messages] for name, messages in form.errors.items()}
        cleaned |= {name: form.cleaned_data[name] for name in step.fields if name in form.cleaned_data}
    return Checked(cleaned, errors)


def typed_of(need: Need) -> dict[str, Typed]:
    """What one would have typed to get a need and its original text."""
    text = original_of(need)
    return {name: NEED.adapter(name).read(text if name in NeedText.word_fields else need) for name in FIELDS}


def take_up(need: Need) -> None:
    """Has a need that was not written here, and is given back, begin with what it says."""
    if not need.typed and need.texts.all():
        need.typed = typed_of(need)


def original_of(need: Need) -> NeedText:
    """A need's own words, published or not; empty ones where it has none yet."""
    texts = (text for text in need.texts.select_related("locale") if text.language == need.language)
    locale = Locale.objects.filter(language_code=need.language)
    return next(texts, None) or NeedText(need=need, locale=locale.first(), live=False)


def fill(need: Need, text: NeedText, cleaned: Mapping[str, Any]) -> None:
    """Sets on a need and its text what was typed, but for what it is filed under; nothing is saved."""
    for name, value in cleaned.items():
        if name not in FILED:
            NEED.adapter(name).write(text if name in NeedText.word_fields else need, value)
    if need.mode == NeedMode.REFERRAL:
        # Nobody asks nor responds here.
        need.questions_close_at = need.answers_due_at = None
    else:
        need.consultation_url = ""
    if need.mode != NeedMode.DIRECT:
        need.weightings = []
    if not need.is_innovative:
        need.innovation_reason = ""


def write(need: Need, cleaned: Mapping[str, Any]) -> NeedText:
    """Saves what was typed in a need, its text and what it is filed under."""
    text = original_of(need)
    fill(need, text, cleaned)
    need.save()
    text.need = need
    text.save()
    for name in FILED:
        if name in cleaned:
            NEED.adapter(name).write(need, cleaned[name])
    return text


def beginning(person: AbstractUser) -> OrganisationQuerySet:
    """The authorities for which a person may begin a need."""
    return contributing(person).filter(kind__in=AUTHORITY_KINDS)


class BeginForm(SiteFormMixin, forms.Form):
    """For which authority a need is begun."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("For which authority?"),
        help_text=_("The need belongs to it: your colleagues who contribute can go on with it."),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, person: AbstractUser, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        authorities = beginning(person)
        field = self.fields["organisation"]
        field.queryset = authorities
        if len(authorities) == 1:
            field.initial = authorities[0]


class FileForm(SiteFormMixin, forms.ModelForm):
    """A document to add."""

    upload = forms.FileField(label=_("File"))
    field_order = ["upload", "title"]

    class Meta:
        model = NeedFile
        fields = ["title"]
