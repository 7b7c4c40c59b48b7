from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.core.forms import SiteFormMixin
from metropole.organisations.models import Organisation
from metropole.organisations.querysets import OrganisationQuerySet
from metropole.organisations.validators import validate_siret

from .models import Takeover


class TakeoverForm(SiteFormMixin, forms.ModelForm):
    """For which organisation one asks for a sheet, and what shows that the solution is its own."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("For which organisation?"), empty_label=None
    )
    siret = forms.CharField(
        label=gettext_lazy("SIRET"),
        required=False,
        help_text=gettext_lazy("Of the establishment that publishes it: 14 digits. An association may have none."),
    )
    field_order = ["organisation", "siret", "proof"]

    class Meta:
        model = Takeover
        fields = ["proof"]
        widgets = {"proof": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, organisations: OrganisationQuerySet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if organisations.count() == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = organisations.get()

    def clean_siret(self) -> str:
        """A number that exists, of the organisation itself."""
        siret, organisation = "".join(self.cleaned_data["siret"].split()), self.cleaned_data.get("organisation")
        if not siret or organisation is None:
            return siret
        validate_siret(siret)
        siren = siret[:9]
        if organisation.siren and siren != organisation.siren:
            words = {"organisation": organisation, "siren": organisation.siren}
            raise forms.ValidationError(_("%(organisation)s has the SIREN %(siren)s: this is another one.") % words)
        if Organisation.objects.filter(siren=siren).exclude(pk=organisation.pk).exists():
            raise forms.ValidationError(_("This SIRET is that of another organisation."))
        return siret
