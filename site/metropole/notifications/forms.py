import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.core.forms import SiteFormMixin

from .enums import Pace
from .models import MailChoices
from .topics import optional_topics

LONGEST_PAUSE = dt.timedelta(days=366)


class PreferencesForm(SiteFormMixin, forms.ModelForm):
    """The pace of each topic, and a pause."""

    class Meta:
        model = MailChoices
        fields = ["paused_until"]
        widgets = {"paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.topics = optional_topics()
        for topic in self.topics:
            self.fields[topic.name] = forms.ChoiceField(
                label=topic.label,
                help_text=topic.explanation,
                choices=Pace.choices,
                initial=self.instance.pace(topic),
                widget=forms.RadioSelect,
            )
        self.order_fields([*(topic.name for topic in self.topics), "paused_until"])

    def clean_paused_until(self) -> dt.date | None:
        until, today = self.cleaned_data["paused_until"], timezone.localdate()
        if until and until > today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a day within a year: to have no e-mails at all, choose “never”."))
        return until if until and until > today else None

    @property
    def paces(self) -> dict[str, str]:
        """What was chosen, by topic."""
        return {topic.name: self.cleaned_data[topic.name] for topic in self.topics}
