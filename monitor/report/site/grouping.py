"""Grouping more items than fit in memory: items go to buckets on disk, buckets come back one by one."""

import struct
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

BUCKETS = 64
CELLS = 2**16
_SIZES = struct.Struct(">II")


class Grouping:
    """Collects (key, item) pairs in a private folder and yields them grouped by key. Items are bytes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self._folder = folder
        self._files: dict[int, BinaryIO] = {}
        """The buckets that hold something: a quiet night has none."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, file in self._files.items():
            file.close()
            self._path(number).unlink(missing_ok=True)
        self._folder.rmdir()

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02d}"

    def put(self, key: bytes, item: bytes) -> None:
        """Add an item to the group `key`, a text in UTF-8 (lone surrogates passed)."""
        number = zlib.crc32(key) % BUCKETS
        if (file := self._files.get(number)) is None:
            file = self._files[number] = self._path(number).open("wb")
        file.write(b"%b%b%b" % (_SIZES.pack(len(key), len(item)), key, item))

    def groups(self) -> Iterator[tuple[str, list[bytes]]]:
        """Yield every group once, its items in the order they were put; one bucket is in memory at a time."""
        for number, file in sorted(self._files.items()):
            file.close()
            grouped: dict[bytes, list[bytes]] = {}
            stored, at = self._path(number).read_bytes(), 0
            while at < len(stored):
                of_name, of_item = _SIZES.unpack_from(stored, at)
                middle = at + _SIZES.size + of_name
                name, at = stored[at + _SIZES.size : middle], middle + of_item
                grouped.setdefault(name, []).append(stored[middle:at])
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
        self._counted: Counter[bytes] = Counter()

    def too_often(self, name: bytes) -> bool:
        """Count one more of a name; tell whether it came too often already."""
        cell = zlib.crc32(name) % CELLS
        if self._cells[cell] < self._limit:
            self._cells[cell] += 1
            return False
        self._counted[name] += 1
        return self._counted[name] > self._limit


class Once:
    """Tells which names came no more than once: of one in some that did it does not know, of others never.

    A byte for each of `cells` counts all names that share it.
    """

    def __init__(self, names: Iterable[str], cells: int) -> None:
        self._counted = counted = bytearray(cells or 1)
        for name in names:
            cell = hash(name) % len(counted)
            counted[cell] = 2 if counted[cell] else 1

    def __contains__(self, name: str) -> bool:
        return self._counted[hash(name) % len(self._counted)] < 2
