"""Queries as people type them on the demonstration's content, with what they expect to see first."""

from pathlib import Path

import pytest
import time_machine
import yaml
from django.http import QueryDict

from metropole.search import registry
from metropole.search.presets import Preset
from metropole.search.query import parse
from metropole.search.services import search

from .conftest import ON_BOTH_ENGINES
from .golden import corpus

QUERIES = yaml.safe_load((Path(corpus.__file__).with_name("queries.yaml")).read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _vocabularies_of_the_demonstration(_only_these_vocabularies, monkeypatch):
    monkeypatch.setattr(registry, "_loaders", corpus.loaders())
    monkeypatch.setattr(registry, "_synonym_loaders", [corpus.synonyms])
    registry.forget_everything()


# All in one test: an engine is filled once, and what a change of ranking does to every query is seen together.
@ON_BOTH_ENGINES
def test_what_people_expect_first_comes_first(fill):
    fill(*corpus.documents())
    with time_machine.travel(corpus.NOW, tick=False):
        failures = list(filter(None, map(_failure, QUERIES)))
    assert not failures, f"{len(failures)} of {len(QUERIES)} queries:\n\n" + "\n\n".join(failures)


def test_every_expected_result_is_in_the_corpus():
    titles = {_plain(one.title) for one in corpus.documents()}
    assert {title for entry in QUERIES for title in entry["first"]} <= titles


def test_no_query_is_asked_twice():
    asked = [entry["query"] for entry in QUERIES]
    assert len(set(asked)) == len(asked)


def _failure(entry):
    """What differs from what is expected of a query; empty when nothing does."""
    result = search(parse(_parameters(entry["query"])), Preset("/")).result
    first = [_plain(hit["title"]) for hit in result.hits][: max(len(entry["first"]), 1)]
    if first == entry["first"] and result.total == entry.get("total", result.total):
        return ""
    expected = f"{entry['first']} of {entry.get('total', 'any number')}"
    return f"{entry['query']}\n  expected {expected}\n  found    {first} of {result.total}\n  {entry['because']}"


def _plain(title):
    """A title with the spaces of a keyboard, where its author has put unbreakable ones."""
    return " ".join(title.split())


def _parameters(query):
    if "=" in query:
        return QueryDict(query)
    words = QueryDict(mutable=True)
    words["q"] = query
    return words
