"""What moderators decide, and what they say of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from .enums import MessageKind
from .fields import field_choices
from .models import LONGEST_REASON, CannedMessage


class ReasonForm(forms.Form):
    """A reason: the moderator's own, or a ready-made one where they say none."""

    message_kind = MessageKind.REFUSAL
    language = "fr"

    canned = forms.ChoiceField(label=gettext_lazy("Ready-made message"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The authors read it. Left empty, the ready-made message is used."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._messages = {str(known.pk): known for known in CannedMessage.objects.filter(kind=self.message_kind)}
        self.fields["canned"].choices = [("", _("None")), *((pk, known.title) for pk, known in self._messages.items())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "reason" in self.errors:
            return cleaned
        chosen = self._messages.get(cleaned.get("canned", ""))
        if not cleaned.get("reason") and chosen:
            cleaned["reason"] = chosen.text(self.language)
        if not cleaned.get("reason") and not self.may_be_silent:
            self.add_error("reason", _("Say why: the person concerned is told."))
        return cleaned

    @property
    def may_be_silent(self) -> bool:
        return False


class RefusalForm(ReasonForm):
    pass


class ChangesForm(ReasonForm):
    """What is to be changed in one field, and why."""

    message_kind = MessageKind.CHANGES

    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    field_order = ["field", "canned", "reason"]

    def __init__(self, *args, page_model: type[Page] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = field_choices(page_model)


class ApprovalForm(forms.Form):
    """An approval needs no words."""
