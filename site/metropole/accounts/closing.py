"""The end of an account: what names the person goes, what they did stays under a number."""

import logging

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from metropole.core.audit import record
from metropole.core.personal_data import Obstacle, closing_obstacles, erase

from .models import User
from .pseudonyms import entries_naming, rename

logger = logging.getLogger(__name__)

CLOSE = "accounts.user.close"


class ClosingRefusedError(Exception):
    """Something must be settled first."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__()
        self.obstacles = obstacles


def close_account(person: AbstractUser, by: AbstractUser | None) -> None:
    """Closes an account for good, at its owner's wish or (None) by the site itself, whatever is left to settle then.

    Raises ClosingRefusedError. Of two that close it at once, the second finds it closed and does nothing.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=person.pk)
        if user.closed_at:
            return
        obstacles = closing_obstacles(user) if by else []
        if obstacles:
            raise ClosingRefusedError(obstacles)
        names, address, language = [user.get_full_name(), user.email], user.email, user.language
        erase(user)
        entries = entries_naming(user)
        _anonymise(user)
        rename(entries, names, str(user))
        record(user, CLOSE, user if by else None)
        transaction.on_commit(lambda: _say_goodbye(address, language), robust=True)


def _anonymise(user: User) -> None:
    """The row stays, for what was done here to have somebody who did it."""
    user.first_name = user.last_name = ""
    user.email = f"closed-{user.pk}@account.invalid"
    user.is_active = user.is_staff = user.is_superuser = False
    user.closed_at = timezone.now()
    user.told_unused_at = None
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()


def _say_goodbye(address: str, language: str) -> None:
    """The last message to this address; the site does not keep it for another attempt."""
    with override(language):
        context = {"site_name": settings.WAGTAIL_SITE_NAME}
        subject, body = (
            render_to_string(f"account/email/closed_{part}.txt", context) for part in ("subject", "message")
        )
        letter = EmailMessage(subject.strip(), body, to=[address], headers={"Auto-Submitted": "auto-generated"})
    try:
        letter.send()
    except OSError:
        logger.exception("The confirmation that an account is closed could not be sent")
