from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from metropole.organisations.models import Organisation
from metropole.taxonomy.models import Theme
from metropole.territory.models import Territory


class Following(models.Model):
    """Themes and territories that somebody follows, to be told of each need that fits them (see ``matching.rule``).

    ``organisation``: for which of theirs, where it is not for themselves.
    """

    # Nobody else learns of it, in the admin neither.
    wagtail_reference_index_ignore = True

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="followings", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
        help_text=_("For which you follow them. It changes nothing of what you are told."),
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=_("themes"))
    territories = models.ManyToManyField(Territory, blank=True, related_name="+", verbose_name=_("territories"))
    is_active = models.BooleanField(_("active"), default=True)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("themes and territories that somebody follows")
        verbose_name_plural = _("themes and territories that people follow")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
