from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "metropole.organisations"
    label = "organisations"
    verbose_name = _("organisations")

    def ready(self) -> None:
        from metropole.core.xml_sitemap import register_public_addresses

        from . import documents, policy  # noqa: F401 - the rules register themselves
        from .site_map import organisation_versions

        documents.register()
        register_public_addresses(organisation_versions)
