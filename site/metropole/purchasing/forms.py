"""What agents fill in. Forms ask and keep what was typed; the services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import EMPTY_VALUES
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.enums import SolutionKind
from metropole.core.forms import SiteFormMixin
from metropole.organisations.models import Organisation

from .interests import Said
from .models import ChecklistEntry, GroupMember, Interest, Presentation, PresentedSolution
from .models.group import HIGHEST_VALUE, LONGEST_REASON
from .models.message import LONGEST_MESSAGE


def asked(model: type, name: str, **options: Any) -> forms.Field:
    """A field of a model as its agents are asked for it."""
    field = model._meta.get_field(name).formfield(**options)
    field.label = capfirst(field.label)
    # A browser that cuts what is pasted does not say so: too long is told, and kept.
    field.widget.attrs.pop("maxlength", None)
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return field


def words(label: Any, longest: int, rows: int = 4, **options: Any) -> forms.CharField:
    field = forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **options)
    field.widget.attrs.pop("maxlength", None)
    return field


class AuthorityField(forms.ChoiceField):
    """One of the authorities for which a person acts; where it is the only one, it is chosen."""

    widget = forms.RadioSelect

    def offer(self, authorities: Iterable[Organisation]) -> None:
        self._authorities = {str(one.pk): one for one in authorities}
        self.choices = [(key, one.name) for key, one in self._authorities.items()]
        if len(self._authorities) == 1:
            self.initial = next(iter(self._authorities))

    def clean(self, value: Any) -> Organisation | None:
        chosen = super().clean(value)
        return None if chosen in EMPTY_VALUES else self._authorities[chosen]


class InterestForm(SiteFormMixin, forms.Form):
    organisation = AuthorityField(label=_("For which authority?"))
    solutions = forms.MultipleChoiceField(label=_("Which solutions interest it?"), widget=forms.CheckboxSelectMultiple)
    scope = asked(Interest, "scope")
    wished_on = asked(Interest, "wished_on")

    def __init__(
        self,
        presentation: Presentation,
        authorities: Iterable[Organisation],
        *args: Any,
        known: Interest | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_said_before(known) if known else None, **kwargs)
        self.fields["organisation"].offer(authorities)
        rows: Iterable[PresentedSolution] = presentation.solutions.all()
        self.fields["solutions"].choices = [(str(row.pk), row.title) for row in rows]
        self.fields["solutions"].widget.attrs["class"] = "choices"

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        return Said([int(pk) for pk in given["solutions"]], given["scope"], given["wished_on"])


def _said_before(interest: Interest) -> dict[str, Any]:
    return {
        "organisation": str(interest.organisation_id),
        "solutions": [str(row.pk) for row in interest.solutions.all()],
        "scope": interest.scope,
        "wished_on": interest.wished_on,
    }


class JoinForm(SiteFormMixin, forms.Form):
    """For which authority a person has it join a group."""

    organisation = AuthorityField(label=_("For which authority?"))

    def __init__(self, authorities: Iterable[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(authorities)


class FormGroupForm(JoinForm):
    category = forms.ChoiceField(label=_("Which category of solutions?"), widget=forms.RadioSelect)

    def __init__(self, categories: Iterable[SolutionKind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.value, capfirst(str(kind.label))) for kind in categories]
        self.fields["category"].choices = choices
        if len(choices) == 1:
            self.fields["category"].initial = choices[0][0]


class ReasonForm(SiteFormMixin, forms.Form):
    reason = words(_("Reason"), LONGEST_REASON)

    def __init__(self, *args: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text


class ConsultForm(SiteFormMixin, forms.Form):
    url = forms.URLField(
        label=_("Address of the official consultation"),
        assume_scheme="https",
        max_length=200,
        help_text=_("On the coordinator’s buyer profile, e.g. https://… Everybody reads it."),
    )


class ConfirmForm(SiteFormMixin, forms.Form):
    """Nothing to fill in: what is about to be done is said above its button."""


class EntryForm(SiteFormMixin, forms.ModelForm):
    """An item of the checklist as it is now."""

    state = asked(ChecklistEntry, "state", widget=forms.RadioSelect)
    done_on = asked(ChecklistEntry, "done_on")
    note = asked(ChecklistEntry, "note")

    class Meta:
        model = ChecklistEntry
        fields = ["state", "done_on", "note"]

    def _post_clean(self) -> None:
        """The service checks what is said."""
        for name, value in self.cleaned_data.items():
            setattr(self.instance, name, value)


class ShareForm(SiteFormMixin, forms.Form):
    """One authority's own part."""

    estimated_value = asked(GroupMember, "estimated_value", max_value=HIGHEST_VALUE)
    deliberated_on = asked(GroupMember, "deliberated_on")


class MessageForm(SiteFormMixin, forms.Form):
    organisation = AuthorityField(label=_("In the name of"))
    text = words(
        _("Your message"),
        LONGEST_MESSAGE,
        rows=6,
        help_text=_("Only the agents of the group’s members read it, with your name."),
    )

    def __init__(self, authorities: Iterable[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(authorities)
        field = self.fields["organisation"]
        field.offer(offered)
        if len(offered) == 1:
            field.widget = forms.HiddenInput()
