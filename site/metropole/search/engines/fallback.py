"""The server answers; when it cannot, the index on this machine does, with the same answers."""

import logging
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from time import monotonic
from typing import TypeVar

from .base import READY, IndexUnavailableError, SearchRequest, SearchResult
from .elastic import ElasticEngine
from .embedded import EmbeddedEngine

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0
# What is asked of the database about the server's index is asked at most this often; of the server itself, too.
_ASKED_EVERY = 2.0
_VERIFIED_EVERY = 60.0


class Breaker:
    """Leaves a server alone for a while after a failure, longer each time; then one reader at a time tries it again.

    One failure is enough: the other index gives the same answers, so nobody loses by it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._pause = FIRST_PAUSE
        self._left_alone_until = 0.0
        self.trouble = ""

    def allows(self) -> bool:
        """Whether to ask the server now. After a pause, only the first to call may, until it has said how that went."""
        if not self.trouble:
            return True
        with self._lock:
            if monotonic() < self._left_alone_until:
                return False
            self._left_alone_until = monotonic() + self._pause
            return True

    def failed(self, trouble: str) -> None:
        with self._lock:
            self._pause = min(self._pause * 2, LONGEST_PAUSE) if self.trouble else FIRST_PAUSE
            self._left_alone_until = monotonic() + self._pause
            if not self.trouble:
                logger.warning("The index on this machine answers searches: %s.", trouble)
            self.trouble = trouble

    def succeeded(self) -> None:
        if self.trouble:
            logger.warning("The search server answers again.")
            self.trouble = ""


class FallbackEngine:
    """Two engines as one. The words of the index on this machine are those of both."""

    def __init__(self, server: ElasticEngine, embedded: EmbeddedEngine, is_behind: Callable[[], bool]) -> None:
        self.server, self.embedded = server, embedded
        self.breaker = Breaker()
        self.lexicon = embedded.lexicon
        self._is_behind = is_behind
        self._behind, self._asked_at, self._verified_at = False, float("-inf"), float("-inf")

    def search(self, request: SearchRequest, also: Sequence[SearchRequest] = ()) -> SearchResult:
        return self._answered(lambda engine: engine.search(request, also))

    def totals(self, requests: Sequence[SearchRequest]) -> Sequence[int]:
        return self._answered(lambda engine: engine.totals(requests))

    def version(self) -> Hashable:
        """That of the index on this machine, which gets each change after the server."""
        return self.embedded.version()

    def _answered(self, ask: Callable[[ElasticEngine | EmbeddedEngine], Answer]) -> Answer:
        if not self.server_is_behind() and self.breaker.allows():
            try:
                self._verify()
                answer = ask(self.server)
            except IndexUnavailableError as error:
                self.breaker.failed(str(error))
                self._verified_at = float("-inf")
            else:
                self.breaker.succeeded()
                return answer
        return ask(self.embedded)

    def _verify(self) -> None:
        """Sees now and then that the server's index is ours: another one would find nothing, and say nothing of it."""
        if monotonic() - self._verified_at > _VERIFIED_EVERY:
            if (state := self.server.state()) != READY:
                raise IndexUnavailableError(f"the server's index is {state}: run `manage.py rebuild_search`")
            self._verified_at = monotonic()

    def server_is_behind(self) -> bool:
        """Whether changes fail to reach the server while the index on this machine has them."""
        if monotonic() - self._asked_at > _ASKED_EVERY:
            self._asked_at = monotonic()
            self._behind = self._is_behind() and self.embedded.state() == READY
        return self._behind
