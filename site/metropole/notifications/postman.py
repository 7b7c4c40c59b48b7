"""Hands letters over to the mail server, and says what it answered."""

from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTPHeloError, SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection

SERVICE_NOT_AVAILABLE = 421


@dataclass(frozen=True)
class Answer:
    """``action``: what becomes of the mail, in the words of ``transitions``."""

    action: str
    reason: str = ""
    server_is_away: bool = False


class Postman:
    """Speaks to the mail server for as long as its ``with`` block lasts; a connection that failed is not used again."""

    def __init__(self) -> None:
        self._connection = get_connection(fail_silently=False)

    def __enter__(self) -> "Postman":
        return self

    def __exit__(self, *exception: object) -> None:
        self._hang_up()

    def hand_over(self, letter: EmailMessage) -> Answer:
        try:
            self._connection.open()
        except OSError as error:
            self._hang_up()
            return Answer("put_back", _said(error), server_is_away=True)
        try:
            self._connection.send_messages([letter])
        except Exception as error:
            self._hang_up()
            return _answer(error)
        return Answer("accept")

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._connection.close()


def _answer(error: Exception) -> Answer:
    """What an error says: only an answer of the server itself proves that it has not taken the letter."""
    if isinstance(error, ValueError | SMTPNotSupportedError):
        # An address that is none: the server was told nothing.
        return Answer("refuse", _said(error))
    if isinstance(error, SMTPHeloError):
        return Answer("put_back", _said(error), server_is_away=True)
    code = _code(error)
    if 400 <= code < 500:
        return Answer("put_back", _said(error), server_is_away=code == SERVICE_NOT_AVAILABLE)
    return Answer("refuse" if code >= 500 else "lose", _said(error))


def _code(error: Exception) -> int:
    """What the server answered; 0 if it did not."""
    if isinstance(error, SMTPRecipientsRefused):
        return min(code for code, _text in error.recipients.values())
    return error.smtp_code if isinstance(error, SMTPResponseException) else 0


def _said(error: Exception) -> str:
    """Without the reader's address, which the errors of some servers hold: the reason is kept and logged."""
    if isinstance(error, SMTPRecipientsRefused):
        return f"{type(error).__name__}: {_code(error)}"
    return f"{type(error).__name__}: {_code(error) or error}"
