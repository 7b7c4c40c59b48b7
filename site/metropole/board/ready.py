"""What the board adds to the rest of the site when it starts."""

from django.utils.translation import gettext_lazy as _

from metropole.core.audit import register_action, register_words
from metropole.core.legal_amounts import register_legal_amounts
from metropole.core.workspace import Part, Screen, register_part, register_screen

from . import notices
from .drafting import ready as drafting
from .enums import NeedState
from .lifecycle import effects, guards, value_guards  # noqa: F401 - they register themselves
from .lifecycle.table import STEPS
from .matching import ready as matching
from .publishing import ready as publishing
from .questions import ready as questions
from .sharing import ready as sharing
from .thresholds import amounts_in_force
from .workspace import owing_count, owing_part


def register() -> None:
    """From ``AppConfig.ready()``."""
    register_words("need_state", _("state"), NeedState.choices)
    for step in STEPS:
        register_action(f"board.need.{step.name}", step.label)
    register_screen(Screen(_("Needs"), "board:mine", 260, owing_count))
    register_part(Part("board/_owing.html", owing_part, 80))
    register_legal_amounts(amounts_in_force)
    notices.register()
    for part in (drafting, publishing, sharing, questions, matching):
        part.register()
