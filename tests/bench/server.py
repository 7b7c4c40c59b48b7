"""The two engines and Wagtail's own search on the same documents.

``ELASTICSEARCH_URL=… DATABASE_URL=… python -m tests.bench.server [NUMBER OF DOCUMENTS...]``

Asks the search server of ELASTICSEARCH_URL, and the database of DATABASE_URL (SQLite when there is none). Both get
indexes and a database of the benchmark's own, removed at the end. Times are milliseconds by the clock, as much of the
work is done in other processes; machines differ, so it is the ratios between columns of one run that count.

Wagtail's own search is only measured up to 100,000 documents. Its page is less than ours: words are found as
PostgreSQL's French dictionary cuts them; each facet is counted within its own filter; what lies above in the trees is
found only because the benchmark files it with each document; the last word is completed in titles alone; typing
mistakes are not corrected; nothing is highlighted; and the states that follow from the clock are not counted.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from cryptography.fernet import Fernet

SIZES = (100_000, 1_000_000)
MOST_FOR_WAGTAIL = 100_000
EMBEDDED, SERVER, WAGTAIL = "embedded", "elasticsearch", "wagtail"
CLIENTS, SECONDS = ("1", "4", "16"), "8"


def main(sizes: list[int]) -> None:
    if not os.environ.get("ELASTICSEARCH_URL"):
        sys.exit("Set ELASTICSEARCH_URL to a search server that nobody minds being busy.")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, _database() as database:
            environment = _environment(folder, database)
            try:
                report(size, run(size, environment))
            finally:
                part(environment, "clean")


def run(size: int, environment: dict[str, str]) -> dict:
    """All that is measured of one number of documents."""
    names = [SERVER, EMBEDDED] + ([WAGTAIL] if size <= MOST_FOR_WAGTAIL else [])
    part(environment, "prepare")
    return {
        "fill": {name: part(environment, "fill", name, str(size)) for name in names},
        "measure": part(environment, "measure", *names),
        "load": {name: part(environment, "load", name, SECONDS, *CLIENTS) for name in names},
    }


def part(environment: dict[str, str], *arguments: str) -> dict:
    """Runs a part in a process of its own, and tells what it found."""
    print(f"… {' '.join(arguments)}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "tests.bench.parts", *arguments]
    written = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(written.splitlines()[-1])
    print(json.dumps(found), file=sys.stderr, flush=True)
    return found


# --- What the parts run on --------------------------------------------------------------------------------------------


def _environment(folder: str, database: dict[str, str]) -> dict[str, str]:
    """Production's settings, but over plain HTTP, in a folder and with an index of the benchmark's own."""
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SECRET_KEY": secrets.token_hex(32),
        "RESPONSE_KEYS": Fernet.generate_key().decode(),
        "SITE_URL": "https://innovation.example.org",
        "ALLOWED_HOSTS": "*",
        "SECURE_SSL_REDIRECT": "false",
        "VAR_DIR": folder,
        "ELASTICSEARCH_PREFIX": f"bench-{secrets.token_hex(4)}",
    }
    return dict(os.environ) | own | database


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """The variable that names a new database beside that of DATABASE_URL; none for SQLite, which lies in the folder."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield {}
        return
    name = f"bench_{secrets.token_hex(4)}"
    _execute(given, f"CREATE DATABASE {name}")
    try:
        yield {"DATABASE_URL": urlunsplit(urlsplit(given)._replace(path=f"/{name}"))}
    finally:
        _execute(given, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


# --- The report -------------------------------------------------------------------------------------------------------


def report(size: int, found: dict) -> None:
    names = list(found["fill"])
    print(f"\n{size:,} documents")
    for what, title in (("search", "search call"), ("page", "whole page")):
        print_times(title, [f"{name} {what}" for name in names], found["measure"]["times"])
    print_throughput(names, found["load"])
    print_index(names, found)
    print_differences(found["measure"]["totals"])
    if WAGTAIL not in names:
        print(f"  Wagtail's own search is not measured above {MOST_FOR_WAGTAIL:,} documents.")


def print_times(title: str, columns: list[str], times: dict) -> None:
    """Each kind of query, with the ratio of the embedded index, and of Wagtail, to the server."""
    heads = "".join(f"{column.split()[0]:>27}" for column in columns)
    print(f"  {title + ', ms p50 / p95 (own CPU)':<36}{heads}   ratios to the server")
    for kind, found in times.items():
        cells = "".join(_cell(found[column]) for column in columns)
        ratios = [found[column]["p50"] / found[columns[0]]["p50"] for column in columns[1:]]
        print(f"    {kind:<34}{cells}   {'  '.join(f'{ratio:.2f}' for ratio in ratios)}")


def _cell(spread: dict[str, float]) -> str:
    text = f"{spread['p50']:.1f} / {spread['p95']:.1f} ({spread['cpu']:.1f})"
    return f"{text:>27}"


def print_throughput(names: list[str], load: dict) -> None:
    print("  requests per second (ms p50 / p95) of granian with 2 workers of 4 threads")
    for clients in CLIENTS:
        cells = []
        for name in names:
            held = load[name]["clients"][clients]
            cells.append(f"{held['per_second']} ({held['p50']} / {held['p95']}){_failed(held)}")
        rates = [load[name]["clients"][clients]["per_second"] for name in names]
        ratios = "  ".join(f"{rate / rates[0]:.2f}" for rate in rates[1:])
        print(f"    {clients + ' at once':<34}{''.join(f'{cell:>26}' for cell in cells)}   {ratios}")
    if load[SERVER]["fallen back"]:
        print("    ! the server did not keep up: the index on this machine answered for it at times")


def _failed(held: dict) -> str:
    return f" {held['failures']} failed" if held["failures"] else ""


def print_index(names: list[str], found: dict) -> None:
    for name in names:
        filled, workers = found["fill"][name], found["load"][name]["workers"]
        each = " and ".join(f"{worker['own']} (resident {worker['resident']})" for worker in workers)
        cost = f"CPU for each: {filled['CPU ms']} ms, and {filled['server CPU ms']} ms of the server"
        texts = f"the texts alone: {filled['making/s']:,} documents/s"
        print(f"  {name}: {filled['documents/s']:,} documents/s ({cost}; {texts}), index {filled['MB']:,} MB,")
        print(f"    own memory of the site's two workers {each} MB")
    held = found["measure"]["server"]
    print(f"  the server itself, MB: {held}; its CPU for each search: {found['measure']['server CPU ms']} ms")
    if late := found["measure"]["too slow"]:
        print(f"  ! {late} times the server did not answer within its time limit, and the index on this machine did")


def print_differences(totals: dict[str, dict[str, int]]) -> None:
    """Numbers of results that are not the same in all columns."""
    for address, numbers in totals.items():
        if len(set(numbers.values())) > 1:
            print(f"  results of {address}: {numbers}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
