from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProConnectIdentity(models.Model):
    """By what ProConnect knows a person who has an account here."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="proconnect_identity", verbose_name=_("user")
    )
    sub = models.CharField(_("identifier at ProConnect"), max_length=255, unique=True)
    siret = models.CharField(
        _("SIRET"),
        max_length=14,
        blank=True,
        help_text=_("The establishment where the person works, as ProConnect said it last."),
    )
    linked_at = models.DateTimeField(_("linked at"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("ProConnect identity")
        verbose_name_plural = _("ProConnect identities")

    def __str__(self) -> str:
        return self.sub
