from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PurchasingConfig(AppConfig):
    """The reversed call: solutions that editors present, and authorities that gather to buy them."""

    name = "metropole.purchasing"
    label = "purchasing"
    verbose_name = _("purchasing groups")

    def ready(self) -> None:
        from . import ready

        ready.register()
