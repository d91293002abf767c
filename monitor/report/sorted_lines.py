"""Lines in a file, in the order of their bytes: some are found and changed without reading the others.

A line is an array of a name and a key in JSON. After the last one the file bears some without a name: what
the names of each folder sum up to, then a digest of all that is before it.
"""

import os
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

_BETWEEN = b'","'
"""Is between name and key, and nowhere else: what quotation mark a name holds has a backslash before it."""
_BLOCK = 2**11
"""Bytes that are read for one line, or a little more; lines that are added at a time, at most."""
_AT_ONCE = 2**18
_ONE = 2**64
"""Counts a name in a sum, above all that digests of names sum up to."""
_DIGEST_SIZE = 16
_LAST = re.compile(rb'\["","([0-9a-f]{32}) ([0-9]{1,18})"\]\n\Z')
_LAST_SIZE = 80


class SortedLines:
    """Reads such a file, by blocks of some lines; ValueError where it is none, or damaged."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._file = file
        self._firsts: list[bytes] = []
        """What the first line of each block begins with, its name and what parts it from the key."""
        self._starts: list[int] = []
        self.sums: dict[bytes, int] = {}
        """What the names in a folder sum up to, as `summed` does."""
        body = self._open(file) if file is not None else 0
        if not self._starts:
            self._begin(0, b"")
        self._starts.append(body)

    def _begin(self, at: int, first: bytes) -> None:
        self._starts.append(at)
        self._firsts.append(first)

    def _open(self, file: BinaryIO) -> int:
        size = os.fstat(file.fileno()).st_size
        last = _LAST.search(os.pread(file.fileno(), _LAST_SIZE, max(size - _LAST_SIZE, 0)))
        if last is None:
            raise ValueError("no list of files")
        body, whole, at = int(last[2]), blake2b(digest_size=_DIGEST_SIZE), 0
        while at < body and (data := file.read(min(body - at, _AT_ONCE))):
            if not data.endswith(b"\n"):
                data += file.readline()
            whole.update(data)
            start = 0
            while start < len(data):
                self._begin(at + start, data[start : data.index(_BETWEEN, start) + len(_BETWEEN)])
                start = data.find(b"\n", start + _BLOCK) + 1 or len(data)
            at += len(data)
        sums = file.read(max(size - len(last[0]) - at, 0))
        whole.update(sums)
        if at != body or whole.hexdigest().encode() != last[1]:
            raise ValueError("a damaged list of files")
        for line in sums.splitlines():
            total, _, folder = line[len(b'["","') : -len(b'"]')].partition(b" ")
            self.sums[folder] = int(total)
        return body

    def __len__(self) -> int:
        """Return the number of blocks; there is one at least."""
        return len(self._firsts)

    def block(self, number: int) -> bytes:
        """Return the lines of a block."""
        start, end = self._starts[number : number + 2]
        return os.pread(self._file.fileno(), end - start, start) if self._file else b""

    def bounds(self, number: int) -> tuple[bytes, bytes | None]:
        """Return what no line of a block is before, and what all are before; None for the last block."""
        return self._firsts[number], self._firsts[number + 1] if number + 1 < len(self) else None

    def __contains__(self, line: bytes) -> bool:
        return line in self.block(max(bisect_right(self._firsts, line) - 1, 0))

    def find(self, beginning: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the lines that begin so, each with the number of its block; `beginning` is of an array's."""
        number = max(bisect_right(self._firsts, beginning) - 1, 0)
        while number < len(self):
            block = self.block(number)
            at = block.find(beginning)  # an array begins nowhere but where a line does
            while at >= 0:
                end = block.index(b"\n", at) + 1
                yield number, block[at:end]
                at = block.find(beginning, end)
            number += 1
            if number < len(self) and not self._firsts[number].startswith(beginning):
                return

    def __iter__(self) -> Iterator[bytes]:
        for number in range(len(self)):
            yield from self.block(number).splitlines(keepends=True)


def write(
    path: Path | BinaryIO,
    before: SortedLines,
    gone: Callable[[int], Collection[bytes]],
    added: Iterable[bytes],
    instead: Callable[[bytes], bytes] | None = None,
) -> None:
    """Write lines as they were before, without those `gone` of a block by its number, with those `added`.

    `added` is in order. `instead` tells what line of the same name stands for one that is gone, if any does.
    """
    if isinstance(path, Path):
        with path.open("wb", buffering=_AT_ONCE) as file:
            write(file, before, gone, added, instead)
        return
    sums, whole, size = Counter(before.sums), blake2b(digest_size=_DIGEST_SIZE), 0
    ahead = _Ahead(added)
    for number in range(len(before)):
        for data in _changed(before, number, set(gone(number)), ahead, instead, sums):
            size += len(data)
            whole.update(data)
            path.write(data)
    told = b"".join(b'["","%d %b"]\n' % (sums[folder], folder) for folder in sorted(sums) if sums[folder])
    whole.update(told)
    path.write(told)
    path.write(b'["","%b %d"]\n' % (whole.hexdigest().encode(), size))


def _changed(
    before: SortedLines,
    number: int,
    gone: set[bytes],
    ahead: "_Ahead",
    instead: Callable[[bytes], bytes] | None,
    sums: Counter[bytes],
) -> Iterator[bytes]:
    """Yield a block as it is now, in parts where many lines are added; change the sums by its names."""
    block, (_, end) = before.block(number), before.bounds(number)
    new = ahead.below(end)
    if not gone and not new:
        yield block
        return
    lines = block.splitlines(keepends=True)
    while True:
        more = len(new) == _BLOCK
        cut = bisect_right(lines, start_of(new[-1]) + b"\xff") if more else len(lines)
        old = set(lines[:cut])
        now = (old - gone).union(new, map(instead, old & gone) if instead else ())
        come, go = set(map(start_of, now - old)), set(map(start_of, old - now))
        for start in come - go:
            folder, name = _place(start)
            sums[folder] += _ONE + crc32(name)
        for start in go - come:
            folder, name = _place(start)
            sums[folder] -= _ONE + crc32(name)
        yield b"".join(sorted(now))
        if not more:
            return
        del lines[:cut]
        new = ahead.below(end)


class _Ahead:
    """Lines in order, taken as far as a bound, and some at a time."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._next = next(self._lines, None)

    def below(self, end: bytes | None) -> list[bytes]:
        found: list[bytes] = []
        line = self._next
        while line is not None and (end is None or line < end) and len(found) < _BLOCK:
            found.append(line)
            line = next(self._lines, None)
        self._next = line
        return found


def start_of(line: bytes) -> bytes:
    """Return what a line begins with, as far as its key."""
    name, between, _ = line.partition(_BETWEEN)
    return name + between


def _place(start: bytes) -> tuple[bytes, bytes]:
    """Return the folder and the name in it of what a line begins with, as they are in JSON."""
    folder, _, name = start[len(b'["') : -len(_BETWEEN)].rpartition(b"/")
    return folder, name


def summed(names: Collection[bytes]) -> int:
    """Return what names sum up to: of fewer of these it is less."""
    return sum(map(crc32, names)) + _ONE * len(names)
