"""What questions on needs add to the site when it starts."""

from django.utils.translation import gettext_lazy as _

from metropole.core.beats import register_beat
from metropole.core.workspace import Part, Screen, register_part, register_screen

from . import notices, parts, personal_data, policy, transitions  # noqa: F401 - rules and actions register themselves
from .reminders import remind_of_answers
from .workspace import waiting_count, waiting_part


def register() -> None:
    """From ``AppConfig.ready()``."""
    notices.register()
    parts.register()
    personal_data.register()
    register_screen(Screen(_("Questions on needs"), "questions:mine", 264, waiting_count))
    register_part(Part("questions/_waiting.html", waiting_part, 160))
    register_beat("answers that are due", 600, remind_of_answers)
