"""Where the apps above say what of theirs is searched; search itself knows none of them.

Vocabularies and synonyms are kept by each process. The process that changes one sees it at once; the others when what
they keep is older than ``KEPT_FOR`` seconds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import override

from .documents import Document
from .facets import values_of
from .languages import reader_language
from .vocabularies import Term, Vocabulary

__all__ = [
    "Term",
    "register_documents",
    "register_synonyms",
    "register_vocabulary",
    "synonyms_changed",
    "vocabulary_changed",
]

Builder = Callable[[Model], Document | None]
Preparation = Callable[[Sequence[Model]], None]
Loader = Callable[[str], Sequence[Term]]
SynonymGroups = tuple[tuple[str, ...], ...]

KEPT_FOR = 60.0


@dataclass(frozen=True)
class Source:
    """A kind of document: how one is built, which instances are public, what is read for many of them at once."""

    model: type[Model]
    builder: Builder
    queryset: Callable[[], QuerySet]
    prepare: Preparation


class _Kept:
    """What was loaded, with the time of loading."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._values: dict[object, tuple[float, object]] = {}

    def get(self, key: object, load: Callable[[], object]) -> object:
        held = self._values.get(key)
        if held and monotonic() - held[0] < KEPT_FOR:
            return held[1]
        value = load()
        with self._lock:
            self._values[key] = (monotonic(), value)
        return value

    def forget(self, name: str | None = None) -> None:
        with self._lock:
            for key in [key for key in self._values if name is None or key[0] == name]:
                del self._values[key]


_sources: dict[str, Source] = {}
_loaders: dict[str, Loader] = {}
_open: set[str] = set()
_synonym_loaders: list[Callable[[], Iterable[Sequence[str]]]] = []
_kept = _Kept()
_SYNONYMS = "*synonyms"


def nothing_to_prepare(instances: Sequence[Model]) -> None:
    """For a kind of document that is built from what its query brings along."""


def register_documents(
    model: type[Model],
    builder: Builder,
    queryset: Callable[[], QuerySet],
    prepare: Preparation = nothing_to_prepare,
) -> None:
    """Makes a model searchable, and has every save of it carried to the index.

    ``queryset`` gives what is public, with all that the builder reads prefetched; a builder that gives None keeps an
    instance out of the index. ``prepare`` is given the instances, many at once, before any of them is built: it reads
    what no prefetching can, and sets it on them.
    """
    from .signals import connect  # The signals enqueue outbox rows, whose model needs the app registry ready.

    _sources[model._meta.label_lower] = Source(model, builder, queryset, prepare)
    connect(model)


def register_vocabulary(facet_name: str, loader: Loader, is_open: bool = False) -> None:
    """Gives a facet its values and labels; ``loader(language)`` returns them in display order.

    An open vocabulary names some values only: any other is a value as well, and its own label.
    """
    _loaders[facet_name] = loader
    (_open.add if is_open else _open.discard)(facet_name)


def register_synonyms(loader: Callable[[], Iterable[Sequence[str]]]) -> None:
    """Adds groups of words or phrases that mean the same; they count at the time of asking, without a new index."""
    _synonym_loaders.append(loader)


def vocabulary_changed(facet_name: str) -> None:
    """Forgets a facet's values, now and again once the change is committed (another thread may load in between)."""
    _kept.forget(facet_name)
    transaction.on_commit(lambda: _kept.forget(facet_name))


def synonyms_changed() -> None:
    """Forgets the synonyms, as ``vocabulary_changed`` does a facet's values."""
    vocabulary_changed(_SYNONYMS)


def forget_everything() -> None:
    """Forgets all vocabularies and synonyms: for tests, and for commands that change many."""
    _kept.forget()


def sources() -> dict[str, Source]:
    """Every kind of document, by the model's label."""
    return _sources


def lists_all(facet_name: str) -> bool:
    """Whether a facet has no other values than those of its vocabulary."""
    name = values_of(facet_name)
    return name in _loaders and name not in _open


def vocabulary(facet_name: str, language: str | None = None) -> Vocabulary:
    """A facet's values, labelled in the language given or the reader's; empty when nobody gives it any."""
    name = values_of(facet_name)
    if name not in _loaders:
        return Vocabulary()
    language = language or reader_language()
    return _kept.get((name, language), lambda: _load_vocabulary(name, language))


def synonym_groups() -> SynonymGroups:
    """Every group of equivalent words or phrases."""
    return _kept.get((_SYNONYMS,), _load_synonyms)


def _load_vocabulary(facet_name: str, language: str) -> Vocabulary:
    # Labels that are translated and addresses are those of the language, whichever the reader's is.
    with override(language):
        return Vocabulary(_loaders[facet_name](language))


def _load_synonyms() -> SynonymGroups:
    return tuple(tuple(group) for loader in _synonym_loaders for group in loader())
