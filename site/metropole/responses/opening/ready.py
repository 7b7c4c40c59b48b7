"""What the opening of responses, their reading and the outcome of needs add to the site when it starts."""

from django.apps import apps
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _

from catalogue.models import Deployment
from metropole.board.publishing.rules import RulePart, register_rule_part
from metropole.core.audit import register_action
from metropole.core.beats import register_beat

from . import concluding, display, following, notices, personal_data, workspace
from . import policy as rules  # noqa: F401 - rules register themselves
from .asking import ASKED, TAKEN_BACK
from .exchanging import INVITED
from .purging import purge_due
from .reading import DECLARED
from .reminding import remind_of_outcomes
from .triggers import GUARDS

_HOUR = 3600


def register() -> None:
    """From ``AppConfig.ready()``."""
    register_action(ASKED, _("ask for the opening of the responses"))
    register_action(TAKEN_BACK, _("take the request for the opening back"))
    register_action(DECLARED, _("declare one’s interests"))
    register_action(INVITED, _("put questions to respondents"))
    for part in (notices, concluding, display, workspace, personal_data):
        part.register()
    register_rule_part(RulePart("opening/_printed_retention.html", dict, 200))
    register_beat("outcomes that are owed", _HOUR, remind_of_outcomes)
    register_beat("feedback on adoptions", 6 * _HOUR, following.ask_for_feedback)
    register_beat("responses whose time is over", _HOUR, purge_due)
    post_save.connect(following.deployment_said, sender=Deployment)
    for guard in GUARDS:
        post_migrate.connect(guard, sender=apps.get_app_config("responses"))
