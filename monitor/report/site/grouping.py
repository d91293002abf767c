"""Grouping more items than fit in memory: items go to buckets on disk, buckets come back one by one."""

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Generic, Self, TypeVar

from monitor.report.packing import SIZE, Packer, all_packed

BUCKETS = 64
CELLS = 2**16


T = TypeVar("T")


class Grouping(Generic[T]):
    """Collects (key, item) pairs in a private folder and yields them grouped by key.

    The folder is ours and new, so what is read is what this process wrote.
    """

    def __init__(self, folder: Path, kind: type[T]) -> None:
        self._packer = Packer(kind)
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

    def put(self, key: str, item: T | None) -> None:
        """Add an item to the group `key`; None is counted and not kept, and comes back as no bytes."""
        name = key.encode("utf-8", "surrogatepass")
        file = self._files[zlib.crc32(name) % BUCKETS]
        for packed in (name, b"" if item is None else self._packer.pack(item)):
            file.write(SIZE.pack(len(packed)) + packed)

    def groups(self) -> Iterator[tuple[str, list[bytes]]]:
        """Yield every group once, its items as packed and in the order they were put.

        One bucket is in memory at a time. What stands already is told by the bytes; `items` unpacks the rest.
        """
        for file, path in zip(self._files, self._paths, strict=True):
            file.close()
            grouped: dict[bytes, list[bytes]] = {}
            with path.open("rb") as stored:
                parts = all_packed(stored)
                for name, item in zip(parts, parts, strict=True):
                    grouped.setdefault(name, []).append(item)
            for name, packed in grouped.items():
                yield name.decode("utf-8", "surrogatepass"), packed

    def items(self, packed: Iterable[bytes]) -> list[T]:
        """Return the items of a group."""
        return [self._packer.unpack(one) for one in packed]


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
