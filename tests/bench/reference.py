"""tantivy alone at the same work: the same query and counts, the same page of stored documents, its own highlights."""

import json
from pathlib import Path

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from metropole.search.documents import Document
from metropole.search.engines import embedded_schema
from metropole.search.engines.base import SearchRequest
from metropole.search.engines.counting import counting
from metropole.search.engines.embedded import ranking
from metropole.search.engines.embedded_query import compiled

SHOWN = ("shown_title", "shown_text")
_ANALYZER = (
    TextAnalyzerBuilder(Tokenizer.simple())
    .filter(Filter.lowercase())
    .filter(Filter.ascii_fold())
    .filter(Filter.stemmer("french"))
    .build()
)


class Reference:
    """The index of the site with, besides, the texts as tantivy itself analyses, stores and highlights them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fill(self, documents: list[Document]) -> None:
        self._folder.mkdir(parents=True)
        writer = self._opened(tantivy.Index(_schema(), path=str(self._folder))).writer(100_000_000, 1)
        for document in documents:
            made = embedded_schema.to_tantivy(document)
            made.add_text(SHOWN[0], document.title)
            made.add_text(SHOWN[1], document.text)
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> "Reference":
        self._searcher = self._opened(tantivy.Index.open(str(self._folder))).searcher()
        return self

    def _opened(self, index: tantivy.Index) -> tantivy.Index:
        index.register_tokenizer("shown", _ANALYZER)
        return index

    def search(self, request: SearchRequest, text: str) -> int:
        """Does all that the site's search asks of an index for one page of results. Returns the number of results."""
        query = compiled(request)
        order = ranking(request).field
        ordering = {"order_by_field": order} if order else {}
        answer = self._searcher.search(query, limit=request.size, offset=request.start, **ordering)
        self._count(request, query)
        snippets = self._snippets(text)
        for _score, address in answer.hits:
            document = self._searcher.doc(address)
            json.loads(bytes(document.get_first(embedded_schema.STORED)))
            for snippet in snippets:
                snippet.snippet_from_doc(document).to_html()
        return answer.count

    def _count(self, request: SearchRequest, query: Query) -> None:
        filtered = {held.facet.name for held in request.filters}
        together = [facet for facet in request.counted if facet.name not in filtered]
        self._searcher.aggregate(query, counting(together, request.now))
        for facet in request.counted:
            if facet.name in filtered:
                lifted = compiled(request.lifting(facet.name))
                self._searcher.aggregate(lifted, counting([facet], request.now))

    def _snippets(self, text: str) -> list[tantivy.SnippetGenerator]:
        words = _ANALYZER.analyze(text)
        if not words:
            return []
        found = []
        for field in SHOWN:
            query = Query.boolean_query([(Occur.Should, Query.term_query(_schema(), field, word)) for word in words])
            generator = tantivy.SnippetGenerator.create(self._searcher, query, _schema(), field)
            generator.set_max_num_chars(260)
            found.append(generator)
        return found


def _schema() -> tantivy.Schema:
    return _SCHEMA


def _with_shown_texts() -> tantivy.Schema:
    """The site's own schema, field for field (queries name fields by number), then the texts."""
    builder = embedded_schema.builder()
    for field in SHOWN:
        builder.add_text_field(field, stored=True, tokenizer_name="shown")
    return builder.build()


_SCHEMA = _with_shown_texts()
