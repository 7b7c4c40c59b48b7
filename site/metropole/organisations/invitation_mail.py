"""The message that invites somebody, who may know nothing of this site: plain text and short."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from metropole.core.versions import absolute
from metropole.notifications.services import write_to_stranger
from metropole.notifications.writers import Writer, register_writer

from .models import Invitation

WRITER = "invitation"


def register() -> None:
    register_writer(Writer(WRITER, _("invitation"), _find, _write))


def send_on_commit(invitation: Invitation) -> None:
    """Once for each of its tokens, in the language of who invites."""
    write_to_stranger(WRITER, invitation.token_hash, get_language())


def _find(token_hash: str) -> Invitation | None:
    """None if it was answered, withdrawn or sent anew meanwhile."""
    pending = Invitation.objects.pending().select_related("organisation", "invited_by")
    return pending.filter(token_hash=token_hash).first()


def _write(invitation: Invitation) -> EmailMessage:
    context = {
        "invitation": invitation,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "url": absolute(reverse("organisations:invitation", args=[invitation.token])),
    }
    subject = " ".join(render_to_string("organisations/email/invitation_subject.txt", context).split())
    body = render_to_string("organisations/email/invitation_message.txt", context)
    return EmailMessage(subject, body, to=[invitation.email])
