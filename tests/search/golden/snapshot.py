"""Makes the snapshot of the demonstration's content: ``python -m tests.search.golden.snapshot``.

The demonstration is made for this in a folder of its own, and forgotten.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from tempfile import TemporaryDirectory

import django
import time_machine
from django.core.management import call_command
from django.utils import translation

from metropole.search.building import public_documents
from metropole.search.documents import Document
from metropole.search.facets import FACETS
from metropole.search.registry import synonym_groups, vocabulary

from .corpus import NOW, SNAPSHOT, told


def take() -> None:
    """Writes the snapshot, one document or term a line, so that two of them can be compared."""
    with time_machine.travel(NOW), translation.override("fr"):
        call_command("demo", no_serve=True)
        parts = {"documents": map(told, _documents()), "terms": _terms(), "synonyms": synonym_groups()}
        written = ",\n".join(_part(name, values) for name, values in parts.items())
    SNAPSHOT.write_text(f"{{\n{written}\n}}\n", encoding="utf-8")


def _documents() -> list[Document]:
    """The public documents, each named by what does not change from one database to the next."""
    named = (replace(one, id=f"{one.type}:{one.url.rstrip('/').rpartition('/')[2]}") for one in public_documents())
    return sorted(named, key=lambda one: one.id)


def _terms() -> Iterator[dict[str, object]]:
    for facet in FACETS:
        yield from ({"facet": facet.name} | told(term) for term in vocabulary(facet.name, "fr").terms.values())


def _part(name: str, values: Iterable[object]) -> str:
    lines = ",\n".join(json.dumps(value, ensure_ascii=False) for value in values)
    return f'"{name}": [\n{lines}\n]'


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.environ["VAR_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metropole.settings.dev")
        django.setup()
        take()
