"""What is done regularly beside the site: each app registers its beats, and a worker runs them when they are due."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.db import close_old_connections

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Beat:
    name: str
    seconds: float
    function: Callable[[], object]


_registered: dict[str, Beat] = {}


def register_beat(name: str, seconds: float, function: Callable[[], object]) -> None:
    """Has the function called by every worker when it starts, then each so many seconds.

    It must bear being called by several workers at once, and be quick when it has nothing to do: a worker does one
    thing at a time. Called from ``AppConfig.ready()``.
    """
    _registered[name] = Beat(name, seconds, function)


def beat_names() -> list[str]:
    return list(_registered)


class Beats:
    """The registered beats, and when each is due; all are at first."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}

    def run_due(self) -> None:
        """Runs those that are due, one after the other; one that fails is logged and keeps neither itself nor others
        from running next time.
        """
        for beat in _registered.values():
            if monotonic() >= self._due.get(beat.name, 0):
                _run(beat)
                self._due[beat.name] = monotonic() + beat.seconds


def _run(beat: Beat) -> None:
    # Neither does a beat inherit a connection that the server has closed, nor does it leave one behind.
    close_old_connections()
    try:
        beat.function()
    except Exception:
        logger.exception("The beat “%s” failed", beat.name)
    finally:
        close_old_connections()
