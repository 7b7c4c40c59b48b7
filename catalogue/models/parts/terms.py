from django.db import models
from django.utils.translation import gettext_lazy as _

from metropole.core.fields import ProseField
from metropole.core.lists import ChoicesField, Column, RowsField

from ...enums import BuyingRoute, PriceModel, Stratum

PRICES = (
    Column("stratum", _("Commune"), "choice", required=True, codes=Stratum),
    Column("lowest", _("From (€ a year)"), "number", required=True),
    Column("highest", _("To (€ a year)"), "number"),
    Column("note", _("What it includes")),
)


class TermsPart(models.Model):
    """What it costs, how it is bought, what a commune needs before."""

    price_model = models.CharField(
        _("price model"), max_length=20, choices=PriceModel, blank=True, help_text=_("E.g. “subscription”.")
    )
    prices = RowsField(_("prices by size of commune"), columns=PRICES, help_text=_("Without taxes, all included."))
    other_costs = ProseField(
        _("other costs"), blank=True, help_text=_("Set-up, training, connection, equipment: what the price leaves out.")
    )
    how_to_get_it = models.CharField(
        _("how to get it"),
        max_length=250,
        blank=True,
        help_text=_("E.g. “free download”, “through the UGAP catalogue”."),
    )
    buying_routes = ChoicesField(
        _("ways to buy"), codes=BuyingRoute, help_text=_("Those that communes have used or can use.")
    )
    suited_to = ChoicesField(_("suited to"), codes=Stratum, help_text=_("Communes of which size."))
    prerequisites = ProseField(
        _("what a commune needs"), blank=True, help_text=_("Data, skills, equipment, people; none is worth saying too.")
    )
    lead_time = models.CharField(
        _("time to set up"), max_length=150, blank=True, help_text=_("From order to service, e.g. “3 months”.")
    )

    class Meta:
        abstract = True
