from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.content.models import ContentPage
from metropole.content.panels import content_edit_handler
from metropole.content.translatable import content_fields
from metropole.core.fields import ProseField
from metropole.core.periods import PeriodState, period_state
from metropole.core.translatable import shared, translated


class CallPage(ContentPage):
    """A call for applications: when it is open, to whom, what to send, how it is judged."""

    content_type_name = "call"
    fact_fields = ("audience",)
    section_fields = ("file_contents", "criteria")
    template = "resources/call_page.html"
    parent_page_types = ["resources.ResourceIndexPage"]

    opens_at = models.DateTimeField(_("opens"), help_text=_("Paris time, e.g. 23/10/2023 00:00."))
    closes_at = models.DateTimeField(
        _("closes"), help_text=_("Paris time: the first instant at which it is too late, e.g. 13/01/2024 00:00.")
    )
    audience = models.CharField(_("for whom"), max_length=150, blank=True, help_text=_("E.g. “communes and EPT”."))
    file_contents = ProseField(_("what to send"), blank=True, help_text=_("Each document of the application."))
    criteria = ProseField(_("criteria"), blank=True, help_text=_("On what applications are judged."))

    edit_handler = content_edit_handler("opens_at", "closes_at", *fact_fields, *section_fields)
    translatable_fields = content_fields(shared("opens_at", "closes_at"), translated(*fact_fields, *section_fields))

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="call_closes_after_it_opens"
            )
        ]

    @property
    def state(self) -> PeriodState:
        return period_state(self.opens_at, self.closes_at)

    def clean(self) -> None:
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("A call closes after it opens: check both dates.")})


class EventPage(ContentPage):
    """A meeting, a visit, a webinar."""

    content_type_name = "event"
    fact_fields = ("place",)
    template = "resources/event_page.html"
    parent_page_types = ["resources.ResourceIndexPage"]

    starts_at = models.DateTimeField(_("starts"), help_text=_("Paris time, e.g. 14/11/2023 09:00."))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True, help_text=_("Paris time, e.g. 14/11/2023 10:00."))
    time_is_known = models.BooleanField(
        _("the hour is known"), default=True, help_text=_("Untick it where only the day was published.")
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Address, or “online”."))

    edit_handler = content_edit_handler("starts_at", "ends_at", "time_is_known", "place")
    translatable_fields = content_fields(shared("starts_at", "ends_at", "time_is_known"), translated("place"))

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="event_ends_after_it_starts",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end comes before the start: check both dates.")})
