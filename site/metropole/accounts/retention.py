"""Accounts that nobody uses: told in time, then closed."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from metropole.notifications.services import notify

from .closing import close_account
from .models import User
from .notices import UNUSED


def close_unused_accounts() -> None:
    """Tells those who have not signed in for years, closes the accounts of who was told and has not come since.

    Administrators' accounts are left to the administrators: the site must not lock itself.
    """
    User.objects.filter(told_unused_at__lt=F("last_login")).update(told_unused_at=None)
    now = timezone.now()
    notice = dt.timedelta(days=settings.UNUSED_ACCOUNT_NOTICE_DAYS)
    limit = now - dt.timedelta(days=settings.UNUSED_ACCOUNT_DAYS)
    for user in _unused_since(limit + notice).filter(told_unused_at=None):
        _tell(user, now + notice)
    for user in _unused_since(limit).filter(told_unused_at__lte=now - notice):
        close_account(user, by=None)


def _unused_since(instant: dt.datetime) -> QuerySet[User]:
    used_at = Coalesce("last_login", "date_joined")
    return User.objects.annotate(used_at=used_at).filter(is_active=True, is_superuser=False, used_at__lte=instant)


def _tell(user: User, end: dt.datetime) -> None:
    """Once, whoever else finds the account unused at the same time."""
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, told_unused_at=None).update(told_unused_at=timezone.now()):
            return
        with override(user.language):
            day = date_format(timezone.localtime(end), "DATE_FORMAT")
        notify([user], UNUSED.name, f"account.unused:{user.pk}:{timezone.localdate()}", ("my_data",), day=day)
