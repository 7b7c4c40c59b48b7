"""What the writing of responses adds to the site when it starts."""

from django.utils.translation import gettext_lazy as _

from metropole.board.audience import register_audience
from metropole.board.lifecycle.table import Told
from metropole.board.parts import NeedPart, register_need_part
from metropole.core.beats import register_beat
from metropole.core.workspace import Part, Screen, register_part, register_screen

from . import (
    guards,  # noqa: F401 - it registers itself
    notices,
    people,
    personal_data,
)
from .files import sweep_orphans
from .reminders import remind
from .workspace import closing_soon, on_need_page

_TEN_MINUTES, _DAY = 600, 24 * 3600


def register() -> None:
    """From ``AppConfig.ready()``."""
    notices.register()
    personal_data.register()
    register_audience(Told.FOLLOWERS, people.draft_holders)
    register_audience(Told.RESPONDENTS, people.depositors)
    register_screen(Screen(_("Responses"), "responses:index", 265))
    register_part(Part("responses/_closing_soon.html", closing_soon, 90))
    register_need_part(NeedPart("side", "responses/_on_need.html", on_need_page, 20))
    register_beat("responses: reminders", _TEN_MINUTES, remind)
    register_beat("responses: orphan files", _DAY, sweep_orphans)
