"""A reader says that something is wrong with a page, and gets an answer."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import send_mail
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from wagtail.models import Page

from metropole.content.models import ContentPage
from metropole.core.audit import record
from metropole.organisations.models import Organisation

from . import notifications
from .enums import ReportState
from .models import ErrorReport
from .services import reason_of
from .transitions import REPORT

logger = logging.getLogger(__name__)

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
        send_answer.enqueue(report.pk)


@task()
def send_answer(report_id: int) -> None:
    """Tells a reader what became of their report: once, even if it is asked for twice."""
    sent = ErrorReport.objects.filter(pk=report_id, state=ReportState.CLOSED, answer_sent_at=None).exclude(email="")
    if not sent.update(answer_sent_at=timezone.now()):
        return
    report = ErrorReport.objects.get(pk=report_id)
    with override(report.language):
        subject = _("Your report about “%(title)s”") % {"title": report.title}
        text = render_to_string("moderation/email/answer.txt", {"report": report, "site_url": settings.SITE_URL})
    try:
        send_mail(" ".join(subject.split()), text, None, [report.email])
    except OSError:
        ErrorReport.objects.filter(pk=report_id).update(answer_sent_at=None)
        logger.exception("The answer to report %s could not be sent", report_id)


def send_what_is_left() -> None:
    """Beat: answers that could not be sent, or whose task was lost, are tried again."""
    waiting = ErrorReport.objects.filter(state=ReportState.CLOSED, answer_sent_at=None).exclude(email="")
    for pk in waiting.values_list("pk", flat=True):
        send_answer.enqueue(pk)


def forget_addresses() -> None:
    """Beat: the readers' addresses are erased a month after the answer."""
    ErrorReport.objects.filter(closed_at__lt=timezone.now() - ADDRESS_KEPT).exclude(email="").update(email="")


def median_days() -> int | None:
    """Within how many days half of the last year's reports were answered; None while there were none."""
    since = timezone.now() - COUNTED
    closed = ErrorReport.objects.filter(closed_at__gte=since).values_list("received_at", "closed_at")
    delays = [(answered - received) / dt.timedelta(days=1) for received, answered in closed]
    return max(1, round(median(delays))) if delays else None
