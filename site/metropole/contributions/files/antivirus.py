"""The antivirus, where there is one: clamd, asked over its own protocol (INSTREAM)."""

import logging
import socket
import struct
from typing import IO

from django.conf import settings

from ..enums import ScanState

logger = logging.getLogger(__name__)

_CHUNK = 1 << 16
_SECONDS = 20


def scan(file: IO[bytes]) -> ScanState:
    """What it says of a file: a file that it could not look at waits. Without antivirus, all are taken to be clean."""
    if not settings.CLAMD_ADDRESS:
        return ScanState.CLEAN
    try:
        answer = _ask(file)
    except OSError as error:
        logger.warning("The antivirus does not answer: %s", error)
        return ScanState.WAITING
    if answer.endswith(b"OK"):
        return ScanState.CLEAN
    if answer.endswith(b"FOUND"):
        logger.warning("The antivirus refuses a file: %s", answer.decode(errors="replace")[:200])
        return ScanState.INFECTED
    logger.warning("The antivirus could not look at a file: %s", answer.decode(errors="replace")[:200])
    return ScanState.WAITING


def _ask(file: IO[bytes]) -> bytes:
    host, _separator, port = settings.CLAMD_ADDRESS.rpartition(":")
    file.seek(0)
    with socket.create_connection((host, int(port)), _SECONDS) as connection:
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(_CHUNK):
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (part := connection.recv(4096)):
            answer += part
    return answer.rstrip(b"\0").strip()
