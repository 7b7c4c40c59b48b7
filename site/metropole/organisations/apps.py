from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "metropole.organisations"
    label = "organisations"
    verbose_name = _("organisations")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_migrate, post_save

        from metropole.core.sitemap import register_site_map_branch
        from metropole.core.tracking import Tracked, track
        from metropole.core.workspace import Beginning, Screen, register_beginning, register_screen
        from metropole.core.xml_sitemap import register_public_addresses

        from . import actions, documents, invitation_mail, personal_data, policy, transitions  # noqa: F401 - they register themselves
        from .departure import register_departure_check
        from .domains import domain_added, domain_removed
        from .invitations import pending_invitations
        from .models import EmailDomain, LegalText, Organisation
        from .notices import register
        from .site_map import legal_versions, organisation_branch, organisation_versions
        from .triggers import guard_legal_texts
        from .workspace import waiting_for

        register()
        documents.register()
        invitation_mail.register()
        personal_data.register()
        register_public_addresses(organisation_versions)
        register_public_addresses(legal_versions)
        register_site_map_branch(organisation_branch)
        register_screen(Screen(_("My organisations"), "organisations:mine", 300, waiting_for))
        join = _("So that what you contribute belongs to your commune, your territory or your company.")
        register_beginning(Beginning(_("Join an organisation"), join, "organisations:join", 100))
        register_company = _("Make it known to the authorities, with its solutions.")
        register_beginning(
            Beginning(_("Register a company or an association"), register_company, "organisations:register", 200)
        )
        register_departure_check(pending_invitations)
        track(Tracked(Organisation, organisations=lambda organisation: [organisation]))
        track(Tracked(LegalText))
        post_save.connect(domain_added, sender=EmailDomain)
        post_delete.connect(domain_removed, sender=EmailDomain)
        post_migrate.connect(guard_legal_texts, sender=self)
