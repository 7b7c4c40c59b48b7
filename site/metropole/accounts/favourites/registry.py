"""What people may keep. Each app says how its own is found again; who keeps it need not know what it is."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

Find = Callable[[Collection[str]], Mapping[str, "Item"]]
"""By reference, what of those asked for everyone may read now, for a reader of the language in use."""


@dataclass(frozen=True)
class Item:
    """``language``: that of the title, where it is not the reader's."""

    title: str
    url: str
    type_label: str
    language: str


_kinds: dict[str, Find] = {}


def register_kind(name: str, find: Find) -> None:
    """From ``AppConfig.ready()``. ``find`` asks a constant number of queries and bears any reference."""
    _kinds[name] = find


def find_items(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Item]:
    """Of things by kind and reference, those that are online."""
    found = {}
    for kind in {kind for kind, _ref in wanted} & _kinds.keys():
        items = _kinds[kind]([ref for of_kind, ref in wanted if of_kind == kind])
        found |= {(kind, ref): item for ref, item in items.items()}
    return found
