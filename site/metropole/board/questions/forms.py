from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue.deployments.forms import OrganisationChoice
from metropole.core.forms import SiteFormMixin

from ..models import Need, Question
from ..models.history import LONGEST_REASON
from .policy import asking_organisations
from .services import seen_of


class Words(forms.CharField):
    """A text of several lines, each of which counts as it does for who types it."""

    def __init__(self, field: models.Field | None = None, rows: int = 6, **options: Any) -> None:
        known = {"label": capfirst(field.verbose_name), "help_text": field.help_text} if field else {}
        longest = {"max_length": field.max_length} if field else {}
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **longest | known | options)
        # A browser that cuts what is pasted does not say so: too long is told, and kept.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


def _field(name: str) -> models.Field:
    return Question._meta.get_field(name)


class AskForm(SiteFormMixin, forms.Form):
    """A question, and the organisation for which it is asked: nobody but the asker ever reads which."""

    organisation = OrganisationChoice(
        label=_("For which organisation?"),
        help_text=_("The site keeps it for itself: neither the authority nor anybody else reads it."),
    )
    text = Words(_field("text"))

    def __init__(self, need: Need, person: AbstractUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].offer(asking_organisations(person, need).order_by("name"))


class AnswerForm(SiteFormMixin, forms.Form):
    """A question as everybody will read it, and its answer. Unfinished, it can be kept."""

    published_text = Words(_field("published_text"), required=False)
    answer = Words(_field("answer"), rows=10, required=False)
    is_reread = forms.BooleanField(
        label=_("I have read these words again: they do not show who asked."), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, question: Question, posted: Mapping[str, str] | None) -> None:
        begun = {
            "published_text": question.published_text or question.text,
            "answer": question.answer,
            "seen": seen_of(question),
        }
        super().__init__(posted, initial=begun)
        for name in ("published_text", "answer"):
            self.fields[name].is_owed = True

    def show(self, question: Question) -> bool:
        """Before it is shown: asks to read again only where words are pointed out, and knows what there is now.

        Gives whether somebody else has written there since the person was given the form.
        """
        if "is_reread" not in self.errors and not self.data.get("is_reread"):
            del self.fields["is_reread"]
        if not self.is_bound or self.data.get("seen") == seen_of(question):
            return False
        self.data = self.data | {"seen": seen_of(question)}
        return True


class DismissalForm(SiteFormMixin, forms.Form):
    """Why a question is not published."""

    reason = Words(
        rows=3, label=_("Reason"), max_length=LONGEST_REASON, help_text=_("Who asked is told why; nobody else is.")
    )


class CorrectionForm(SiteFormMixin, forms.Form):
    correction = Words(_field("correction"))
