from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from metropole.core.forms import SiteFormMixin

from .models import Collection, Favourite


class CollectionForm(SiteFormMixin, forms.ModelForm):
    class Meta:
        model = Collection
        fields = ["name"]
        labels = {"name": _("Name of the collection")}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        others = Collection.objects.filter(person=self.instance.person_id, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("You have a collection of this name already."))
        return name


class FavouriteForm(SiteFormMixin, forms.ModelForm):
    """Where a favourite is put, and what its owner notes about it."""

    class Meta:
        model = Favourite
        fields = ["collection", "note"]
        labels = {"collection": _("Collection"), "note": _("Private note")}
        help_texts = {"note": _("Nobody but you reads it.")}
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, person: AbstractUser, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collection"].queryset = Collection.objects.filter(person=person)
        self.fields["collection"].empty_label = _("In no collection")

    def clean(self) -> dict[str, Any]:
        super().clean()
        own = self.instance
        same = Favourite.objects.filter(person=own.person_id, kind=own.kind, ref=own.ref).exclude(pk=own.pk)
        if same.filter(collection=self.cleaned_data.get("collection")).exists():
            self.add_error("collection", _("It is there already."))
        return self.cleaned_data
