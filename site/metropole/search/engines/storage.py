"""Where the embedded index lies: one folder per generation, a link to the current one, and two locks.

The locks belong to the kernel (flock): a process that dies, however it dies, leaves none behind.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp

_STAMP, _MACHINE = "stamp.json", "machine"


class IndexFolder:
    """The folder of ``SEARCH_INDEX_DIR``."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self.current = self.root / "current"
        self._metadata = str(self.current / "meta.json")

    def signature(self) -> tuple[int, int, int] | None:
        """Changes with every commit and every swap; None when there is no index."""
        try:
            status = os.stat(self._metadata)
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def generation(self) -> Path | None:
        """The folder that the link names."""
        try:
            return self.root / os.readlink(self.current)
        except OSError:
            return None

    def new_generation(self) -> Path:
        self.root.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix="generation-", dir=self.root))

    def publish(self, generation: Path) -> None:
        """Makes a generation the current one, at once for every reader, and removes the others."""
        link = self.root / f"{generation.name}.link"
        link.symlink_to(generation.name)
        os.replace(link, self.current)

    def sweep(self, keep: Iterable[str]) -> None:
        """Removes all generations but the current one and those to keep.

        Readers of a removed generation have it mapped in memory, and go on until their next search.
        """
        kept = {self.generation(), *(self.root / name for name in keep)}
        for folder in self.root.glob("generation-*"):
            if folder.is_symlink():
                folder.unlink()
            elif folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def machine(self) -> str:
        """A name that this folder gave itself, as no other has."""
        path = self.root / _MACHINE
        try:
            return path.read_text()
        except FileNotFoundError:
            pass
        self.root.mkdir(parents=True, exist_ok=True)
        with self.lock("machine", wait=True):
            if not path.exists():
                written = self.root / f"{_MACHINE}.new"
                written.write_text(token_hex(6))
                os.replace(written, path)
            return path.read_text()

    @contextmanager
    def lock(self, name: str, wait: bool) -> Iterator[bool]:
        """Takes a lock for the machine. Gives False, without it, when another holds it and ``wait`` is false."""
        self.root.mkdir(parents=True, exist_ok=True)
        with open(self.root / f"{name}.lock", "w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True


def write_stamp(generation: Path, stamp: str) -> None:
    (generation / _STAMP).write_text(json.dumps({"version": stamp}))


def read_stamp(generation: Path) -> str:
    """The version that made a generation; empty when it cannot be read."""
    try:
        return json.loads((generation / _STAMP).read_text())["version"]
    except (OSError, ValueError, KeyError):
        return ""
