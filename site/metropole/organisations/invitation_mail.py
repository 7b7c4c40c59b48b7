"""The message that invites somebody, who may know nothing of this site: plain text, short, sent once it is stored."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override

from metropole.core.versions import absolute

from .models import Invitation

logger = logging.getLogger(__name__)


def send_on_commit(invitation: Invitation, token: str) -> None:
    """Writes in the language of who invites."""
    language = get_language()
    transaction.on_commit(lambda: _send(invitation, token, language))


def _send(invitation: Invitation, token: str, language: str) -> None:
    with override(language):
        context = {
            "invitation": invitation,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "url": absolute(reverse("organisations:invitation", args=[token])),
        }
        subject = " ".join(render_to_string("organisations/email/invitation_subject.txt", context).split())
        body = render_to_string("organisations/email/invitation_message.txt", context)
    try:
        EmailMessage(subject, body, to=[invitation.email]).send()
    except (OSError, SMTPException):
        # It stays in the list of those without an answer, from which it is sent again.
        logger.exception("Invitation %s could not be sent.", invitation.pk)
