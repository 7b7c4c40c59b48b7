"""Seals what a response says: nobody who has the database, a backup or the disk alone can read it.

Fernet (AES-128-CBC and HMAC-SHA256) with the keys of the settings: the first one seals, all of them open, so that a key
can be replaced while what older ones sealed stays readable.
"""

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class UnreadableError(Exception):
    """What is sealed was damaged, or its key is no more among those of the settings."""


def seal(content: bytes) -> bytes:
    return _keys().encrypt(content)


def unseal(sealed: bytes | memoryview) -> bytes:
    """Raises UnreadableError."""
    try:
        return _keys().decrypt(bytes(sealed))
    except InvalidToken as error:
        raise UnreadableError from error


def seal_data(data: Any) -> bytes:
    """What JSON holds, sealed; the same whatever the order of its names."""
    return seal(as_bytes(data))


def unseal_data(sealed: bytes | memoryview) -> Any:
    """Raises UnreadableError."""
    return json.loads(unseal(sealed))


def resealed(sealed: bytes | memoryview) -> bytes:
    """The same, sealed with the first key. Raises UnreadableError."""
    try:
        return _keys().rotate(bytes(sealed))
    except InvalidToken as error:
        raise UnreadableError from error


def as_bytes(data: Any) -> bytes:
    """The one text of what JSON holds, of which digests are taken."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.RESPONSE_KEYS])
