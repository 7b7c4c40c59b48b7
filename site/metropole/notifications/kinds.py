"""The kinds of news that people are told: each app registers its own."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """What is said, in the reader's language. ``subject`` and ``text`` hold the words given to ``notify``, by name.

    ``topic`` groups the kinds that a person wants, or not, by e-mail. ``reason``: why they of all people are told.
    """

    name: str
    topic: str
    subject: str | Promise
    text: str | Promise
    reason: str | Promise


_kinds: dict[str, Kind] = {}


def register_kinds(*kinds: Kind) -> None:
    """From ``AppConfig.ready()``."""
    for kind in kinds:
        if kind.name in _kinds:
            raise ValueError(f"There are two kinds of news named {kind.name}.")
        _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    """Raises KeyError for a kind that is not, or not any more, in the code."""
    return _kinds[name]


def all_kinds() -> list[Kind]:
    return list(_kinds.values())
