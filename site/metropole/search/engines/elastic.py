"""The index on a search server, Elasticsearch or OpenSearch, for many documents and many readers.

Readers and writers only know aliases. The one that answers carries the version of this code in its name: during an
upgrade the old code and the new each read the index that they understand. Writing goes through an alias of the index's
own, which must exist: a server asked to write into an index that is gone would else make one, without our mapping.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from secrets import token_hex
from time import time_ns
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import streaming_bulk

from ..analysis import LANGUAGES
from ..documents import Document
from ..fields import stamp
from .base import MISSING, OUTDATED, READY, IndexUnavailableError, SearchRequest, SearchResult
from .elastic_client import FILL_SECONDS, WRITE_SECONDS, connect, reached
from .elastic_mapping import DIGEST, ID, INDEX_SETTINGS, SHOWN, mapping, to_server
from .elastic_search import ContentSearch, total

_CHUNK, _CHUNK_BYTES = 500, 10_000_000
_DIGESTS_AT_ONCE = 5_000
# A server that has too much to do says so (429): when filling, it is asked again after 2, 4, 8… seconds.
_FILL_RETRIES = 5
# The request of a process that was killed may still be on its way when the next one writes the same document: its
# version, the time of writing, keeps the older request from winning.
_FIRST_VERSION = 0
# Answers that are about the document itself (409: another machine, whose clock is ahead, has just written it); any
# other refusal is the server's trouble.
_ITS_OWN_FAULT = (400, 409, 413)


class ElasticEngine:
    """Answers searches in one request each, and keeps the indexes of a server."""

    name = "elasticsearch"
    place = ""

    @cached_property
    def client(self) -> Elasticsearch:
        return connect()

    @property
    def alias(self) -> str:
        """What readers read: one for each set of languages and version."""
        return f"{settings.ELASTICSEARCH_PREFIX}-{'-'.join(LANGUAGES)}-{stamp()}"

    # --- Answering --------------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest, also: Sequence[SearchRequest] = ()) -> SearchResult:
        """One request. Raises IndexUnavailableError, also rather than give a part of an answer."""
        page = ContentSearch(request)
        answer, *others = self._answers([page.body(), *map(total, also)])
        return SearchResult(
            self.name,
            total=_total(answer),
            hits=[hit["_source"][SHOWN] for hit in answer["hits"]["hits"]],
            counts=page.counts(answer.get("aggregations", {})),
            also=[_total(other) for other in others],
        )

    def totals(self, requests: Sequence[SearchRequest]) -> list[int]:
        """As ``search``, for numbers alone."""
        return (
            [_total(answer) for answer in self._answers([total(request) for request in requests])] if requests else []
        )

    def _answers(self, bodies: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        whole = {"index": self.alias, "allow_partial_search_results": False}
        if not bodies:
            return []
        with reached():
            answers = self.client.msearch(searches=[part for body in bodies for part in (whole, body)])["responses"]
        for answer in answers:
            if "error" in answer:
                # The kind of error alone: its reason may quote the reader's words, which nothing writes down.
                raise IndexUnavailableError(f"the server answered {answer['status']}: {answer['error']['type']}")
            if answer["timed_out"]:
                raise IndexUnavailableError("the server gave up before the end")
        return answers

    # --- Which index answers ----------------------------------------------------------------------------------------

    def state(self) -> str:
        index = self.current()
        with reached():
            if not index:
                return OUTDATED if self._indexes() else MISSING
            held = self.client.indices.get_mapping(index=index)[index]["mappings"]
        return READY if _agrees(held, mapping()) else OUTDATED

    def current(self) -> str:
        with reached():
            try:
                return next(iter(self.client.indices.get_alias(name=self.alias).body))
            except NotFoundError:
                return ""

    def exists(self, index: str) -> bool:
        with reached():
            return bool(self.client.indices.exists_alias(name=_writing(index)))

    def create(self) -> str:
        index = f"{self.alias}-{datetime.now(UTC):%Y%m%d%H%M%S}-{token_hex(4)}"
        with reached():
            self.client.options(request_timeout=FILL_SECONDS).indices.create(
                index=index, settings=INDEX_SETTINGS, mappings=mapping(), aliases={_writing(index): {}}
            )
        return index

    def publish(self, index: str) -> None:
        with reached():
            others = [other for other in self._readable() if other != index]
            actions = [{"remove": {"index": other, "alias": self.alias}} for other in others]
            self.client.indices.update_aliases(actions=[*actions, {"add": {"index": index, "alias": self.alias}}])

    def sweep(self, keep: Iterable[str]) -> None:
        current = self.current()
        with reached():
            for index in self._indexes() - {current, *keep}:
                self.client.options(ignore_status=404).indices.delete(index=index)

    def _readable(self) -> list[str]:
        try:
            return list(self.client.indices.get_alias(name=self.alias).body)
        except NotFoundError:
            return []

    def _indexes(self) -> set[str]:
        """All indexes of this site, of any version."""
        return set(self.client.indices.get_alias(index=f"{settings.ELASTICSEARCH_PREFIX}-*").body)

    # --- What it holds ----------------------------------------------------------------------------------------------

    def fill(self, index: str, documents: Iterable[Document]) -> dict[str, str]:
        actions = (_indexing(document, _FIRST_VERSION) for document in documents)
        with reached():
            refused = self._bulk(index, actions, FILL_SECONDS, refresh=False, retries=_FILL_RETRIES)
            self.client.options(request_timeout=FILL_SECONDS).indices.refresh(index=index)
        return refused

    def write(self, index: str, documents: Iterable[Document], removed: Iterable[str]) -> dict[str, str]:
        version = time_ns() // 1000
        actions = [_removal(key, version) for key in removed]
        actions += [_indexing(document, version) for document in documents]
        with reached():
            return self._bulk(index, actions, WRITE_SECONDS, refresh=True)

    def _bulk(
        self, index: str, actions: Iterable[dict], seconds: float, refresh: bool, retries: int = 0
    ) -> dict[str, str]:
        """Puts documents in through the index's own alias, and sorts out those that it refuses."""
        answers = streaming_bulk(
            self.client.options(request_timeout=seconds),
            actions,
            index=_writing(index),
            require_alias=True,
            refresh=refresh,
            chunk_size=_CHUNK,
            max_chunk_bytes=_CHUNK_BYTES,
            max_retries=retries,
            raise_on_error=False,
        )
        refused: dict[str, str] = {}
        for done, item in answers:
            if not done:
                refused |= _refusal(item)
        return refused

    def digests(self) -> dict[str, str]:
        return dict(self._all_digests())

    def _all_digests(self) -> Iterator[tuple[str, str]]:
        after: dict[str, Any] = {}
        while True:
            with reached():
                found = self.client.options(request_timeout=FILL_SECONDS).search(
                    index=self.alias,
                    size=_DIGESTS_AT_ONCE,
                    sort=[{ID: "asc"}],
                    source=False,
                    docvalue_fields=[ID, DIGEST],
                    **after,
                )["hits"]["hits"]
            if not found:
                return
            yield from ((hit["fields"][ID][0], hit["fields"][DIGEST][0]) for hit in found)
            after = {"search_after": found[-1]["sort"]}


def _writing(index: str) -> str:
    """The alias through which an index is written to."""
    return f"{index}.write"


def _indexing(document: Document, version: int) -> dict[str, Any]:
    return {"_op_type": "index", "_id": document.id, "_source": to_server(document)} | _versioned(version)


def _removal(key: str, version: int) -> dict[str, Any]:
    return {"_op_type": "delete", "_id": key} | _versioned(version)


def _versioned(version: int) -> dict[str, Any]:
    return {"version": version, "version_type": "external_gte"}


def _refusal(item: Mapping[str, Any]) -> dict[str, str]:
    """The document that the server blames, with its reason; none when what it lacked was there to remove.

    Raises IndexUnavailableError when the trouble is not the document's.
    """
    [(action, answer)] = item.items()
    if action == "delete" and answer["status"] == 404 and "error" not in answer:
        return {}
    reason = _cause(answer.get("error", ""))
    if answer["status"] in _ITS_OWN_FAULT:
        return {answer["_id"]: reason}
    raise IndexUnavailableError(f"the server refused a change ({answer['status']}): {reason}")


def _cause(error: object) -> str:
    """What the server names as the cause, in one line."""
    if not isinstance(error, Mapping):
        return str(error)[:300]
    deeper = error.get("root_cause") or ([error["caused_by"]] if "caused_by" in error else [])
    own = f"{error.get('type', '')}: {error.get('reason', '')}"
    return own[:300] if not deeper else f"{own} ({deeper[0].get('reason', '')})"[:300]


def _total(answer: Mapping[str, Any]) -> int:
    return answer["hits"]["total"]["value"]


def _agrees(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether the fields that an index has are those that this code writes and reads."""
    return held.get("_meta") == wanted["_meta"] and _types(held) == _types(wanted)


def _types(mappings: Mapping[str, Any]) -> dict[str, str]:
    """The type of each field that is searched."""
    fields = mappings.get("properties", {})
    return {name: field.get("type", "object") for name, field in fields.items() if name != SHOWN}
