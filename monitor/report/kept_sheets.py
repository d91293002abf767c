"""The sheets of the last report written into a folder, kept there: the next takes over what did not change.

One file: a line that tells the program, then for each sheet what it tells (`data`), its lines of the JSON
report (`lines`) and what it is made of (`bodies`), then what names and places them all. A file that is
damaged, or of another program, holds nothing.
"""

import datetime as dt
import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

SHEETS = ".citation-monitor-sheets"
STAMP_SIZE = 16
_NAME = struct.Struct(f">{STAMP_SIZE}s16sII")
"""What an entry begins with."""
_ENTRY = struct.Struct(f">{STAMP_SIZE}s16sIIIIIIQ")
_PLACE = struct.Struct(">Q")
"""Where it begins: the last of an entry."""
_END = struct.Struct(">QQ16s")
"""Where the entries begin, how many there are, and their digest."""
_AT_ONCE = 2**18

NO_EDITS = bytes(16)
"""Stands for what edits were made of, where a sheet asks for none."""


class Named(NamedTuple):
    """What a sheet is known by: its stamp, what its edits were made of, and the days it holds on."""

    stamp: bytes
    made_from: bytes
    first_day: int
    """The ordinal of a date, as of the day it holds no more."""
    until: int

    def holds(self, day: dt.date) -> bool:
        """Tell whether what it tells is still so on a day."""
        return self.first_day <= day.toordinal() < self.until


class Kept(NamedTuple):
    """A sheet to be kept."""

    name: Named
    data: bytes
    lines: bytes = b""
    bodies: bytes = b""
    """These are empty for one that no report will find, only be told of."""

    def packed(self) -> tuple[bytes, bytes]:
        """Return its entry, but for its place, and all of it."""
        whole = b"".join(self[1:])
        return _ENTRY.pack(*self.name, *map(len, self[1:]), crc32(whole), 0), whole


class KeptSheets:
    """Reads the sheets of an earlier report; `digest` is None where there are none to be read.

    `made_by` names the program that makes them: what another version made is not read.
    """

    def __init__(self, folder: Path, made_by: str) -> None:
        self.folder, self.made_by = folder, made_by
        self.digest: str | None = None
        self._file: BinaryIO | None = None
        self._entries = b""
        self._numbers: dict[bytes, int] = {}
        self._taken = bytearray()
        with suppress(OSError):  # the first report
            self._file = (folder / SHEETS).open("rb")
        if self._file is not None:
            self._open(self._file, made_by.encode() + b"\n")

    def _open(self, file: BinaryIO, made_by: bytes) -> None:
        end = os.fstat(file.fileno()).st_size - _END.size
        if end < 0 or file.readline(len(made_by)) != made_by:
            return
        begin, number, digest = _END.unpack(os.pread(file.fileno(), _END.size, end))
        if begin + number * _ENTRY.size != end:
            return
        entries = os.pread(file.fileno(), end - begin, begin)
        if blake2b(entries, digest_size=16).digest() != digest:
            return
        at = len(made_by)
        for *_, data, lines, bodies, check, place in _ENTRY.iter_unpack(entries):
            size = data + lines + bodies
            if place != at or crc32(file.read(size)) != check:
                return
            at += size
        if at == begin:
            self._entries, self.digest = entries, digest.hex()
            self._numbers = {one[:STAMP_SIZE]: place for place, one in enumerate(_cut(entries))}
            self._taken = bytearray(number)

    def find(self, stamp: bytes) -> int | None:
        """Return the number of a sheet."""
        return self._numbers.get(stamp)

    def name(self, number: int) -> Named:
        """Return what a sheet is known by."""
        return Named._make(_NAME.unpack_from(self._entries, number * _ENTRY.size))

    def take(self, number: int) -> None:
        """Note that a sheet found is a part of the report that is made now as well."""
        self._taken[number] = True

    def left(self) -> Iterator[bytes]:
        """Yield what every sheet told that was not taken."""
        for number, taken in enumerate(self._taken):
            if not taken:
                yield self.data(number)

    def left_over(self) -> int:
        """Return how many were not taken."""
        return self._taken.count(0)

    def data(self, number: int) -> bytes:
        """Return what a sheet tells."""
        size, _, _, at = self._sizes(number)
        return self._read(at, size)

    def lines(self, number: int) -> bytes:
        """Return a sheet's lines of the JSON report."""
        data, lines, _, at = self._sizes(number)
        return self._read(at + data, lines)

    def bodies(self, number: int) -> bytes:
        """Return what a sheet is made of."""
        data, lines, bodies, at = self._sizes(number)
        return self._read(at + data + lines, bodies)

    def packed(self, number: int) -> tuple[bytes, bytes]:
        """Return a sheet as `Kept.packed` does."""
        *sizes, at = self._sizes(number)
        begin = number * _ENTRY.size
        return self._entries[begin : begin + _ENTRY.size], self._read(at, sum(sizes))

    def _sizes(self, number: int) -> tuple[int, int, int, int]:
        """Return the sizes of what a sheet tells, its lines and its bodies, and where they begin."""
        *_, data, lines, bodies, _, at = _ENTRY.unpack_from(self._entries, number * _ENTRY.size)
        return data, lines, bodies, at

    def _read(self, at: int, size: int) -> bytes:
        if self._file is None:
            raise EOFError("no sheets are kept")
        return os.pread(self._file.fileno(), size, at)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _cut(entries: bytes) -> Iterator[bytes]:
    return (entries[at : at + _ENTRY.size] for at in range(0, len(entries), _ENTRY.size))


def write_sheets(path: Path, made_by: str, sheets: Iterable[tuple[bytes, bytes]]) -> str:
    """Write sheets that are `packed` as `KeptSheets` reads them; return their digest."""
    with path.open("wb", buffering=_AT_ONCE) as file:
        file.write(made_by.encode() + b"\n")
        at, entries = file.tell(), bytearray()
        for entry, whole in sheets:
            entries += entry[: -_PLACE.size]
            entries += _PLACE.pack(at)
            file.write(whole)
            at += len(whole)
        digest = blake2b(entries, digest_size=16)
        file.write(entries)
        file.write(_END.pack(at, len(entries) // _ENTRY.size, digest.digest()))
    return digest.hexdigest()
