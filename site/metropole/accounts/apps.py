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

        from metropole.core.audit import register_action
        from metropole.core.beats import register_beat
        from metropole.core.models import HomePage
        from metropole.core.workspace import Part, Screen, register_part, register_screen
        from metropole.notifications.kinds import register_kinds
        from metropole.notifications.topics import register_topics
        from metropole.organisations.evidence import register_evidence

        from . import notices, personal_data
        from .closing import CLOSE
        from .evidence import account_evidence
        from .favourites import organisations as favourite_organisations
        from .favourites import personal_data as favourites
        from .favourites import policy  # noqa: F401 - the rules register themselves
        from .home import own_organisations
        from .proconnect import checks  # noqa: F401 - registers itself
        from .retention import close_unused_accounts
        from .roles import grant_roles, grant_translating
        from .second_factor import begin_with_second_factor

        post_migrate.connect(grant_roles, sender=self)
        post_save.connect(grant_translating, sender=HomePage)
        authenticator_added.connect(begin_with_second_factor)
        register_evidence(account_evidence)
        register_screen(Screen(_("My workspace"), "workspace", 100))
        register_screen(Screen(_("Favourites"), "favourites:list", 600))
        register_screen(Screen(_("My data"), "my_data", 800))
        register_part(Part("workspace/_organisations.html", own_organisations, 400))
        register_topics(notices.ACCOUNT)
        register_kinds(notices.UNUSED)
        register_action(CLOSE, _("an account is closed"))
        register_beat("unused accounts", 6 * 3600, close_unused_accounts)
        personal_data.register()
        favourites.register()
        favourite_organisations.register()
        for order, (label, url_name) in enumerate(ACCOUNT_SCREENS, start=900):
            register_screen(Screen(label, url_name, order))
