"""What following needs, themes and territories adds to the site when it starts."""

from django.utils.translation import gettext_lazy as _

from metropole.core.workspace import Screen, register_screen

from ..publishing.rules import RulePart, register_rule_part
from . import notices, parts, personal_data, policy  # noqa: F401 - rules register themselves


def register() -> None:
    """From ``AppConfig.ready()``."""
    notices.register()
    parts.register()
    personal_data.register()
    register_rule_part(RulePart("matching/_printed_rule.html", dict, 100))
    register_screen(Screen(_("What I follow"), "matching:following", 420))
