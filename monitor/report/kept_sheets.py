"""The sheets of the last report written into a folder, kept there: the next takes over what did not change.

One file: a line that tells the program, then each sheet after its stamp and size, then a digest of all that.
A file that is damaged, or of another program, holds nothing.
"""

import os
import struct
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple

SHEETS = ".citation-monitor-sheets"
STAMP_SIZE = 16
_HEAD = struct.Struct(f">{STAMP_SIZE}sI")
_DIGEST_SIZE = 16
_AT_ONCE = 2**18


class Kept(NamedTuple):
    """A sheet to be kept, as bytes, with its stamp."""

    stamp: bytes
    data: bytes


class KeptSheets:
    """Reads the sheets of an earlier report; `digest` is None where there are none to be read.

    `made_by` names the program that makes them: what another version made is not read.
    """

    def __init__(self, folder: Path, made_by: str) -> None:
        self.folder, self.made_by = folder, made_by
        self.digest: str | None = None
        self._file: BinaryIO | None = None
        self._numbers: dict[bytes, int] = {}
        self._places = array("Q")
        self._taken = bytearray()
        with suppress(OSError):  # the first report
            self._file = (folder / SHEETS).open("rb")
        if self._file is not None:
            self._open(self._file, made_by.encode())

    def _open(self, file: BinaryIO, made_by: bytes) -> None:
        size = os.fstat(file.fileno()).st_size - _DIGEST_SIZE
        if size < 0 or file.readline(1000) != made_by + b"\n":
            return
        begin = file.tell()
        file.seek(0)
        whole, left = blake2b(digest_size=_DIGEST_SIZE), size
        while left and (part := file.read(min(left, _AT_ONCE))):
            whole.update(part)
            left -= len(part)
        if left or file.read() != whole.digest():
            return
        self._read_places(begin, size)
        self.digest = whole.hexdigest()

    def _read_places(self, at: int, end: int) -> None:
        number = self._file.fileno() if self._file else -1
        while at < end:
            stamp, length = _HEAD.unpack(os.pread(number, _HEAD.size, at))
            self._numbers[stamp] = len(self._places)
            self._places.append(at)
            at += _HEAD.size + length
        self._taken = bytearray(len(self._places))

    def find(self, stamp: bytes) -> bytes | None:
        """Return a sheet by its stamp."""
        number = self._numbers.get(stamp)
        return None if number is None else self._read(number)

    def take(self, stamp: bytes) -> None:
        """Note that a sheet found is a part of the report that is made now as well."""
        self._taken[self._numbers[stamp]] = True

    def left(self) -> Iterator[bytes]:
        """Yield every sheet that was not taken."""
        for number, taken in enumerate(self._taken):
            if not taken:
                yield self._read(number)

    def left_over(self) -> int:
        """Return how many were not taken."""
        return self._taken.count(0)

    def _read(self, number: int) -> bytes:
        if self._file is None:
            raise EOFError("no sheets are kept")
        descriptor, at = self._file.fileno(), self._places[number]
        # Most are there after one read.
        data = os.pread(descriptor, 2**12, at)
        _, length = _HEAD.unpack_from(data)
        data = data[_HEAD.size : _HEAD.size + length]
        if len(data) < length:
            data += os.pread(descriptor, length - len(data), at + _HEAD.size + len(data))
        return data

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def write_sheets(path: Path, made_by: str, sheets: Iterable[Kept]) -> str:
    """Write sheets as `KeptSheets` reads them; return their digest."""
    whole = blake2b(digest_size=_DIGEST_SIZE)
    with path.open("wb", buffering=_AT_ONCE) as file:

        def put(data: bytes) -> None:
            whole.update(data)
            file.write(data)

        put(made_by.encode() + b"\n")
        for stamp, data in sheets:
            put(_HEAD.pack(stamp, len(data)))
            put(data)
        file.write(whole.digest())
    return whole.hexdigest()
