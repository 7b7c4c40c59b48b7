"""The parts of the benchmark of servers, each run in a process of its own by ``server``."""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from metropole.search import registry
from metropole.search.documents import Document
from metropole.search.engines import get_engine, get_stores
from metropole.search.fields import stamp
from metropole.search.hits import hits
from metropole.search.models import SearchIndex

from . import wagtail_search
from .corpus import Writer, loaders
from .load import memory_of, percentile, throughput
from .search import MIX, PATH, searched

SERVER_URL = settings.ELASTICSEARCH_URL
EMBEDDED, SERVER, WAGTAIL = "embedded", "elasticsearch", "wagtail"
WARM_UP, ROUNDS = 8, 25
# No call is repeated for longer; one that takes longer by itself is made once.
SECONDS_PER_CALL = 5.0


# --- Filling ----------------------------------------------------------------------------------------------------------


def prepare() -> dict:
    """Makes the database and the files that production serves."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    return {}


def fill(name: str, size: str) -> dict:
    """Fills an index with documents that are made one by one meanwhile."""
    documents = followed(name, int(size))
    begun, cpu, server_cpu = time.perf_counter(), time.process_time(), cpu_of_server()
    if name == WAGTAIL:
        wagtail_search.fill(documents)
    else:
        _fill_store(name, documents)
    took, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return {
        "documents/s": round(int(size) / took),
        "CPU ms": round(cpu * 1000 / int(size), 2),
        "server CPU ms": round((cpu_of_server() - server_cpu) / int(size), 2) if name == SERVER else 0,
        "MB": megabytes(name),
        "making/s": making_rate(),
    }


def _fill_store(name: str, documents: Iterable[Document]) -> None:
    [store] = [store for store in get_stores() if store.name == name]
    index = store.create()
    refused = store.fill(index, documents)
    if refused:
        raise RuntimeError(f"{len(refused)} documents were refused")
    store.publish(index)
    own = {"store": store.name, "place": store.place, "state": SearchIndex.State.CURRENT}
    SearchIndex.objects.update_or_create(**own, defaults={"name": index, "stamp": stamp()})
    store.sweep([])


def followed(name: str, size: int) -> Iterator[Document]:
    """The documents, while telling how many there are already."""
    begun = time.perf_counter()
    for number, document in enumerate(Writer().documents(size), start=1):
        yield document
        if number % max(size // 20, 5_000) == 0:
            rate = number / (time.perf_counter() - begun)
            print(f"  {name}: {number:,} of {size:,}, {rate:,.0f}/s", file=sys.stderr, flush=True)


def making_rate(number: int = 3_000) -> int:
    """Documents per second that the synthetic texts alone would allow."""
    begun = time.perf_counter()
    for _document in Writer().documents(number):
        pass
    return round(number / (time.perf_counter() - begun))


def megabytes(name: str) -> float:
    if name == WAGTAIL:
        return wagtail_search.megabytes()
    engine = get_engine()
    if name == EMBEDDED:
        return round(sum(file.stat().st_size for file in engine.embedded.folder.generation().iterdir()) / 1e6, 1)
    return _settled_megabytes(engine.server)


def _settled_megabytes(server: object) -> float:
    """The size of the server's index once its merges are over, which would disturb what is measured next."""
    client, index = server.client.options(request_timeout=120), server.current()
    client.indices.flush(index=index)
    for _attempt in range(120):
        found = client.indices.stats(index=index)["indices"][index]["primaries"]
        if not found["merges"]["current"]:
            break
        time.sleep(2)
    return round(found["store"]["size_in_bytes"] / 1e6, 1)


# --- Measuring --------------------------------------------------------------------------------------------------------


def measure(*names: str) -> dict:
    """Milliseconds of each kind of query in each engine, taken in turns."""
    client = Client()
    calls = {f"{name} {what}": _call(client, name, what) for name in names for what in ("search", "page")}
    for _turn in range(WARM_UP):
        for address in addresses():
            for name in names:
                if name != WAGTAIL:
                    calls[f"{name} search"](address)
    begun = cpu_of_server()
    kinds = {kind: [repeated(calls, address) for address in asked] for kind, asked in MIX.items()}
    # Both calls of a turn ask the server once; the first turn of each address is not among the times.
    turns = sum(len(run[f"{SERVER} search"]) + 1 for runs in kinds.values() for run in runs)
    return {
        "times": {kind: _spread(runs) for kind, runs in kinds.items()}
        | {"all": _spread([run for runs in kinds.values() for run in runs])},
        "totals": _totals,
        "server CPU ms": round((cpu_of_server() - begun) / (2 * turns), 1),
        "too slow": sum(_too_slow),
        "server": server_memory(),
    }


def addresses() -> list[str]:
    return [address for asked in MIX.values() for address in asked]


def use(name: str) -> None:
    """Has the site answer by one engine from now on."""
    settings.ELASTICSEARCH_URL = SERVER_URL if name == SERVER else ""


def _call(client: Client, name: str, what: str) -> Callable[[str], object]:
    path = wagtail_search.PATH if name == WAGTAIL else PATH

    def call(address: str) -> None:
        use(name)
        if name == SERVER:
            _forgive()
        if what == "page":
            response = client.get(f"{path}?{address}")
            if response.status_code != 200:
                raise RuntimeError(f"{address}: {response.status_code}")
        else:
            _search(name, address)

    return call


def _search(name: str, address: str) -> None:
    outcome = wagtail_search.searched(address) if name == WAGTAIL else searched(address)
    if name == WAGTAIL:
        hits(outcome)
    _totals.setdefault(address, {})[name] = outcome.result.total


_totals: dict[str, dict[str, int]] = {}
_too_slow: list[bool] = []


def _forgive() -> None:
    """Has the server asked again at once if it was too slow the last time, and the index on this machine answered."""
    breaker = get_engine().breaker
    if breaker.trouble:
        _too_slow.append(True)
        breaker.succeeded()


def repeated(calls: dict[str, Callable[[str], object]], address: str) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of each call by the clock and of this process, in turns, so that what disturbs one disturbs all."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for turn in range(ROUNDS + 1):
        for name, call in calls.items():
            if sum(wall for wall, _ in times[name]) < SECONDS_PER_CALL * 1000:
                taken = _timed(call, address)
                times[name] += [taken] if turn or taken[0] > SECONDS_PER_CALL * 1000 else []
    return times


def _timed(call: Callable[[str], object], address: str) -> tuple[float, float]:
    begun, cpu = time.perf_counter(), time.process_time()
    call(address)
    return (time.perf_counter() - begun) * 1000, (time.process_time() - cpu) * 1000


def _spread(runs: list[dict[str, list[tuple[float, float]]]]) -> dict[str, dict[str, float]]:
    """For each call the median and 95th percentile by the clock, and this process's CPU."""
    found = {}
    for name in runs[0]:
        times = [time for run in runs for time in run[name]]
        wall, cpu = [one for one, _ in times], [one for _, one in times]
        found[name] = {"p50": statistics.median(wall), "p95": percentile(wall, 95), "cpu": statistics.median(cpu)}
    return found


def cpu_of_server() -> int:
    use(SERVER)
    [node] = get_engine().server.client.nodes.stats(metric="process")["nodes"].values()
    return node["process"]["cpu"]["total_in_millis"]


def server_memory() -> dict[str, int]:
    """Memory of the search server in MB; all that its process takes only when it runs on this machine."""
    use(SERVER)
    client = get_engine().server.client
    [held] = client.nodes.stats(metric="jvm")["nodes"].values()
    [node] = client.nodes.info(metric="process")["nodes"].values()
    heap = held["jvm"]["mem"]
    found = {"heap": heap["heap_used_in_bytes"] // 2**20, "heap at most": heap["heap_max_in_bytes"] // 2**20}
    try:
        return found | memory_of(node["process"]["id"])
    except OSError:
        return found


def load(name: str, seconds: str, *clients: str) -> dict:
    path = wagtail_search.PATH if name == WAGTAIL else PATH
    asked = [f"{path}?{ascii_only(address)}" for address in addresses()]
    return throughput(SERVER_URL if name == SERVER else "", asked, [int(number) for number in clients], float(seconds))


def ascii_only(address: str) -> str:
    from django.utils.encoding import iri_to_uri

    return iri_to_uri(address).replace('"', "%22")


def clean() -> dict:
    """Leaves nothing on the server."""
    client = get_engine().server.client
    for index in client.indices.get_alias(index=f"{settings.ELASTICSEARCH_PREFIX}-*").body:
        client.indices.delete(index=index)
    return {}


PARTS = {part.__name__: part for part in (prepare, fill, measure, load, clean)}

if __name__ == "__main__":
    registry._loaders, registry._synonym_loaders = loaders(), []
    translation.activate("fr")
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
