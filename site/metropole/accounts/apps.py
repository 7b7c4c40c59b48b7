from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "metropole.accounts"
    label = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from .roles import grant_roles

        post_migrate.connect(grant_roles, sender=self)
