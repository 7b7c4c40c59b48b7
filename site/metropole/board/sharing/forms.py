"""What agents fill in to bring their authorities together on a need. The services decide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from metropole.core.forms import SiteFormMixin
from metropole.core.instants import InstantField
from metropole.core.numbers import WholeNumberField
from metropole.organisations.models import Organisation
from metropole.organisations.querysets import OrganisationQuerySet

from ..models import CoCarrier, Deliberation, Interest, JointPurchase, Need
from ..models.history import LONGEST_REASON
from .carriers import Band

MOST_EUROS = 2_000_000_000


def asked(model: type, name: str, **options: Any) -> forms.Field:
    """A field of a model as agents are asked for it."""
    field = model._meta.get_field(name).formfield(**options)
    field.label = capfirst(field.label)
    # A browser that cuts what is pasted does not say so: too long is told, and kept.
    field.widget.attrs.pop("maxlength", None)
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return field


def words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    """Some sentences; too long is told, and kept."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        validators=[_not_longer],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _not_longer(value: str) -> None:
    if len(value) > LONGEST_REASON:
        raise ValidationError(_("Keep to %(most)d characters."), params={"most": LONGEST_REASON})


class EurosField(WholeNumberField):
    """An amount that an authority may spend."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_EUROS, **options)


class OrganisationChoice(forms.ModelChoiceField):
    """One of one's authorities; named already where there is only one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Organisation.objects.none(), widget=forms.RadioSelect, empty_label=None, **options)

    def offer(self, offered: OrganisationQuerySet) -> None:
        self.queryset = offered
        if offered.count() == 1:
            self.initial = offered.get().pk


class BandForm(SiteFormMixin, forms.Form):
    """What an authority would spend itself."""

    value_low = EurosField(label=_("Your estimate, from"), required=False)
    value_high = EurosField(label=_("Your estimate, to"), required=False)

    def __init__(self, *args: Any, is_owed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _("In euros without tax, for your authority alone, e.g. 30 000. Who carries the need reads it.")
        for name in ("value_low", "value_high"):
            self.fields[name].help_text = said
            self.fields[name].required = is_owed

    @property
    def band(self) -> Band:
        return Band(self.cleaned_data["value_low"], self.cleaned_data["value_high"])


class AnswerForm(BandForm):
    """An invitation is accepted, with one's own estimate."""

    reason = words(_("Why your authority joins"), _("In a sentence or two. On an open need, everybody reads it."))

    def __init__(self, *args: Any, is_open: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_open


class AskForm(AnswerForm):
    """One's authority asks to carry a need."""

    organisation = OrganisationChoice(label=_("For which authority?"))
    field_order = ["organisation", "value_low", "value_high", "reason"]

    def __init__(self, *args: Any, offered: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(offered)


class ReasonForm(SiteFormMixin, forms.Form):
    """``help_text``: who reads it."""

    reason = words(_("Reason"))

    def __init__(self, *args: Any, help_text: str = "", required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text
        self.fields["reason"].required = required


class NoteForm(SiteFormMixin, forms.Form):
    veto = words(
        CoCarrier._meta.get_field("veto").verbose_name, CoCarrier._meta.get_field("veto").help_text, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["veto"].label = _("Your note")


class SourcingForm(SiteFormMixin, forms.Form):
    """The change of mode, with another closing where the present one leaves too little time."""

    closes_at = InstantField(
        label=_("New closing"),
        required=False,
        help_text=_("A working day, at 17:00 at the latest or at 23:59, Paris time. Empty: it stays as it is."),
    )
    reason = words(_("Reason"), _("Everybody reads it, and companies are told."))


class InterestForm(SiteFormMixin, forms.Form):
    """An authority has the need too."""

    organisation = OrganisationChoice(label=_("For which authority?"))
    scope = asked(Interest, "scope")
    wished_on = asked(Interest, "wished_on")

    def __init__(self, *args: Any, offered: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(offered)


class PurchaseForm(SiteFormMixin, forms.Form):
    """The coordinator of a joint purchase, and its agreement."""

    coordinator = asked(JointPurchase, "coordinator")
    agreement_on = asked(JointPurchase, "agreement_on")

    def __init__(self, need: Need, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carriers = [organisation.pk for organisation in need.carriers]
        self.fields["coordinator"].queryset = Organisation.objects.filter(pk__in=carriers)
        self.fields["coordinator"].empty_label = _("Not chosen yet")


class DeliberationForm(SiteFormMixin, forms.Form):
    """When a council votes; empty where that is not known yet."""

    held_on = asked(Deliberation, "held_on", required=False)
