import datetime as dt

from django.conf import settings
from django.utils import timezone

from .enums import DONE, IN_DOUBT
from .models import Mail, Notification


def forget_old_news() -> None:
    """Deletes what was read long ago, and what is known of e-mails that are done with."""
    limit = timezone.now() - dt.timedelta(days=settings.NEWS_KEPT_DAYS)
    Notification.objects.filter(read_at__lt=limit).delete()
    Mail.objects.filter(created_at__lt=limit, state__in=(*DONE, *IN_DOUBT)).delete()
