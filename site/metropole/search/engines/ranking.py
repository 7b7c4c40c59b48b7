"""One page of results in an order that is the same each time, whatever the segments of the index."""

from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import DocAddress, Order, Query, Searcher

# Results read beyond both ends of a page, to see whether equal scores go on there.
_MARGIN = 16

Found = Sequence[tuple[float, DocAddress]]


@dataclass(frozen=True)
class Ranking:
    """An order: by ``field`` (by score when None), then by the ``refine`` fields; the last of these has no equals."""

    field: str | None
    refine: tuple[str, ...]
    descending: bool

    def page(self, searcher: Searcher, query: Query, start: int, size: int) -> tuple[int, list[DocAddress]]:
        """The number of all results, and the addresses of those from ``start`` on."""
        if not self.refine:
            total, found = self._found(searcher, query, start, size)
            return total, [address for _key, address in found]
        begin, total, found = self._window(searcher, query, start, size)
        if _has_equals(found):
            found = self._refined(searcher, found)
        return total, [address for _key, address in found[start - begin : start - begin + size]]

    def _window(self, searcher: Searcher, query: Query, start: int, size: int) -> tuple[int, int, Found]:
        """The page with all the results that have the same score as its first or its last."""
        margin = _MARGIN
        while True:
            begin, end = max(0, start - margin), start + size + margin
            total, found = self._found(searcher, query, begin, end - begin)
            if self._is_whole(found, begin, start - begin, size, end < total):
                return begin, total, found
            margin *= 4

    def _is_whole(self, found: Found, begin: int, offset: int, size: int, more: bool) -> bool:
        if len(found) <= offset:
            return True
        first, last = found[offset][0], found[min(offset + size, len(found)) - 1][0]
        return not (begin and found[0][0] == first) and not (more and found[-1][0] == last)

    def _found(self, searcher: Searcher, query: Query, begin: int, limit: int) -> tuple[int, Found]:
        order = Order.Desc if self.descending else Order.Asc
        ordering = {"order_by_field": self.field, "order": order} if self.field else {}
        answer = searcher.search(query, limit=limit, offset=begin, **ordering)
        return answer.count, answer.hits

    def _refined(self, searcher: Searcher, found: Found) -> Found:
        addresses = [address for _key, address in found]
        keys = [searcher.fast_field_values(field, addresses) for field in self.refine]
        *ascending, newest = keys
        sign = -1 if self.descending else 1
        ranked = sorted(
            zip(found, *ascending, newest, strict=True),
            key=lambda row: (sign * row[0][0], *row[1:-1], -row[-1]),
        )
        return [row[0] for row in ranked]


def _has_equals(found: Found) -> bool:
    keys = [key for key, _address in found]
    return len(set(keys)) < len(keys)
