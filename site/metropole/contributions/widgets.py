from django import forms


class ChoicesWidget(forms.CheckboxSelectMultiple):
    """Boxes to tick, in groups that say what they are of, in a frame that does not fill the page."""

    template_name = "forms/choices.html"
