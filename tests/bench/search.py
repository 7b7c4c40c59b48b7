"""How fast the search is, and how much memory it takes: ``python -m tests.bench.search [NUMBER OF DOCUMENTS...]``.

Every time is CPU time of one process, in milliseconds, and is compared in the same run with tantivy alone doing the
same work (``reference``), because machines differ. Budgets: the search call 1.5 times tantivy, the whole request 3
times, 200 MB of memory with 100,000 documents.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metropole.settings.test")
django.setup()

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from metropole.search import registry
from metropole.search.engines import get_engine
from metropole.search.hits import hits
from metropole.search.presets import Preset
from metropole.search.query import parse
from metropole.search.services import Outcome, search

from .corpus import Writer, loaders
from .reference import Reference

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 25
BUDGETS = {"search": 1.5, "page": 3.0}
PATH = "/fr/recherche/"
MIX = {
    "no text, 2 filters": ["theme=defi-3&type=project", "territory=ept-4&status=running", "ai=yes&status=open"],
    "one word": ["q=stationnement", "q=energie", "q=biodiversité", "q=capteurs"],
    "two words, 2 filters": ["q=vélo+quartier&theme=defi-2&territory=ept-8", "q=données+commune&type=call&ai=no"],
    "phrase": ['q="qualité+air"', 'q="énergie+rénovation"'],
    "prefix": ["q=photovolt", "q=expériment"],
    "typing mistake": ["q=chatbto", "q=biodivresité"],
}


def build(folder: Path, size: int) -> None:
    """Fills both indexes; prints what that took."""
    engine = get_engine()
    documents = list(Writer().documents(size))
    begun = time.perf_counter()
    name = engine.create()
    engine.fill(name, documents)
    engine.publish(name)
    took = time.perf_counter() - begun
    Reference(folder / "reference").fill(documents)
    weight = sum(file.stat().st_size for file in engine.folder.generation().iterdir()) / 1e6
    print(json.dumps({"documents/s": round(size / took), "MB": round(weight, 1)}))


def measure(folder: Path) -> None:
    """Prints the times of each kind of query, and this process's memory without and with the index."""
    bare = memory()
    reference = Reference(folder / "reference").open()
    times = {kind: [times_of(address, reference) for address in addresses] for kind, addresses in MIX.items()}
    print(json.dumps({"times": times, "bare": bare, "memory": memory()}))


def times_of(address: str, reference: Reference) -> dict[str, list[float]]:
    outcome = searched(address)
    client = Client()
    text = outcome.wording.shown
    return repeated(
        {
            "tantivy": lambda: reference.search(outcome.request, text),
            "search": lambda: searched(address),
            "page": lambda: page(client, address),
        }
    )


def searched(address: str) -> Outcome:
    outcome = search(parse(QueryDict(address)), Preset(PATH))
    hits(outcome)
    return outcome


def page(client: Client, address: str) -> None:
    response = client.get(f"{PATH}?{address}")
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def repeated(calls: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    """The times of each call, taken in turns so that what disturbs the machine disturbs them all."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(ROUNDS + 3):
        for name, call in calls.items():
            begun = time.process_time()
            call()
            if turn >= 3:
                times[name].append((time.process_time() - begun) * 1000)
    return times


def memory() -> dict[str, int]:
    """Memory of this process in MB: all of it, and without the files that the system shares and can drop."""
    lines = Path("/proc/self/status").read_text().splitlines()
    values = {
        line.split(":")[0]: int(line.split()[1]) // 1024 for line in lines if line.startswith("Rss") or "VmRSS" in line
    }
    return {"resident": values["VmRSS"], "own": values["RssAnon"]}


def report(size: int, built: dict, measured: dict) -> None:
    print(f"\n{size:,} documents: {built['documents/s']:,} documents/s, index {built['MB']} MB")
    heads = f"{'tantivy alone':>16}{'search call':>16}{'ratio':>7}{'whole request':>17}{'ratio':>7}"
    print(f"  {'CPU ms, p50 / p95':<22}{heads}")
    whole: dict[str, list[float]] = {"tantivy": [], "search": [], "page": []}
    for kind, runs in measured["times"].items():
        times = {name: [value for run in runs for value in run[name]] for name in whole}
        for name, values in times.items():
            whole[name] += values
        print_row(kind, times)
    print_row("all", whole)
    kept, bare = measured["memory"], measured["bare"]
    print(f"  memory: {kept['own']} MB own, {kept['resident']} MB resident; {bare['own']} MB own before the index")


def print_row(kind: str, times: dict[str, list[float]]) -> None:
    spread = {name: quantiles(values) for name, values in times.items()}
    cells = {name: f"{p50:.2f} / {p95:.2f}" for name, (p50, p95) in spread.items()}
    ratios = {name: spread[name][0] / spread["tantivy"][0] for name in ("search", "page")}
    marks = {name: "" if ratios[name] <= budget else " !" for name, budget in BUDGETS.items()}
    print(
        f"  {kind:<22}{cells['tantivy']:>16}{cells['search']:>16}{ratios['search']:>5.2f}{marks['search']:<2}"
        f"{cells['page']:>17}{ratios['page']:>5.2f}{marks['page']:<2}"
    )


def quantiles(values: list[float]) -> tuple[float, float]:
    return statistics.median(values), statistics.quantiles(values, n=20)[-1]


def in_process(verb: str, folder: Path, *arguments: str) -> dict:
    """Runs a part of the benchmark in a process of its own, so that memory is that of what it measures."""
    command = [sys.executable, "-m", "tests.bench.search", verb, str(folder), *arguments]
    written = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(written.splitlines()[-1])


def run_part(verb: str, folder: Path, *arguments: str) -> None:
    settings.SEARCH_INDEX_DIR = folder / "index"
    registry._loaders, registry._synonym_loaders = loaders(), []
    translation.activate("fr")
    if verb == "build":
        build(folder, int(arguments[0]))
    else:
        connection.creation.create_test_db(verbosity=0)
        measure(folder)


def main(sizes: list[int]) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            report(size, in_process("build", Path(folder), str(size)), in_process("measure", Path(folder)))


if __name__ == "__main__":
    if sys.argv[1:2] in (["build"], ["measure"]):
        run_part(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
