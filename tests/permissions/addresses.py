"""Every address that the site answers, from its own resolver, with what stands in for its parameters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern
from django.utils.translation import override

from .world import World

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)|\\")
SNIPPET = re.compile(r"admin/(?:localize/api/)?snippets/(?:choose/|submit/)?(\w+)/(\w+)/")


@dataclass(frozen=True)
class Address:
    """``route`` is the row's name in the table: as written in the code, with the French words."""

    route: str
    name: str

    def path(self, world: World) -> str:
        """Raises KeyError where the world has nothing for a parameter: add it there."""
        if self.route in world.paths:
            return f"/{world.paths[self.route]}"
        snippet = SNIPPET.match(self.route)
        values = world.values | ({"pk": world.snippets[f"{snippet[1]}.{snippet[2]}"]} if snippet else {})
        values |= world.particular.get(self.route.split("/")[1] if self.route.startswith("admin/") else self.name, {})
        return "/" + PARAMETER.sub(
            lambda found: str(values[found[1] or found[2]]) if found.lastindex else "", self.route
        )


def addresses() -> list[Address]:
    """All, once each: of two with the same route the first answers."""
    with override("fr"):
        found = {address.route: address for address in reversed(list(_walk(get_resolver().url_patterns)))}
    return sorted(found.values(), key=lambda address: address.route)


def _walk(patterns: list, above: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[Address]:
    for pattern in patterns:
        route = above + _written(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(route, ":".join(filter(None, (*namespaces, pattern.name))))
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, route, inner)


def _written(pattern: object) -> str:
    if isinstance(pattern, LocalePrefixPattern):
        return pattern.language_prefix
    text = str(pattern)
    return text.removeprefix("^").removesuffix("$") if isinstance(pattern, RegexPattern) else text
