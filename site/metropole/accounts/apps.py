from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "metropole.accounts"
    label = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from metropole.core.models import HomePage

        from .proconnect import checks  # noqa: F401 - registers itself
        from .roles import grant_roles, grant_translating
        from .second_factor import begin_with_second_factor

        post_migrate.connect(grant_roles, sender=self)
        post_save.connect(grant_translating, sender=HomePage)
        authenticator_added.connect(begin_with_second_factor)
