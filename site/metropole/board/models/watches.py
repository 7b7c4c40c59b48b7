from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .need import Need


class Watch(models.Model):
    """Somebody who wants to be told what becomes of a need."""

    # Nobody else learns of it, in the admin neither.
    wagtail_reference_index_ignore = True

    need = models.ForeignKey(Need, models.CASCADE, related_name="watches", verbose_name=_("need"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="watched_needs", verbose_name=_("person")
    )
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("need that somebody follows")
        verbose_name_plural = _("needs that people follow")
        constraints = [models.UniqueConstraint(fields=["need", "person"], name="watch_once_a_need")]

    def __str__(self) -> str:
        return str(self.need_id)
