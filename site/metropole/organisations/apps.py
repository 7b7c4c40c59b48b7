from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "metropole.organisations"
    label = "organisations"
    verbose_name = _("organisations")

    def ready(self) -> None:
        from . import documents

        documents.register()
