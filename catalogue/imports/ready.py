"""What the rest of the site knows of imports."""

from django.utils.translation import gettext_lazy as _


def register() -> None:
    """From ``AppConfig.ready()``."""
    from metropole.core.audit import register_action

    from . import personal_data, policy, services  # noqa: F401 - rules register themselves

    personal_data.register()
    register_action(services.APPLIED, _("import sheets"))
    register_action(services.UNDONE, _("undo an import of sheets"))
