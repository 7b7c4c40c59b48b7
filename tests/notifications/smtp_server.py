"""A mail server that does what a test wants: takes messages, refuses them, or hangs up half-way."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Lock, Thread

HANG_UP = ""
"""In the place of an answer."""


class _Conversation(StreamRequestHandler):
    def handle(self) -> None:
        self._answer("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].decode().upper().strip()
            if not self._answer(self.server.owner.answer_to(verb)):
                return
            if verb == "DATA" and not self._take():
                return
            if verb == "QUIT":
                return

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line)
        owner = self.server.owner
        answer = owner.answer_to("END")
        if answer == HANG_UP or answer.startswith("250"):
            owner.keep(b"".join(lines))
        return self._answer(answer)

    def _answer(self, answer: str) -> bool:
        if answer == HANG_UP:
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return True


class MailServer:
    """``answers``: what it says to a verb, "END" being the end of a message; the usual where nothing is given.

    A message that is at its end when the server hangs up was taken.
    """

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.taken: list[Message] = []
        self.delay: Callable[[], None] = lambda: None
        self._lock = Lock()
        self._server = ThreadingTCPServer(("127.0.0.1", 0), _Conversation)
        self._server.daemon_threads, self._server.owner = True, self
        self.address = self._server.server_address

    def __enter__(self) -> "MailServer":
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer_to(self, verb: str) -> str:
        self.delay()
        usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok")
        return self.answers.get(verb, usual)

    def keep(self, message: bytes) -> None:
        with self._lock:
            self.taken.append(message_from_bytes(message, policy=default))
