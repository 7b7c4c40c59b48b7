"""What waits for the Métropole, of all kinds, in one list: each app adds its own."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, TaskState

from metropole.organisations.enums import Verification
from metropole.organisations.models import Organisation

from .enums import DeletionState, Waiting
from .models import DeletionRequest, ErrorReport, Submission
from .working_days import working_days_between

SERVICE_DAYS = 5
"""Working days within which authors and readers are promised an answer."""


@dataclass(frozen=True)
class Row:
    """What waits: ``kind`` of content, ``since`` when, ``url`` where it is decided; ``is_own``: by somebody else."""

    waiting: Waiting
    title: str
    kind: str
    organisation: str
    since: dt.datetime
    url: str
    is_own: bool = False

    @property
    def days(self) -> int:
        """Its age in working days."""
        return working_days_between(timezone.localdate(self.since), timezone.localdate())

    @property
    def is_late(self) -> bool:
        return self.days > SERVICE_DAYS

    @property
    def age(self) -> str:
        if not self.days:
            return _("today")
        return ngettext("%(count)d working day", "%(count)d working days", self.days) % {"count": self.days}


@dataclass(frozen=True)
class Source:
    """Rows for a person who decides. ``count``: how many there are, whoever asks."""

    name: str
    rows: Callable[[AbstractUser], Iterable[Row]]
    count: Callable[[], int]


_sources: dict[str, Source] = {}


def register_queue(source: Source) -> None:
    """From ``AppConfig.ready()``."""
    _sources[source.name] = source


def queue_for(person: AbstractUser) -> list[Row]:
    """All that waits, the oldest first."""
    rows = [row for source in _sources.values() for row in source.rows(person)]
    return sorted(rows, key=lambda row: (row.since, row.url))


def waiting_count() -> int:
    return sum(source.count() for source in _sources.values())


def next_for(person: AbstractUser) -> str:
    """Where what has waited longest is decided; the queue when nothing is left."""
    left = (row.url for row in queue_for(person) if not row.is_own)
    return next(left, reverse("moderation_admin:queue"))


def _submissions() -> Iterable[Submission]:
    return Submission.objects.filter(status=TaskState.STATUS_IN_PROGRESS)


def _submission_rows(person: AbstractUser) -> Iterable[Row]:
    own = set(Organisation.objects.of(person).values_list("pk", flat=True))
    waiting = list(_submissions().select_related("workflow_state__content_type", "organisation", "revision"))
    live = set(Page.objects.live().filter(pk__in=[kept.workflow_state.object_id for kept in waiting]).values_list("pk"))
    for kept in waiting:
        pk = int(kept.workflow_state.object_id)
        yield Row(
            waiting=Waiting.REVISION if (pk,) in live else Waiting.NEW,
            title=kept.revision.object_str,
            kind=capfirst(kept.workflow_state.content_type.name),
            organisation=str(kept.organisation or ""),
            since=kept.started_at,
            url=reverse("moderation_admin:review", args=[pk]),
            is_own=kept.submitted_by_id == person.pk or kept.organisation_id in own,
        )


def _deletions() -> Iterable[DeletionRequest]:
    return DeletionRequest.objects.filter(state=DeletionState.ASKED, page__isnull=False)


def _deletion_rows(person: AbstractUser) -> Iterable[Row]:
    own = set(Organisation.objects.of(person).values_list("pk", flat=True))
    for asked in _deletions().select_related("organisation", "page__content_type"):
        yield Row(
            waiting=Waiting.DELETION,
            title=asked.title,
            kind=capfirst(asked.page.content_type.name),
            organisation=str(asked.organisation or ""),
            since=asked.asked_at,
            url=reverse("moderation_admin:deletion", args=[asked.pk]),
            is_own=asked.asked_by_id == person.pk or asked.organisation_id in own,
        )


def _report_rows(person: AbstractUser) -> Iterable[Row]:
    for report in ErrorReport.objects.open().select_related("content_type"):
        yield Row(
            waiting=Waiting.REPORT,
            title=report.title,
            kind=capfirst(report.content_type.name),
            organisation="",
            since=report.received_at,
            url=reverse("moderation_admin:report", args=[report.pk]),
        )


def _companies() -> QuerySet[Organisation]:
    return Organisation.objects.filter(verification=Verification.WAITING)


def _company_rows(person: AbstractUser) -> Iterable[Row]:
    own = set(Organisation.objects.of(person).values_list("pk", flat=True))
    for company in _companies():
        yield Row(
            waiting=Waiting.ORGANISATION,
            title=company.name,
            kind=capfirst(company.get_kind_display()),
            organisation=company.name,
            since=company.verification_asked_at or timezone.now(),
            url=reverse("organisations_admin:queue"),
            is_own=company.pk in own,
        )


def register() -> None:
    register_queue(Source("organisations", _company_rows, lambda: _companies().count()))
    register_queue(Source("submissions", _submission_rows, lambda: _submissions().count()))
    register_queue(Source("deletions", _deletion_rows, lambda: _deletions().count()))
    register_queue(Source("reports", _report_rows, lambda: ErrorReport.objects.open().count()))
