from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _

ACCOUNT_SCREENS = (
    (_("Profile"), "account_profile"),
    (_("E-mail address"), "account_email"),
    (_("Password"), "account_change_password"),
    (_("Second factor"), "mfa_index"),
    (_("Open sessions"), "usersessions_list"),
)


class AccountsConfig(AppConfig):
    name = "metropole.accounts"
    label = "accounts"
    verbose_name = _("accounts")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from metropole.core.models import HomePage
        from metropole.core.workspace import Screen, register_screen
        from metropole.organisations.evidence import register_evidence

        from .evidence import account_evidence
        from .proconnect import checks  # noqa: F401 - registers itself
        from .roles import grant_roles, grant_translating
        from .second_factor import begin_with_second_factor

        post_migrate.connect(grant_roles, sender=self)
        post_save.connect(grant_translating, sender=HomePage)
        authenticator_added.connect(begin_with_second_factor)
        register_evidence(account_evidence)
        for order, (label, url_name) in enumerate(ACCOUNT_SCREENS, start=900):
            register_screen(Screen(label, url_name, order))
