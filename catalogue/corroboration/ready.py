"""What the confirmation of claims adds to the rest of the site when it starts."""

from django.utils.translation import gettext_lazy as _

from metropole.core.audit import register_action

from ..sheet.claims import CORROBORATED
from . import personal_data, policy  # noqa: F401 - rules register themselves


def register() -> None:
    """From ``AppConfig.ready()``."""
    register_action(CORROBORATED, _("an authority confirms what a sheet says"))
    personal_data.register()
