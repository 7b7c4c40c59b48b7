"""What publishing needs, and their public life, add to the site when it starts."""

from metropole.core.beats import register_beat
from metropole.moderation.queue import Source, register_queue

from ..lifecycle.registry import register_listener
from . import brands, notices, pages, personal_data, policy, queue, steps  # noqa: F401 - guards and rules register themselves

_MINUTE = 60


def register() -> None:
    """From ``AppConfig.ready()``."""
    notices.register()
    pages.register()
    personal_data.register()
    register_listener(notices.told)
    register_queue(Source("needs", queue.rows, queue.count))
    register_beat("needs that close", _MINUTE, notices.tell_of_closings)
