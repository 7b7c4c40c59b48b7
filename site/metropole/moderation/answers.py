"""The message by which a reader learns what became of the error that they reported."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metropole.notifications.writers import Writer, register_writer

from .enums import ReportState
from .models import ErrorReport

WRITER = "report.answer"


def register() -> None:
    register_writer(Writer(WRITER, gettext_lazy("answer to an error report"), _find, _write))


def _find(pk: str) -> ErrorReport | None:
    """None once the reader's address is erased."""
    return ErrorReport.objects.filter(pk=pk, state=ReportState.CLOSED).exclude(email="").first()


def _write(report: ErrorReport) -> EmailMessage:
    subject = _("Your report about “%(title)s”") % {"title": report.title}
    text = render_to_string("moderation/email/answer.txt", {"report": report, "site_url": settings.SITE_URL})
    return EmailMessage(" ".join(subject.split()), text, to=[report.email])
