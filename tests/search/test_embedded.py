"""What only the index on this machine does."""

import pytest

from metropole.search.presets import Preset
from metropole.search.query import Query
from metropole.search.services import facet_counts, search

from .samples import document


def test_without_an_index_nothing_is_found_and_the_log_says_what_to_do(caplog):
    assert search(Query(text="vélo"), Preset("/")).result.total == 0
    assert facet_counts("type") == {}
    assert [record.getMessage() for record in caplog.records if "rebuild_search" in record.getMessage()]


def test_an_index_made_by_another_version_is_not_read(fill, engine, caplog):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("metropole.search.engines.embedded.stamp", lambda: "another")
        fill(document(1))
    assert engine.state() == "outdated"
    assert engine.searcher() is None
    assert "rebuild_search" in caplog.text
