"""What the lead authority says of its open need: other words, a later closing, that it be withdrawn."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from metropole.contributions.adapters import Adapter, ProseAdapter, RowsAdapter, normal
from metropole.core.fields import ProseField
from metropole.core.forms import SiteFormMixin
from metropole.core.instants import InstantField
from metropole.core.lists import RowsField
from metropole.moderation.enums import MessageKind
from metropole.moderation.forms import ReasonForm

from ..enums import NeedMode
from ..models import Need, NeedText
from ..models.history import LONGEST_REASON
from .changes import AMENDABLE, holder, is_material, rows_between

MODES = [(mode.value, capfirst(mode.label)) for mode in (NeedMode.SOURCING, NeedMode.DIRECT)]
"""An open need refers to no consultation: for that there is the outcome, once it is closed."""
LARGEST = 2_000_000_000
MOST = {"value_low": LARGEST, "value_high": LARGEST, "duration_months": 240, "demonstrations": 100}


def reason_field(help_text: str) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4}), help_text=help_text
    )


class ExtensionForm(SiteFormMixin, forms.Form):
    closes_at = InstantField(
        label=_("New closing, Paris time"),
        help_text=_("Later than now, on a working day, at 17:00 at the latest or at 23:59. E.g. 14/01/2027 17:00."),
    )
    reason = reason_field(_("Everybody reads it. E.g. “Two companies' questions needed a visit of the site.”"))


class WithdrawalForm(SiteFormMixin, forms.Form):
    reason = reason_field(_("Everybody reads it once the need is withdrawn. E.g. “The budget was not voted.”"))


class ChangeForm(SiteFormMixin, forms.Form):
    """The published words and facts, to be changed. ``values`` are what is then typed, as their fields hold it."""

    def __init__(self, *args: Any, need: Need, text: NeedText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._need, self._text = need, text
        fixed = "mode" if need.mode == NeedMode.REFERRAL else "consultation_url"
        self._adapters = {name: _adapter(need, text, name) for name in AMENDABLE if name != fixed}
        for name, adapter in self._adapters.items():
            self.fields[name] = _field(adapter, name)
            current = holder(need, text, name)
            is_box = isinstance(self.fields[name], forms.BooleanField)
            self.initial[name] = getattr(current, name) if is_box else adapter.read(current)
        self.fields["closes_at"] = InstantField(
            label=_("New closing, Paris time"),
            required=False,
            help_text=_("After a material change, companies have 7 days at least. Empty: it stays as it is."),
        )
        self.fields["reason"] = reason_field(_("Everybody reads it, beside the old and the new words."))
        self.fields["seen"] = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
        self.initial["seen"] = need.digest

    @property
    def values(self) -> dict[str, Any]:
        """What is typed; prose that says what is published keeps its bold and its links."""
        need, text = type(self._need)(), type(self._text)()
        for name, adapter in self._adapters.items():
            instance, old = holder(need, text, name), getattr(holder(self._need, self._text, name), name)
            setattr(instance, name, old)
            adapter.write(instance, _value(old, self.cleaned_data[name]))
        return {name: getattr(holder(need, text, name), name) for name in self._adapters}

    @property
    def is_material(self) -> bool:
        return is_material(rows_between(self._need, self._text, self.values))


def _adapter(need: Need, text: NeedText, name: str) -> Adapter:
    model = type(holder(need, text, name))
    field = model._meta.get_field(name)
    if isinstance(field, ProseField):
        return ProseAdapter(model, name)
    return RowsAdapter(model, name) if isinstance(field, RowsField) else Adapter(model, name)


def _field(adapter: Adapter, name: str) -> forms.Field:
    field = adapter.form_field(required=False)
    if name == "mode":
        field = forms.ChoiceField(label=field.label, choices=MODES)
    if name in MOST:
        field.max_value, field.min_value = MOST[name], 0
        field.validators += [MaxValueValidator(MOST[name])]
    if isinstance(field, forms.BooleanField):
        field.required = False
    return field


def _value(old: Any, typed: Any) -> Any:
    """Lines that differ in nothing but how they end are the same."""
    return old if isinstance(old, str) and normal(old) == normal(typed) else typed


class GiveBackForm(ReasonForm):
    """Why a need is given back to its author."""

    message_kind = MessageKind.CHANGES


class RefuseForm(ReasonForm):
    """Why something asked for is not done."""

    message_kind = MessageKind.REFUSAL


class NoteForm(forms.Form):
    """A reason that readers of the need's history see."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads it in the history of the need."),
    )
