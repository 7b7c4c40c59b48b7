from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache

SHARED = "allauth"
"""How the keys of allauth begin: attempts to sign in, and one-time codes that were used."""


def _routed(name: str) -> Callable[..., Any]:
    own = getattr(LocMemCache, name)

    def method(self: LocMemCache, key: str, *args, **kwargs) -> Any:
        if key.startswith(SHARED):
            return getattr(caches["limits"], name)(key, *args, **kwargs)
        return own(self, key, *args, **kwargs)

    return method


class LocalCacheWithSharedLimits(LocMemCache):
    """Each process keeps its own, but for what limits attempts: all processes count these together.

    allauth asks the default cache and cannot be told of another one.
    """

    get = _routed("get")
    set = _routed("set")
    add = _routed("add")
    delete = _routed("delete")
