"""The index in the process itself, by tantivy: no server, one writer for the machine, any number of readers."""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import tantivy

from ..documents import Document
from ..facets import Facet
from ..fields import AGE, RECENCY, TEXT_FIELDS, WORDS, stamp, title_key_fields
from .base import MISSING, OUTDATED, READY, IndexUnavailableError, SearchRequest, SearchResult, Word
from .counting import Share, counted, counting, shared, sharing
from .embedded_query import compiled, in_first_language, not_in_first_language
from .embedded_schema import ID, SPELLED, STORED, schema, to_tantivy
from .ranking import Ranking
from .storage import IndexFolder, read_stamp, write_stamp

logger = logging.getLogger(__name__)

_UPDATE_HEAP = 20_000_000
_REBUILD_HEAP = 100_000_000


def ranking(request: SearchRequest) -> Ranking:
    """The order of a request among documents that are equal as to their language."""
    title, *rest = title_key_fields(request.first_language)
    return {
        "relevance": Ranking(None, refine=(RECENCY,), descending=True),
        "newest": Ranking(RECENCY, refine=(), descending=True),
        "oldest": Ranking(AGE, refine=(), descending=True),
        "title": Ranking(title, refine=(*rest, RECENCY), descending=False),
    }[request.sort]


@dataclass(frozen=True)
class Opened:
    """A generation that this process reads, as it was at a commit."""

    generation: Path
    signature: tuple[int, int, int]
    index: tantivy.Index


class EmbeddedEngine:
    """The engine by default. Each search looks whether another process has committed, which costs one stat."""

    name = "embedded"

    def __init__(self, root: Path) -> None:
        self.folder = IndexFolder(root)
        self.lexicon = EmbeddedLexicon(self)
        self._opened: Opened | None = None
        self._refreshing = Lock()
        self._warned: object = ()

    def search(self, request: SearchRequest, also: Sequence[SearchRequest] = ()) -> SearchResult:
        searcher = self.searcher()
        if searcher is None:
            return SearchResult(self.name, also=[0] * len(also))
        filtered = {held.facet.name for held in request.filters}
        together = [facet for facet in request.counted if facet.name not in filtered]
        answer = _aggregated(searcher, request, together)
        counts = counted(answer)
        for facet in request.counted:
            if facet.name in filtered:
                # Each facet is counted as if it had no filter of its own.
                counts |= counted(_aggregated(searcher, request.lifting(facet.name), [facet]))
        if request.first_language:
            total, addresses = _page_by_language(searcher, request, shared(answer, request.first_language))
        else:
            total, addresses = ranking(request).page(searcher, compiled(request), request.start, request.size)
        hits = [_stored(searcher, address) for address in addresses]
        return SearchResult(self.name, total, hits, counts, self.totals(also))

    def totals(self, requests: Sequence[SearchRequest]) -> list[int]:
        searcher = self.searcher()
        return [searcher.search(compiled(request), limit=1).count if searcher else 0 for request in requests]

    def version(self) -> tuple[int, int, int] | None:
        return self.folder.signature()

    # --- What it keeps ----------------------------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """This machine: each has its own index."""
        return self.folder.machine()

    def current(self) -> str:
        generation = self.folder.generation()
        return generation.name if generation else ""

    def exists(self, index: str) -> bool:
        return (self.folder.root / index).is_dir()

    def publish(self, index: str) -> None:
        self.folder.publish(self.folder.root / index)

    def sweep(self, keep: Iterable[str]) -> None:
        self.folder.sweep(keep)

    def state(self) -> str:
        generation = self.folder.generation()
        if generation is None or self.folder.signature() is None:
            return MISSING
        return READY if read_stamp(generation) == stamp() else OUTDATED

    def digests(self) -> dict[str, str]:
        searcher = self.searcher()
        if searcher is None or not searcher.num_docs:
            return {}
        found = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
        held = (_stored(searcher, address) for _score, address in found)
        return {values["id"]: values["digest"] for values in held}

    # --- Reading what is current ------------------------------------------------------------------------------------

    def searcher(self) -> tantivy.Searcher | None:
        """The index as last committed by any process; None, said in the log, when there is none to read."""
        opened = self._opened
        signature = self.folder.signature()
        if opened is None or opened.signature != signature:
            opened = self._refresh(signature)
        return opened.index.searcher() if opened else None

    def signature(self) -> object:
        """Changes whenever the words of the index may have changed."""
        return self._opened and self._opened.signature

    def _refresh(self, signature: tuple[int, int, int] | None) -> Opened | None:
        with self._refreshing:
            try:
                self._opened = self._reopened(signature)
            except (OSError, ValueError):
                # The generation was replaced under our feet: what was open still answers, the next search looks again.
                logger.info("The search index was replaced while it was being opened.")
            return self._opened

    def _reopened(self, signature: tuple[int, int, int] | None) -> Opened | None:
        generation = self.folder.generation()
        if signature is None or generation is None or read_stamp(generation) != stamp():
            self._warn(generation, signature)
            return self._opened
        if self._opened and self._opened.generation == generation:
            self._opened.index.reload()
            return Opened(generation, signature, self._opened.index)
        index = tantivy.Index.open(str(generation))
        index.config_reader("manual")
        index.reload()
        return Opened(generation, signature, index)

    def _warn(self, *cause: object) -> None:
        """Says once for each state of the folder why there is nothing to read."""
        if self._warned != cause:
            self._warned = cause
            logger.error(
                "No search index of this version in %s: run `manage.py rebuild_search` (%s).",
                self.folder.root,
                self.state(),
            )

    # --- Writing ----------------------------------------------------------------------------------------------------

    def create(self) -> str:
        generation = self.folder.new_generation()
        write_stamp(generation, stamp())
        tantivy.Index(schema(), path=str(generation), reuse=False)
        return generation.name

    def fill(self, index: str, documents: Iterable[Document]) -> dict[str, str]:
        with self._writing(index, _REBUILD_HEAP) as writer:
            for document in documents:
                writer.add_document(to_tantivy(document))
        return {}

    def write(self, index: str, documents: Iterable[Document], removed: Iterable[str]) -> dict[str, str]:
        with self._writing(index, _UPDATE_HEAP) as writer:
            for key in removed:
                writer.delete_documents_by_term(ID, key)
            for document in documents:
                writer.delete_documents_by_term(ID, document.id)
                writer.add_document(to_tantivy(document))
        return {}

    @contextmanager
    def _writing(self, index: str, heap: int) -> Iterator[tantivy.IndexWriter]:
        """A writer that commits at the end, and leaves no merge half done.

        A writer killed within its commit leaves files whose names the same change, made again, asks for: away first.
        """
        try:
            writer = tantivy.Index.open(str(self.folder.root / index)).writer(heap_size=heap, num_threads=1)
            writer.garbage_collect_files()
        except ValueError as error:
            raise IndexUnavailableError(f"The index {index} cannot be written to: {error}") from error
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()


def _aggregated(searcher: tantivy.Searcher, request: SearchRequest, facets: list[Facet]) -> Mapping[str, Any]:
    asked = counting(facets, request.now)
    asked |= sharing() if request.first_language else {}
    return searcher.aggregate(compiled(request), asked) if asked else {}


def _page_by_language(
    searcher: tantivy.Searcher, request: SearchRequest, share: Share
) -> tuple[int, list[tantivy.DocAddress]]:
    """The documents in the first language, then the others: only those parts of them that the page needs are read."""
    found: list[tantivy.DocAddress] = []
    begin, border, end = request.start, share.published, request.start + request.size
    order = ranking(request)
    if border in (0, share.total):
        return order.page(searcher, compiled(request), begin, request.size)
    if begin < border:
        found += order.page(searcher, in_first_language(request), begin, min(end, border) - begin)[1]
    if end > border:
        rest = max(begin, border)
        found += order.page(searcher, not_in_first_language(request), rest - border, end - rest)[1]
    return share.total, found


def _stored(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Mapping[str, Any]:
    return json.loads(bytes(searcher.doc(address).get_first(STORED)))


class EmbeddedLexicon:
    """The words of the embedded index, read from the index itself: always those of its last commit."""

    def __init__(self, engine: EmbeddedEngine) -> None:
        self._engine = engine

    def contains(self, language: str, token: str) -> bool:
        searcher = self._engine.searcher()
        return bool(searcher) and any(searcher.doc_freq(field.in_language(language), token) for field in TEXT_FIELDS)

    def completions(self, language: str, prefix: str, limit: int) -> list[Word]:
        searcher = self._engine.searcher()
        if searcher is None:
            return []
        found = searcher.terms_with_prefix(WORDS.in_language(language), prefix, limit=limit)
        return [_word(term, frequency) for term, frequency in found]

    def version(self) -> object:
        return self._engine.signature()


def _word(term: str, frequency: int) -> Word:
    folded, _, shown = term.partition(SPELLED)
    return Word(folded, shown, frequency)
