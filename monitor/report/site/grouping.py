"""Grouping more items than fit in memory: items go to buckets on disk, buckets come back one by one."""

import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from monitor.report.packing import SIZE, all_packed

BUCKETS = 64
CELLS = 2**16


class Grouping:
    """Collects (key, item) pairs in a private folder and yields them grouped by key. Items are bytes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self._paths = [folder / f"{number:02d}" for number in range(BUCKETS)]
        self._files: list[BinaryIO] = [path.open("wb") for path in self._paths]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            file.close()
        for path in self._paths:
            path.unlink(missing_ok=True)
        self._paths[0].parent.rmdir()

    def put(self, key: str, item: bytes) -> None:
        """Add an item to the group `key`."""
        name = key.encode("utf-8", "surrogatepass")
        size = SIZE.pack
        self._files[zlib.crc32(name) % BUCKETS].write(
            b"".join((size(len(name)), name, size(len(item)), item))
        )

    def groups(self) -> Iterator[tuple[str, list[bytes]]]:
        """Yield every group once, its items in the order they were put; one bucket is in memory at a time."""
        for file, path in zip(self._files, self._paths, strict=True):
            file.close()
            grouped: dict[bytes, list[bytes]] = {}
            with path.open("rb") as stored:
                parts = all_packed(stored)
                for name, item in zip(parts, parts, strict=True):
                    grouped.setdefault(name, []).append(item)
            for name, items in grouped.items():
                yield name.decode("utf-8", "surrogatepass"), items


class Often:
    """Tells which names came more than so often, exactly enough and in memory that does not grow with them.

    A cell counts all names that share it; only where one is full are names counted by themselves. So up to
    twice the limit may pass before a name is told to come too often, and one that is rare never is.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._cells = array("I", bytes(4 * CELLS))
        self._counted: Counter[str] = Counter()

    def too_often(self, name: str) -> bool:
        """Count one more of a name; tell whether it came too often already."""
        cell = zlib.crc32(name.encode("utf-8", "surrogatepass")) % CELLS
        if self._cells[cell] < self._limit:
            self._cells[cell] += 1
            return False
        self._counted[name] += 1
        return self._counted[name] > self._limit
