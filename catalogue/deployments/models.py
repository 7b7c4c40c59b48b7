"""Who uses a solution: said by the authority alone and confirmed by a second of its agents, with each of its stages."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation

from .enums import ENDED_STATES, CostClass, DeploymentState, Stage
from .querysets import DeploymentQuerySet, DeploymentStageQuerySet

LONGEST_SCOPE, LONGEST_NOTE, LONGEST_REASON = 200, 500, 1000
STATED = ("stage", "started_on", "ended_on", "scope", "cost_class", "note")
"""What a deployment says, which a second agent confirms."""


class Statement(models.Model):
    """What an agent declares of a deployment, and who has confirmed it."""

    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    started_on = models.DateField(
        _("used since"), null=True, blank=True, help_text=_("The first day, of the test if there was one.")
    )
    ended_on = models.DateField(_("stopped on"), null=True, blank=True)
    scope = models.CharField(
        _("scope"),
        max_length=LONGEST_SCOPE,
        blank=True,
        help_text=_("Which service and how many sites, e.g. “civil registry, 3 town halls”."),
    )
    cost_class = models.CharField(
        _("cost"),
        max_length=10,
        choices=CostClass,
        blank=True,
        help_text=_("In a year, all taxes included, your own staff left out."),
    )
    note = models.TextField(
        _("note"),
        max_length=LONGEST_NOTE,
        blank=True,
        help_text=_("What a colleague of another town should know, in 500 characters; for a stop, why."),
    )
    state = models.CharField(_("state"), max_length=10, choices=DeploymentState, default=DeploymentState.DECLARED)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss_declared",
        verbose_name=_("declared by"),
    )
    declared_at = models.DateTimeField(_("declared at"), default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss_confirmed",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)
    stood_in = models.BooleanField(
        _("confirmed by a moderator, in the place of the second agent that the authority does not have"),
        default=False,
        editable=False,
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="%(class)s_ends_after_its_start",
            ),
            # A public source may tell of a stop without its date.
            models.CheckConstraint(
                condition=~Q(stage=Stage.STOPPED)
                | Q(ended_on__isnull=False)
                | Q(state__in=(DeploymentState.SOURCED, *ENDED_STATES)),
                name="%(class)s_stopped_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.STOPPED) | Q(ended_on__isnull=True), name="%(class)s_ended_is_stopped"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeploymentState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="%(class)s_confirmed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(confirmed_by=F("declared_by")), name="%(class)s_confirmed_by_another"),
        ]

    @property
    def said(self) -> dict[str, object]:
        """What it states, by field."""
        return {name: getattr(self, name) for name in STATED}

    @property
    def is_confirmed(self) -> bool:
        return self.state == DeploymentState.CONFIRMED


class Deployment(Statement):
    """A solution in an authority. It says what was confirmed last; what is declared since waits in its stages.

    An authority has one at a time for a solution: one that has stopped may be followed by another.
    """

    solution = models.ForeignKey(
        "catalogue.SolutionPage",
        models.CASCADE,
        related_name="deployments",
        verbose_name=_("solution"),
        help_text=_("The sheet in the site's main language."),
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="deployments", verbose_name=_("authority")
    )
    source = models.CharField(
        _("source"),
        max_length=250,
        blank=True,
        help_text=_("Where the editors read it, e.g. “Press release of 27 November 2018”."),
    )
    source_url = models.URLField(_("address of the source"), blank=True, help_text=_("E.g. https://…"))
    is_example = models.BooleanField(_("example"), default=False, help_text=_("Written for the demonstration."))

    objects = DeploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("deployment")
        verbose_name_plural = _("deployments")
        ordering = ["organisation__name", "started_on", "pk"]
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(
                fields=["solution", "organisation"],
                condition=~Q(stage=Stage.STOPPED) & ~Q(state__in=ENDED_STATES),
                name="deployment_runs_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["solution", "organisation", "started_on"],
                condition=~Q(state__in=ENDED_STATES),
                name="deployment_begins_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeploymentState.SOURCED) | ~Q(source=""), name="deployment_sourced_has_its_source"
            ),
            # Who declares knows since when, and how far it has gone.
            models.CheckConstraint(
                condition=~Q(state=DeploymentState.DECLARED) | Q(started_on__isnull=False),
                name="deployment_declared_has_a_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.solution} – {self.organisation}"

    @property
    def acting_organisation(self) -> Organisation:
        """For the log."""
        return self.organisation

    @property
    def is_public(self) -> bool:
        return self.state in (DeploymentState.CONFIRMED, DeploymentState.SOURCED)

    @property
    def is_sourced(self) -> bool:
        return self.state == DeploymentState.SOURCED

    @property
    def is_stopped(self) -> bool:
        return self.stage == Stage.STOPPED

    @cached_property
    def waiting(self) -> "DeploymentStage | None":
        """What was declared of it and waits for a confirmation: one thing at a time."""
        return self.stages.waiting().first()


class DeploymentStage(Statement):
    """One thing that was declared of a deployment: its first stage, a later one, or a correction of the last.

    Those that were confirmed, in their order, are its public history.
    """

    deployment = models.ForeignKey(
        Deployment, models.CASCADE, related_name="stages", verbose_name=_("deployment"), editable=False
    )
    since = models.DateField(_("in this stage since"), null=True, blank=True)
    reason = models.TextField(_("reason of the refusal"), max_length=LONGEST_REASON, blank=True, editable=False)

    objects = DeploymentStageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage of a deployment")
        verbose_name_plural = _("stages of deployments")
        ordering = ["declared_at", "pk"]
        constraints = [
            *Statement.Meta.constraints,
            models.UniqueConstraint(
                fields=["deployment"],
                condition=Q(state=DeploymentState.DECLARED),
                name="deploymentstage_one_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(started_on__isnull=True) | Q(since__gte=F("started_on")),
                name="deploymentstage_begins_after_the_deployment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deployment}: {self.get_stage_display()}"

    @property
    def acting_organisation(self) -> Organisation:
        """For the log."""
        return self.deployment.organisation
