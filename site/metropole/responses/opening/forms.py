"""What agents and respondents fill in from the opening to the outcome. Services decide; forms keep what was typed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.board.enums import NeedMode, ThresholdKey
from metropole.board.models import Need
from metropole.core.forms import SiteFormMixin
from metropole.core.instants import InstantField
from metropole.core.numbers import WholeNumberField

from ..enums import Verdict
from ..models import Decision
from .enums import VERDICTS, ExchangeKind, Ground, Mark
from .models.exchanges import LONGEST_EXCHANGE
from .models.openings import LONGEST_STATEMENT
from .models.readings import LONGEST_OPINION
from .outcome_guards import MOST_EUROS, retained_before, routes, threshold_of, veto_notes
from .panel import Labelled
from .reading import Row

LONGEST_REASON = 4000
LONGEST_SYNTHESIS = 12_000


def words(label: Any, longest: int, *, rows: int = 4, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A long text. A browser that cuts what is pasted does not say so: too long is told, and kept."""
    widget = forms.Textarea(attrs={"rows": rows})
    field = forms.CharField(label=label, max_length=longest, required=required, help_text=help_text, widget=widget)
    field.widget.attrs.pop("maxlength", None)
    return field


def choice(label: Any, choices: Sequence[Any], *, required: bool = True, **options: Any) -> forms.ChoiceField:
    shown = [(value.value, capfirst(str(value.label))) for value in choices]
    return forms.ChoiceField(label=label, choices=shown, required=required, widget=forms.RadioSelect, **options)


class StatementForm(SiteFormMixin, forms.Form):
    """That one has no interest in what is opened."""

    statement = words(
        gettext_lazy("Your statement on conflicts of interest"),
        LONGEST_STATEMENT,
        help_text=gettext_lazy(
            "E.g. “I have no interest in any company that may have responded.” It is part of the minutes."
        ),
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("I state that I have no personal interest in who may have responded."),
        error_messages={"required": gettext_lazy("Without this statement you cannot open responses.")},
    )


class DeclarationForm(SiteFormMixin, forms.Form):
    """Which interests a reader has, before they read."""

    NONE, CONFLICT = "none", "conflict"

    interest = forms.ChoiceField(
        label=gettext_lazy("Have you an interest in one of those who responded?"),
        choices=[
            (NONE, gettext_lazy("No: I have no interest, and tell if I find one while I read")),
            (CONFLICT, gettext_lazy("Yes: I take no part in the reading, nor in the decision")),
        ],
        widget=forms.RadioSelect,
    )
    statement = words(
        gettext_lazy("Which interest"),
        LONGEST_STATEMENT,
        required=False,
        help_text=gettext_lazy(
            "If you have one: your family, your shares, a former employer… It is kept with the file."
        ),
    )

    @property
    def has_conflict(self) -> bool:
        return self.cleaned_data["interest"] == self.CONFLICT


class PointsForm(SiteFormMixin, forms.Form):
    """What somebody finds, criterion by criterion."""

    def __init__(self, criteria: Sequence[str], language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        for number, criterion in enumerate(self.criteria):
            label = format_html('<span lang="{}">{}</span>', language, criterion)
            self.fields[f"mark-{number}"] = choice(label, list(Mark), required=False)
            comment = words(_("Comment"), 1000, rows=2, required=False)
            comment.widget.attrs["aria-label"] = _("Comment: %(criterion)s") % {"criterion": criterion}
            self.fields[f"comment-{number}"] = comment
        self.fields["text"] = words(_("On the whole"), LONGEST_OPINION, required=False)

    @staticmethod
    def initial_of(points: Sequence[Row], text: str, criteria: Sequence[str]) -> dict[str, str]:
        known = {row.get("criterion"): row for row in points}
        found = {"text": text}
        for number, criterion in enumerate(criteria):
            row = known.get(criterion, {})
            found |= {f"mark-{number}": row.get("mark", ""), f"comment-{number}": row.get("comment", "")}
        return found

    @property
    def points(self) -> list[Row]:
        given = self.cleaned_data
        return [
            {"criterion": criterion, "mark": given[f"mark-{number}"], "comment": given[f"comment-{number}"]}
            for number, criterion in enumerate(self.criteria)
        ]


class NotesForm(PointsForm):
    """One's own notes: each criterion has its mark once one says that they are finished."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(len(self.criteria)):
            self.fields[f"mark-{number}"].is_owed = True


class OpinionForm(PointsForm):
    """What the panel thinks together, on the whole at least."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].is_owed = True


class DecisionForm(SiteFormMixin, forms.Form):
    verdict = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=gettext_lazy("Why it is not admissible"),
        required=False,
        help_text=gettext_lazy("Only for a response that is not admissible."),
    )
    reason = words(
        gettext_lazy("Reason"),
        LONGEST_REASON,
        rows=6,
        help_text=gettext_lazy(
            "Who responded reads it, once the outcome is recorded: what was good, what was missing. Name no other firm."
        ),
    )

    def __init__(self, need: Need, decision: Decision | None, *args: Any, **kwargs: Any) -> None:
        known = {name: getattr(decision, name) for name in ("verdict", "ground", "reason")} if decision else {}
        super().__init__(*args, initial=known, **kwargs)
        verdicts: Sequence[Verdict] = VERDICTS[NeedMode(need.mode)]
        self.fields["verdict"].choices = [(one.value, capfirst(str(one.label))) for one in verdicts]
        self.fields["ground"].choices = [("", "–"), *((one.value, capfirst(str(one.label))) for one in Ground)]


class ExchangeForm(SiteFormMixin, forms.Form):
    """The same questions to all who are invited."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), widget=forms.RadioSelect, initial=ExchangeKind.PRECISION)
    text = words(
        gettext_lazy("What you ask"),
        LONGEST_EXCHANGE,
        rows=6,
        help_text=gettext_lazy(
            "All who are invited read the same words. For a demonstration: when, where and how long, the same for all."
        ),
    )
    due_at = InstantField(
        label=gettext_lazy("Answers until"),
        help_text=gettext_lazy("Paris time, the same for all; nobody reads any answer before."),
    )
    responses = forms.MultipleChoiceField(
        label=gettext_lazy("To whom"), widget=forms.CheckboxSelectMultiple, initial=list
    )

    def __init__(self, responses: Sequence[Labelled], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.value, capfirst(str(one.label))) for one in ExchangeKind]
        self.known = {str(one.response.pk): one for one in responses}
        self.fields["responses"].choices = [(pk, one.title) for pk, one in self.known.items()]
        self.fields["responses"].initial = [*self.known]

    @property
    def chosen(self) -> list:
        return [self.known[pk].response for pk in self.cleaned_data["responses"]]

    def clean_due_at(self) -> dt.datetime:
        due_at = self.cleaned_data["due_at"]
        if due_at.year > 9000:
            raise ValidationError(_("Give a date that can come."))
        return due_at


class AnswerForm(SiteFormMixin, forms.Form):
    text = words(gettext_lazy("Your answer"), LONGEST_EXCHANGE, rows=8)


class OutcomeForm(SiteFormMixin, forms.Form):
    """Every outcome: why, for everybody to read; and an answer to each note of a co-carrier."""

    reason = words(
        gettext_lazy("Reason"),
        2000,
        help_text=gettext_lazy("Everybody reads it, on the page of the need: name no firm, tell no secret of one."),
    )

    def __init__(self, need: Need, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.need, self.notes = need, veto_notes(need)
        for note in self.notes:
            said = {"organisation": note.organisation}
            self.fields[f"veto-{note.key}"] = words(
                _("Your answer to the note of %(organisation)s") % said, 2000, required=False, help_text=note.text
            )

    @property
    def details(self) -> dict[str, Any]:
        """What the step takes besides the reason."""
        answers = {note.key: self.cleaned_data.get(f"veto-{note.key}", "") for note in self.notes}
        own = {name: value for name, value in self.cleaned_data.items() if name in self.own_fields}
        return own | {"veto_answers": answers}

    own_fields: tuple[str, ...] = ()


class AdoptForm(OutcomeForm):
    own_fields = ("route", "amount", "innovation_reason", "repeat_confirmed")

    route = forms.ChoiceField(label=gettext_lazy("Route of the purchase"), widget=forms.RadioSelect)
    amount = WholeNumberField(
        label=gettext_lazy("Amount"),
        min_value=0,
        max_value=MOST_EUROS,
        help_text=gettext_lazy("In euros without tax, for the whole purchase. It is not published."),
    )
    innovation_reason = words(
        gettext_lazy("Why it is innovative"),
        2000,
        required=False,
        help_text=gettext_lazy(
            "For an innovative purchase: what is new, or significantly improved (article L. 2172-3)."
        ),
    )
    repeat_confirmed = forms.BooleanField(
        label=gettext_lazy("We retain this firm again knowingly: it is the relevant choice."), required=False
    )

    def __init__(self, need: Need, *args: Any, **kwargs: Any) -> None:
        super().__init__(need, *args, **kwargs)
        self.fields["route"].choices = [(key.value, _route_label(key)) for key in routes(need)]
        firms = retained_before(need)
        if firms:
            said = _("Your authority has retained %(firms)s before, without competition (article R. 2122-8).")
            self.fields["repeat_confirmed"].help_text = said % {"firms": ", ".join(firms)}
        else:
            del self.fields["repeat_confirmed"]
        if need.innovation_reason:
            self.fields["innovation_reason"].initial = need.innovation_reason


class SynthesisForm(OutcomeForm):
    own_fields = ("synthesis",)

    synthesis = words(
        gettext_lazy("Synthesis"),
        LONGEST_SYNTHESIS,
        rows=14,
        help_text=gettext_lazy(
            "What you learnt from the market: what exists, what it takes, what it costs in general. No firm’s secrets, "
            "no names: everybody reads it, and whoever answers a consultation later has the same knowledge."
        ),
    )


class ConsultationForm(OutcomeForm):
    own_fields = ("url",)

    url = forms.URLField(
        label=gettext_lazy("Address of the official consultation"),
        assume_scheme="https",
        max_length=200,
        help_text=gettext_lazy("On the buyer profile, e.g. https://…"),
    )


FORMS: dict[str, type[OutcomeForm]] = {
    "adopt": AdoptForm,
    "publish_synthesis": SynthesisForm,
    "find_none_suitable": OutcomeForm,
    "abandon": OutcomeForm,
    "launch_consultation": ConsultationForm,
}


def _route_label(key: ThresholdKey) -> str:
    threshold, label = threshold_of(key), capfirst(str(key.label))
    if threshold is None:
        return label
    said = {
        "label": label,
        "amount": number_format(threshold.amount, force_grouping=True),
        "article": threshold.article,
    }
    return _("%(label)s: below %(amount)s € (%(article)s)") % said
