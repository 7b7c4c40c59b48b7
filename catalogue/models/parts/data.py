from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.core.fields import ProseField

from ...enums import Automation, GdprRole, LegalBasis
from .common import YES_NO


class DataPart(models.Model):
    """What becomes of people's data, and who decides about people."""

    personal_data = models.BooleanField(
        _("handles personal data"), null=True, blank=True, choices=YES_NO, help_text=_("In the sense of the GDPR.")
    )
    legal_basis = models.CharField(
        _("legal basis"),
        max_length=20,
        choices=LegalBasis,
        blank=True,
        help_text=_("Of the commune's processing, under article 6 of the GDPR."),
    )
    gdpr_role = models.CharField(
        _("publisher's role under the GDPR"),
        max_length=20,
        choices=GdprRole,
        blank=True,
        help_text=_("When a commune uses it, e.g. “processor for the commune”."),
    )
    retention = models.CharField(
        _("retention"), max_length=200, blank=True, help_text=_("How long data are kept, e.g. “images: 48 hours”.")
    )
    transfers = models.CharField(
        _("transfers outside the European Union"),
        max_length=200,
        blank=True,
        help_text=_("To which country and on which ground, or “none”."),
    )
    individual_decision = models.BooleanField(
        _("used to decide about a person"),
        null=True,
        blank=True,
        choices=YES_NO,
        help_text=_("Does it serve to decide about a person, e.g. to grant a place or a benefit?"),
    )
    automation = models.CharField(
        _("part that is automated"),
        max_length=20,
        choices=Automation,
        blank=True,
        help_text=_("Of the decision: what is done without anybody looking."),
    )
    crpa_notice = models.BooleanField(
        _("notice for residents ready"),
        null=True,
        blank=True,
        choices=YES_NO,
        help_text=_(
            "The mention that articles L311-3-1 and R311-3-1-1 of the Code of relations between the public and the "
            "administration ask for where an algorithm serves to decide."
        ),
    )
    human_control = ProseField(
        _("human control and appeal"), blank=True, help_text=_("Who can correct a result, and to whom one turns.")
    )

    class Meta:
        abstract = True
