from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class ChoicesWidget(forms.CheckboxSelectMultiple):
    """Boxes to tick, in groups that say what they are of, in a frame that does not fill the page."""

    template_name = "forms/choices.html"


class ChoicesField(models.JSONField):
    """Several values of one enumeration, as a list of its codes in the enumeration's order."""

    def __init__(self, *args, codes: type[models.Choices] | None = None, **kwargs) -> None:
        self.codes = codes
        super().__init__(*args, **{"default": list, "blank": True} | kwargs)

    def clean(self, value: Any, model_instance: models.Model | None) -> list[str]:
        """Each code once, in the enumeration's order."""
        chosen = super().clean(value, model_instance)
        return [code for code in self.codes.values if code in chosen]

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or set(map(str, value)) - set(self.codes.values):
            raise ValidationError(_("Choose among the values that are offered."), code="invalid_choice")

    def display(self, value: list[str]) -> str:
        """The values as readers see them."""
        return ", ".join(self.labels(value))

    def labels(self, value: list[str]) -> list[str]:
        return [str(code.label) for code in self.codes if code.value in (value or ())]

    def formfield(self, **kwargs) -> forms.Field:
        options = {
            "required": not self.blank,
            "label": capfirst(self.verbose_name),
            "help_text": self.help_text,
            "choices": self.codes.choices,
            "widget": forms.CheckboxSelectMultiple,
        }
        return forms.TypedMultipleChoiceField(**options | kwargs)
