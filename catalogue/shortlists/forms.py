from collections.abc import Sequence

from django import forms
from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from metropole.core.forms import SiteFormMixin
from metropole.organisations.enums import Right
from metropole.organisations.models import Organisation

from .models import Shortlist, ShortlistedSolution


def drawing_organisations(person: AbstractUser) -> list[Organisation]:
    """The authorities for which a person may draw up shortlists."""
    verified = Organisation.objects.of(person, Right.CONTRIBUTES).verified().select_related("territory")
    return [organisation for organisation in verified if organisation.is_authority]


class ShortlistForm(SiteFormMixin, forms.ModelForm):
    """What the list is for."""

    class Meta:
        model = Shortlist
        fields = ["title", "need", "criteria"]
        widgets = {
            "need": forms.Textarea(attrs={"rows": 2}),
            "criteria": forms.Textarea(attrs={"rows": 4}),
        }


class NewShortlistForm(ShortlistForm):
    """The same, for one of one's authorities: asked where there are several."""

    class Meta(ShortlistForm.Meta):
        fields = ["organisation", *ShortlistForm.Meta.fields]

    def __init__(self, *args, organisations: Sequence[Organisation], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[own.pk for own in organisations])
        if len(organisations) == 1:
            field.initial, field.empty_label, field.widget = organisations[0].pk, None, forms.HiddenInput()


class VerdictForm(SiteFormMixin, forms.ModelForm):
    class Meta:
        model = ShortlistedSolution
        fields = ["verdict", "reason"]
        widgets = {"verdict": forms.RadioSelect, "reason": forms.Textarea(attrs={"rows": 4})}


class ConsiderForm(SiteFormMixin, forms.Form):
    """Solutions of the catalogue to add."""

    solution = forms.MultipleChoiceField(label=_("Solutions to consider"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, pages: Sequence[Page], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["solution"].choices = [(page.slug, page.title) for page in pages]
        self.fields["solution"].widget.attrs["class"] = "choices"
