"""A reader says that something is wrong with a page, and gets an answer."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page

from metropole.content.models import ContentPage
from metropole.core.audit import record
from metropole.notifications.services import write_to_stranger
from metropole.organisations.models import Organisation

from . import answers, notifications
from .models import ErrorReport
from .services import reason_of
from .transitions import REPORT

ADDRESS_KEPT = dt.timedelta(days=30)
"""After the answer."""
COUNTED = dt.timedelta(days=365)


@dataclass(frozen=True)
class Reported:
    """What a reader may say something about."""

    instance: models.Model
    title: str
    language: str
    url: str
    organisations: Sequence[Organisation]


Finder = Callable[[int], Reported | None]
"""Finds what everybody may read, by its key."""

_finders: dict[str, Finder] = {}


def register_reportable(kind: str, finder: Finder) -> None:
    """Has errors reported on another kind of thing. From ``AppConfig.ready()``."""
    _finders[kind] = finder


def find_reported(kind: str, pk: int) -> Reported | None:
    finder = _finders.get(kind)
    return finder(pk) if finder else None


def find_page(pk: int) -> Reported | None:
    page = Page.objects.live().public().filter(pk=pk).specific().first()
    if not isinstance(page, ContentPage):
        return None
    return Reported(page, page.title, page.language, page.url, list(page.organisations.all()))


@transaction.atomic
def receive(reported: Reported, *, kind: str, text: str, email: str, language: str) -> ErrorReport:
    """Keeps a report, and tells those whose content it is."""
    report = ErrorReport.objects.create(
        target=reported.instance,
        title=reported.title[:255],
        url=reported.url,
        kind=kind,
        text=text,
        email=email,
        language=language,
    )
    record(report, "moderation.errorreport.receive", None, after={"state": report.state})
    notifications.error_reported(report, reported.organisations)
    return report


def assign(report: ErrorReport, by: AbstractUser) -> None:
    """A person of the Métropole looks into it."""
    report.handled_by = by
    REPORT.apply(report, "assign", by, changed=["handled_by"])


@transaction.atomic
def close(report: ErrorReport, by: AbstractUser, answer: str) -> None:
    """Answers a report: the reader is told by e-mail if they left an address."""
    report.handled_by, report.closed_at, report.answer = by, timezone.now(), reason_of(answer)
    REPORT.apply(report, "close", by, reason=report.answer, changed=["handled_by", "closed_at", "answer"])
    if report.email:
        write_to_stranger(answers.WRITER, str(report.pk), report.language)


def forget_addresses() -> None:
    """Beat: the readers' addresses are erased a month after the answer."""
    ErrorReport.objects.filter(closed_at__lt=timezone.now() - ADDRESS_KEPT).exclude(email="").update(email="")


def median_days() -> int | None:
    """Within how many days half of the last year's reports were answered; None while there were none."""
    since = timezone.now() - COUNTED
    closed = ErrorReport.objects.filter(closed_at__gte=since).values_list("received_at", "closed_at")
    delays = [(answered - received) / dt.timedelta(days=1) for received, answered in closed]
    return max(1, round(median(delays))) if delays else None
