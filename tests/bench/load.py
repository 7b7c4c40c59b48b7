"""Readers who all ask at once: the site in its real server on loopback, for a few seconds for each number of them."""

import itertools
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Lock, Thread

SERVED = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "tests.bench.wsgi:application"]
MOST_REQUESTS = 3_000
FALLEN_BACK = "The index on this machine answers searches"


def percentile(values: list[float], part: int) -> float:
    """The value that so many in a hundred do not exceed; of a few values, their greatest."""
    return sorted(values)[min(len(values) - 1, len(values) * part // 100)]


class Readers:
    """Some readers, each with a connection of its own, who ask the same addresses until the time is over."""

    def __init__(self, port: int, addresses: list[str], number: int, seconds: float) -> None:
        self._port, self._seconds = port, seconds
        self._addresses = itertools.cycle(random.Random(7).sample(addresses, len(addresses)))
        self._left = MOST_REQUESTS
        self._lock = Lock()
        self._threads = [Thread(target=self._read) for _ in range(number)]
        self.times: list[float] = []
        self.failures = 0

    def run(self) -> dict[str, float]:
        begun = time.perf_counter()
        self._until = begun + self._seconds
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            thread.join()
        took = time.perf_counter() - begun
        return {
            "per_second": round(len(self.times) / took, 1),
            "p50": round(statistics.median(self.times), 1),
            "p95": round(percentile(self.times, 95), 1),
            "failures": self.failures,
        }

    def _read(self) -> None:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=900)
        while address := self._next():
            begun = time.perf_counter()
            connection.request("GET", address)
            answer = connection.getresponse()
            answer.read()
            self.times.append((time.perf_counter() - begun) * 1000)
            self.failures += answer.status != 200
        connection.close()

    def _next(self) -> str:
        with self._lock:
            self._left -= 1
            return next(self._addresses) if self._left >= 0 and time.perf_counter() < self._until else ""


@contextmanager
def served(server_url: str) -> Iterator[tuple[int, subprocess.Popen, Path]]:
    """The site in granian: its port, its process and its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"ELASTICSEARCH_URL": server_url}
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--port", str(port), *SERVED],
            env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_for(port, Path(log.name))
            yield port, process, Path(log.name)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(port: int, log: Path) -> None:
    for _attempt in range(120):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"granian did not start: {log.read_text()[-500:]}")


def throughput(server_url: str, addresses: list[str], clients: list[int], seconds: float) -> dict:
    """Requests per second and milliseconds for each number of readers; the memory of the workers afterwards."""
    with served(server_url) as (port, process, log):
        Readers(port, addresses, 8, seconds).run()
        found = {str(number): Readers(port, addresses, number, seconds).run() for number in clients}
        fallen_back = FALLEN_BACK in log.read_text()
        return {"clients": found, "workers": _workers(process.pid), "fallen back": fallen_back}


def _workers(parent: int) -> list[dict[str, int]]:
    """Memory of each worker in MB; the smaller children are Python's own helpers."""
    pids = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    found = [memory_of(int(pid)) for pid in pids]
    return sorted(found, key=lambda one: -one["own"])[:2]


def memory_of(pid: int) -> dict[str, int]:
    """Memory of a process in MB: all of it, and without the files that the system shares and can drop."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    values = {line.split(":")[0]: int(line.split()[1]) // 1024 for line in lines if line.startswith(("Rss", "VmRSS"))}
    return {"resident": values["VmRSS"], "own": values["RssAnon"]}
