"""What agents fill in about what their authority uses."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from metropole.core.forms import SiteFormMixin
from metropole.organisations.enums import AUTHORITY_KINDS, Right
from metropole.organisations.models import Organisation
from metropole.organisations.querysets import OrganisationQuerySet

from .enums import DECLARED_STAGES, Stage
from .models import LONGEST_REASON, Deployment, DeploymentStage, Statement
from .policy import refusal, writing_authorities
from .statements import Said, said_of
from .transitions import NEXT_STAGES

LONGEST_MESSAGE = 3000
SINCE_WHEN = _("Say since when; the first of the month if you do not know the day.")


def asked(name: str, model: type[Statement] = Deployment, **options: Any) -> forms.Field:
    """A field of a deployment as its agents are asked for it."""
    field = model._meta.get_field(name).formfield(**options)
    field.label = capfirst(field.label)
    # A browser that cuts what is pasted does not say so: too long is told, and kept.
    field.widget.attrs.pop("maxlength", None)
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return field


def stage_field(stages: tuple[Stage, ...] = DECLARED_STAGES) -> forms.ChoiceField:
    def choices() -> list[tuple[str, str]]:
        return [(stage.value, capfirst(str(stage.label))) for stage in stages]

    return forms.ChoiceField(label=_("Stage"), choices=choices, widget=forms.RadioSelect)


class OrganisationChoice(forms.ModelChoiceField):
    """One of one's organisations. Those that are refused are not offered; who names one all the same reads why."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Organisation.objects.none(), widget=forms.RadioSelect, empty_label=None, **options)

    def offer(self, offered: OrganisationQuerySet, known: OrganisationQuerySet | None = None) -> None:
        self.queryset = offered if known is None else known
        self.choices = [(organisation.pk, organisation.name) for organisation in offered]
        if len(self.choices) == 1:
            self.initial = self.choices[0][0]


class WordsForm(SiteFormMixin, forms.Form):
    """What is said besides the stage and its dates."""

    scope = asked("scope")
    cost_class = asked("cost_class")
    note = asked("note", widget=forms.Textarea(attrs={"rows": 4}))

    def clean_ended_on(self) -> dt.date | None:
        """What somebody has written is never dropped without a word."""
        ended_on = self.cleaned_data["ended_on"]
        if ended_on and self.cleaned_data.get("stage", Stage.STOPPED) != Stage.STOPPED:
            raise ValidationError(_("Leave this empty, or say that it has stopped."))
        return ended_on

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("scope", "cost_class", "note")}


class DeclareForm(WordsForm):
    """The first thing that an authority says of a solution. ``proposed``: the key of the one that is likely meant."""

    organisation = OrganisationChoice(label=_("For which authority?"))
    stage = stage_field()
    started_on = asked("started_on", required=True, error_messages={"required": SINCE_WHEN})
    ended_on = asked("ended_on", help_text=_("Only if it has stopped."))

    field_order = ["organisation", "stage", "started_on", "ended_on", "scope", "cost_class", "note"]

    def __init__(self, solution: Page, person: AbstractUser, *args: Any, proposed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Organisation.objects.of(person, Right.CONTRIBUTES)
        self.solution = solution
        self.refusals = {one.pk: refusal(solution, one) for one in known}
        offered = [pk for pk, why in self.refusals.items() if not why]
        self.fields["organisation"].offer(known.filter(pk__in=offered).order_by("name"), known)
        if proposed in map(str, offered):
            self.initial["organisation"] = proposed

    def clean_organisation(self) -> Organisation:
        organisation = self.cleaned_data["organisation"]
        if why := self.refusals[organisation.pk]:
            raise ValidationError(why)
        return organisation

    @property
    def said(self) -> Said:
        return said_of(self.cleaned_data)

    @staticmethod
    def authorities(person: AbstractUser) -> OrganisationQuerySet:
        """Those for which a person may declare something."""
        return Organisation.objects.verified().of(person, Right.CONTRIBUTES).filter(kind__in=AUTHORITY_KINDS)


class StageForm(SiteFormMixin, forms.Form):
    """Another stage of what is there."""

    stage = stage_field()
    since = asked("since", DeploymentStage, required=True)
    note = asked("note", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, deployment: Deployment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"note": deployment.note}, **kwargs)
        self._present = deployment
        running = [stage for stage in NEXT_STAGES[Stage(deployment.stage)] if stage != Stage.STOPPED]
        self.fields["stage"].choices = [(stage.value, capfirst(str(stage.label))) for stage in running]
        if deployment.started_on is None:
            self.fields["started_on"] = asked("started_on", required=True)
            self.order_fields(["started_on", "stage", "since", "note"])

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        started_on = given.get("started_on") or self._present.started_on
        return _present(self._present).but(
            stage=given["stage"], since=given["since"], started_on=started_on, note=given["note"]
        )


class StopForm(SiteFormMixin, forms.Form):
    """The end of what is there, and why: it helps as much as how it began."""

    ended_on = asked("ended_on", required=True)
    note = asked("note", required=True, label=_("Why it has stopped"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, deployment: Deployment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("In 500 characters: everybody reads it, and it helps as much as a success.")
        self._present = deployment
        if deployment.started_on is None:
            self.fields["started_on"] = asked("started_on", required=True)
            self.order_fields(["started_on", "ended_on", "note"])

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        day, started_on = given["ended_on"], given.get("started_on") or self._present.started_on
        stopped = {"stage": Stage.STOPPED, "since": day, "ended_on": day, "started_on": started_on}
        return _present(self._present).but(note=given["note"], **stopped)


class CorrectForm(WordsForm):
    """All that is said of a deployment, in its present stage; a stage that sources leave out is said here."""

    stage = stage_field()
    started_on = asked("started_on", required=True)
    since = asked("since", DeploymentStage, help_text=_("Empty: since the beginning."))
    ended_on = asked("ended_on", required=True)

    field_order = ["stage", "started_on", "since", "ended_on", "scope", "cost_class", "note"]

    def __init__(self, deployment: Deployment, present: Said, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=vars(present), **kwargs)
        if deployment.is_confirmed:
            # Another stage is declared by itself: this one stays in the history.
            del self.fields["stage"]
            del self.fields["since" if present.stage == Stage.STOPPED else "ended_on"]
        else:
            self.fields["ended_on"].required = False
            self.fields["ended_on"].help_text = _("Only if it has stopped.")
        self._present = present

    @property
    def said(self) -> Said:
        given = self.cleaned_data
        stage = given.get("stage") or self._present.stage
        is_stopped = stage == Stage.STOPPED
        ended_on = given.get("ended_on") if is_stopped else None
        since = ended_on if is_stopped else given.get("since") or given["started_on"]
        return Said(stage, since, given["started_on"], ended_on, **self.words)


class RefusalForm(SiteFormMixin, forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who declared it reads it."),
    )


class MessageForm(SiteFormMixin, forms.Form):
    """What one agent writes to another, whose address they do not see."""

    organisation = OrganisationChoice(label=_("In the name of"))
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What you would like to know, in 3,000 characters at most."),
    )

    def __init__(self, person: AbstractUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)
        self.fields["organisation"].offer(writing_authorities(person).order_by("name"))


def _present(deployment: Deployment) -> Said:
    return Said(**deployment.said)
