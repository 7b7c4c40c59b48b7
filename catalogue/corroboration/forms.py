from django import forms

from metropole.core.keys import LARGEST_KEY


class CorroborationForm(forms.Form):
    """A button: which claim, for which authority, and the value that one has read."""

    claim = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)
    organisation = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)
    digest = forms.CharField(max_length=32)
