"""What people fill in about organisations and those who are in them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from metropole.core.forms import SiteFormMixin

from .enums import CARRIER_KINDS, OrganisationKind, Right
from .models import LegalText, Organisation
from .validators import validate_siren

LONGEST_REASON = 1000
RIGHTS_HELP = {
    Right.CONTRIBUTES: _("Writes practices, projects and sheets in its name."),
    Right.DEPOSITS: _("Answers the needs that authorities publish."),
    Right.ENGAGES: _("Publishes needs and decides in the name of the authority."),
    Right.OWNS: _("Accepts, invites and removes members, and says who may do what."),
}


class ChoiceForm(forms.Form):
    """Names an organisation: by its address here, or by its SIREN."""

    organisation = forms.SlugField(required=False)
    siren = forms.CharField(required=False, validators=[validate_siren])


class OrganisationForm(SiteFormMixin, forms.ModelForm):
    """What an organisation says of itself, and by which identity."""

    number = forms.CharField(
        label=_("SIREN or SIRET"),
        max_length=20,
        help_text=_("9 or 14 digits, e.g. 200054781. We do not accept two organisations with the same SIREN."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=200)

    field_order = ["name", "kind", "number"]

    class Meta:
        model = Organisation
        fields = ["name", "kind", "website", "description", "sector", "size", "town", "postal_code"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "town": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "postal_code": forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
        }
        help_texts = {
            "name": _("Its usual name. Another name or another SIREN is verified again."),
            "description": _("What it does, in 400 characters at most."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "---------"), *_labelled(OrganisationKind, CARRIER_KINDS)]
        self.fields["number"].widget.attrs.update(inputmode="numeric", autocomplete="off")
        for name in ("sector", "size", "town", "postal_code"):
            self.fields[name].required = True
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
        self.initial.setdefault("number", self.instance.siret or self.instance.siren)

    def clean_number(self) -> str:
        """People write these numbers in groups of digits."""
        return "".join(self.cleaned_data["number"].split())

    def _post_clean(self) -> None:
        """Gives the organisation its numbers before Django checks it, whose errors are then the number's."""
        number = self.cleaned_data.get("number", "")
        self.instance.siren = number[:9] or None
        self.instance.siret = number if len(number) > 9 else None
        super()._post_clean()
        self._check_numbers()

    def _check_numbers(self) -> None:
        if "number" not in self.cleaned_data:
            return
        for name in ("siret", "siren"):
            value = getattr(self.instance, name)
            try:
                if value:
                    Organisation._meta.get_field(name).run_validators(value)
            except ValidationError as error:
                self.add_error("number", error)
                return


class AuthorityForm(SiteFormMixin, forms.ModelForm):
    """What an authority says of itself; who it is, the territory says."""

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=200)

    class Meta:
        model = Organisation
        fields = ["website", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"description": _("What it does, in 400 characters at most.")}


class RightsForm(SiteFormMixin, forms.Form):
    """What a member may do. Only what their organisation may give can be chosen."""

    rights = forms.MultipleChoiceField(
        label=_("Rights"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None: reads only.")
    )

    def __init__(self, *args, organisation: Organisation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rights"].choices = [
            (right.value, f"{capfirst(str(right.label))} – {RIGHTS_HELP[right]}")
            for right in organisation.grantable_rights
        ]

    @property
    def chosen(self) -> list[Right]:
        return [Right(value) for value in self.cleaned_data["rights"]]


class InvitationForm(RightsForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The person answers after having signed in with this address."),
    )
    field_order = ["email", "rights"]


class ReasonForm(SiteFormMixin, forms.Form):
    """Why something is refused or ended."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person concerned reads it."),
    )


class AcceptanceForm(SiteFormMixin, forms.Form):
    """One box for each text: who had others before their eyes is shown these."""

    def __init__(self, *args, texts: Sequence[LegalText], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for text in texts:
            words = {"text": text.get_kind_display(), "version": text.version}
            label = _("I have read the %(text)s (version %(version)s) and agree to it.") % words
            self.fields[f"text_{text.pk}"] = forms.BooleanField(label=label)


def _labelled(enum: Any, kinds: Sequence[Any]) -> list[tuple[str, str]]:
    return [(kind.value, capfirst(str(enum(kind).label))) for kind in kinds]
