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


def test_a_writer_that_was_killed_within_its_commit_does_not_stop_the_next(fill, engine):
    """What it had written beside the index keeps its name: the same change, made again, wants the same files."""
    fill(document(1), document(2))
    index = engine.folder.root / engine.current()
    before = (index / "meta.json").read_bytes()
    engine.write(index.name, [], [document(1).id])
    (index / "meta.json").write_bytes(before)
    assert engine.write(index.name, [], [document(1).id]) == {}
    assert list(engine.digests()) == [document(2).id]
