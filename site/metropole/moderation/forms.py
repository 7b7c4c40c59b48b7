"""What moderators decide, and what they say of it."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from metropole.content.models import ContentPage
from metropole.core.forms import SiteFormMixin
from metropole.core.keys import LARGEST_KEY
from metropole.core.lists import ChoicesWidget
from metropole.core.robots import TrapField, is_genuine, is_too_fast, stamp
from metropole.organisations.models import Organisation

from .addresses import page_at
from .enums import MessageKind, ReportKind
from .fields import field_choices
from .models import LONGEST_REASON, CannedMessage, DeletionRequest


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


class ReportForm(SiteFormMixin, forms.Form):
    """What a reader says is wrong. Whoever fills in the trap, or types faster than people do, is a robot."""

    kind = forms.ChoiceField(label=gettext_lazy("What is wrong?"), choices=ReportKind, widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Tell us more"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Where in the page, and what would be right. Give no personal data."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address for the answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("For the answer alone: it is erased a month after. E.g. name@example.org"),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, reported: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._what_for = f"report.{reported}"
        self.fields["website"] = TrapField()
        self.initial["opened"] = stamp(self._what_for)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opened = cleaned.get("opened", "")
        if not is_genuine(opened, self._what_for):
            self.data = self.data.copy()
            self.data["opened"] = stamp(self._what_for)
            self.add_error(None, _("This page was open for too long. Send it again."))
        elif is_too_fast(opened, self._what_for):
            self.add_error(None, _("That was faster than one can type. Send it again."))
        return cleaned

    @property
    def is_from_robot(self) -> bool:
        return bool(self.cleaned_data.get("website"))


class PagesField(forms.ModelMultipleChoiceField):
    """Pages chosen from a list; an identifier larger than a database holds is that of none of them."""

    def clean(self, value: Any) -> QuerySet[Page]:
        for key in value or ():
            if str(key).isdecimal() and int(str(key)[:30]) > LARGEST_KEY:
                raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": str(key)[:30]})
        return super().clean(value)


class LastWordsForm(forms.Form):
    """What is said of a page that goes, besides why: only of those that people depend on."""

    choices_widget: type[forms.Widget] = forms.CheckboxSelectMultiple

    def __init__(self, *args, page: ContentPage | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if page is None or not page.names_alternatives:
            return
        others = type(page).objects.live().public().filter(locale=page.locale).exclude(pk=page.pk).order_by("title")
        self.fields["safe_version"] = DeletionRequest._meta.get_field("safe_version").formfield()
        self.fields["alternatives"] = PagesField(
            others,
            label=gettext_lazy("Alternatives"),
            required=False,
            widget=self.choices_widget,
            help_text=DeletionRequest._meta.get_field("alternatives").help_text,
        )


class RemovalForm(SiteFormMixin, LastWordsForm):
    """Why an organisation wants a page of its own to go."""

    choices_widget = ChoicesWidget

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("For which organisation?"), empty_label=None
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Readers who come to its address will read it. E.g. “The service was closed in 2026.”"),
    )

    def __init__(self, *args, organisations: QuerySet[Organisation], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if not organisations.exists():
            # The editors ask for what no organisation keeps up.
            self.fields["organisation"].required = False
            self.fields["organisation"].widget = forms.HiddenInput()
        elif organisations.count() == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = organisations.get()


class RefusedDeletionForm(ReasonForm):
    message_kind = MessageKind.DELETION


class GrantForm(LastWordsForm):
    """What the address of a removed page says."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, as readers will see it"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    instead = forms.CharField(
        label=gettext_lazy("To be read instead"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("The address of a page of this site, e.g. /fr/ressources/parking/. It may be empty."),
    )

    def clean_instead(self) -> Page | None:
        address = self.cleaned_data["instead"].strip()
        if not address:
            return None
        page = page_at(urlsplit(address).path)
        if page is None:
            raise forms.ValidationError(_("There is no page of this site at this address."))
        return page


class AnswerForm(ReasonForm):
    """What a reader is answered."""

    message_kind = MessageKind.REPORT
