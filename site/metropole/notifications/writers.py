"""E-mails to an address that need not be anybody's here: each app says how its own are written."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import models
from django.utils.functional import Promise


@dataclass(frozen=True)
class Writer:
    """One kind of such e-mails, named ``label`` for administrators.

    ``find`` gives what an e-mail is about, by the word kept of it; None where it is not wanted any more. ``write``
    gives the e-mail about that, in the language in use: only then is its address read.
    """

    name: str
    label: str | Promise
    find: Callable[[str], models.Model | None]
    write: Callable[[models.Model], EmailMessage]


_writers: dict[str, Writer] = {}


def register_writer(writer: Writer) -> None:
    """From ``AppConfig.ready()``."""
    if writer.name in _writers:
        raise ValueError(f"There are two writers named {writer.name}.")
    _writers[writer.name] = writer


def writer_named(name: str) -> Writer:
    """Raises KeyError for a writer that is not, or not any more, in the code."""
    return _writers[name]


def described(name: str, ref: str) -> str:
    """What an e-mail is about, for administrators."""
    writer = _writers.get(name)
    if writer is None:
        return name
    about = writer.find(ref)
    return f"{writer.label} – {about}" if about else str(writer.label)
