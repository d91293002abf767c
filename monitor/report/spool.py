"""A report's assessments on disk, so that a report of any size is rendered in bounded memory.

Each is kept three times over: whole, in little (`gist.py`) and as a line of the JSON report. These make up a
`body`, which a later night takes over without reading it. Whoever needs little reads little.
"""

import os
import struct
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from itertools import accumulate
from typing import BinaryIO, NamedTuple, Protocol, Self, cast

from monitor.model.run import Assessment
from monitor.model.values import replaced
from monitor.report.gist import Gist, gist
from monitor.report.json_records import citation_line
from monitor.report.packing import SIZE, ListPacker, Packer, all_packed


class Shelf(Protocol):
    """Where whole assessments are."""

    def load(self, at: int) -> Assessment:
        """Return the assessment at a place."""
        ...


class SpooledEntry(NamedTuple):
    """One citation of a report in little, what it was last night, and where the rest is."""

    gist: Gist
    previous: str | None
    at: int
    shelf: Shelf

    def load(self) -> Assessment:
        """Return the whole assessment."""
        return self.shelf.load(self.at)


class _File:
    """A temporary file that is appended to, and read at any place meanwhile."""

    def __init__(self) -> None:
        # A buffer of some hundred assessments saves as many calls.
        self._file = cast("BinaryIO", tempfile.TemporaryFile(buffering=2**18))  # noqa: SIM115
        self.size = 0
        self._flushed = 0

    def append(self, data: bytes) -> int:
        """Append bytes after their size; return where they begin."""
        at = self.size
        self._file.write(SIZE.pack(len(data)) + data)
        self.size += SIZE.size + len(data)
        return at

    def reader(self) -> BinaryIO:
        """Return a reader of its own: several may be under way at once."""
        self._settle()
        return cast("BinaryIO", BufferedReader(_Places(self._file), 2**18))

    def parts(self, at: int, count: int) -> list[bytes]:
        """Return so many parts from a place on; most are all there after one read."""
        self._settle()
        held, begin, found = b"", 0, list[bytes]()
        while len(found) < count:
            end = begin + SIZE.size
            if end <= len(held):
                end += SIZE.unpack_from(held, begin)[0]
            if end <= len(held):
                found.append(held[begin + SIZE.size : end])
                begin = end
                continue
            more = os.pread(self._file.fileno(), max(end - len(held), 2**13), at + len(held))
            if not more:
                raise EOFError("nothing was appended there")
            held += more
        return found

    def _settle(self) -> None:
        if self._flushed < self.size:
            self._file.flush()
            self._flushed = self.size

    def close(self) -> None:
        """Give the disk space back."""
        self._file.close()


class Spool:
    """Assessments on disk, written once and read as often as formats ask."""

    def __init__(self) -> None:
        self.packer = Packer(Assessment)
        self._gists = Packer(Gist)
        self._bodies, self._little = _File(), _File()
        self._entries = ListPacker(tuple[Gist, str | None, int])
        self._pending: list[bytes] = []
        """Entries that wait to be written as one array: read back they are made in one call."""
        self._count = 0

    def add(self, assessment: Assessment) -> None:
        """Append one assessment; not while iterating."""
        bare = _bare(assessment)
        packed = self.packer.pack(bare)
        little = self._gists.pack(gist(bare, packed))
        self._append(_body(packed, little), little, assessment.previous)

    def body(self, assessment: Assessment, made_from: str = "") -> bytes:
        """Return an assessment, `previous` left out, as `add_body` takes it, also in a later process.

        `made_from` names what its edit was made of, where it asks for one.
        """
        bare = _bare(assessment)
        packed = self.packer.pack(bare)
        head, tail = citation_line(bare)
        little = self._gists.pack(gist(bare, packed))
        return _body(packed, little, head.encode(), tail.encode(), made_from.encode())

    def add_body(self, body: bytes, previous: str | None) -> None:
        """Append what `body` made."""
        self._append(body, body[_Parts.of(body).gist], previous)

    def add_kept(self, body: bytes, previous: str | None) -> bool:
        """Append what an earlier process's `body` made; return False, with nothing appended, if damaged."""
        try:
            parts = _Parts.of(body)
        except (struct.error, ValueError):
            return False
        little = body[parts.gist]
        if not self._gists.lasting(little) or not self.packer.lasting(body, parts.packed.start):
            return False
        self._append(body, little, previous)
        return True

    def lasting(self, body: bytes) -> bool:
        """Tell whether a body may be kept: what is pickled only the process that wrote it may read."""
        try:
            parts = _Parts.of(body)
        except (struct.error, ValueError):  # kept, and damaged since
            return False
        starts = parts.packed.start, parts.gist.start
        return all(self.packer.lasting(body, start) for start in starts)

    def unpack(self, body: bytes) -> Assessment:
        """Return the assessment that `body` turned into bytes."""
        begin = _SIZES.size
        return self.packer.unpack(body[begin : begin + SIZE.unpack_from(body)[0]])

    def gist(self, body: bytes) -> Gist:
        """Return the assessment in little that `body` turned into bytes."""
        return self._gists.unpack(body[_Parts.of(body).gist])

    @staticmethod
    def made_from(body: bytes) -> str:
        """Return what `body` was told that the edit was made of."""
        return body[_Parts.of(body).made_from].decode()

    def _append(self, body: bytes, little: bytes, previous: str | None) -> None:
        at = self._bodies.append(body)
        self._bodies.append((previous or "").encode())
        entry = self._entries.entry(little, previous, at)
        if entry is None:
            self._write_entries()
            self._little.append(self._entries.pack_odd((self._gists.unpack(little), previous, at)))
        else:
            self._pending.append(entry)
        self._count += 1
        if len(self._pending) == _TOGETHER:
            self._write_entries()

    def _write_entries(self) -> None:
        if self._pending:
            self._little.append(self._entries.pack(self._pending))
            self._pending.clear()

    def close(self) -> None:
        """Give the disk space back; the report can no longer be rendered."""
        for file in (self._bodies, self._little):
            file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Assessment]:
        """Yield every assessment in the order added; may be called again, also before the last has ended."""
        with self._bodies.reader() as file:
            parts = all_packed(file)
            for body, previous in zip(parts, parts, strict=True):
                yield self._unpacked(body, previous)

    def load(self, at: int) -> Assessment:
        """Return the assessment at the place an entry names."""
        return self._unpacked(*self._bodies.parts(at, 2))

    def _unpacked(self, body: bytes, previous: bytes) -> Assessment:
        assessment = self.unpack(body)
        return replaced(assessment, previous=previous.decode()) if previous else assessment

    def entries(self) -> Iterator[SpooledEntry]:
        """Yield every citation in little, in the order added."""
        self._write_entries()
        with self._little.reader() as file:
            for packed in all_packed(file):
                for little, previous, at in self._entries.unpack(packed):
                    yield SpooledEntry(little, previous, at, self)

    def lines(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield each citation's line of the JSON report: before and after what it was, and what it was."""
        with self._bodies.reader() as file:
            found = all_packed(file)
            for body, state in zip(found, found, strict=True):
                packed, little, head, tail, _ = _SIZES.unpack_from(body)
                at = _SIZES.size + packed + little
                previous = state.decode() if state else None
                if head:
                    yield body[at : at + head].decode(), body[at + head : at + head + tail].decode(), previous
                else:
                    yield *citation_line(self.unpack(body)), previous


@dataclass(frozen=True, slots=True)
class _Alone:
    """One assessment as a shelf."""

    assessment: Assessment

    def load(self, at: int) -> Assessment:  # noqa: ARG002 - there is but one
        return self.assessment


def spooled(assessments: Iterable[Assessment]) -> Spool:
    """Return assessments as a spool."""
    if isinstance(assessments, Spool):
        return assessments
    spool = Spool()
    try:
        for one in assessments:
            spool.add(one)
    except BaseException:
        spool.close()
        raise
    return spool


def entries(assessments: Iterable[Assessment]) -> Iterator[SpooledEntry]:
    """Yield a report's citations in little, with where the rest is."""
    if isinstance(assessments, Spool):
        yield from assessments.entries()
        return
    packer = Packer(Assessment)
    for one in assessments:
        bare = _bare(one)
        yield SpooledEntry(gist(bare, packer.pack(bare)), one.previous, 0, _Alone(one))


def lines(assessments: Iterable[Assessment]) -> Iterator[tuple[str, str, str | None]]:
    """Yield each citation's line of the JSON report: before and after what it was, and what it was."""
    if isinstance(assessments, Spool):
        yield from assessments.lines()
    else:
        for one in assessments:
            yield *citation_line(one), one.previous


def _bare(assessment: Assessment) -> Assessment:
    """Return an assessment without `previous`, which changes while everything else stands."""
    return assessment if assessment.previous is None else replaced(assessment, previous=None)


_TOGETHER = 256
"""Entries read at a time: what is held of a report."""

_SIZES = struct.Struct(">5I")
"""What a body begins with: the sizes of its parts."""


def _body(
    packed: bytes, little: bytes, head: bytes = b"", tail: bytes = b"", made_from: bytes = b""
) -> bytes:
    sizes = _SIZES.pack(len(packed), len(little), len(head), len(tail), len(made_from))
    return b"".join((sizes, packed, little, head, tail, made_from))


class _Parts(NamedTuple):
    """Where the parts of a body are: the assessment, its gist, its JSON before and after what it was, and
    what its edit was made of.
    """

    packed: slice
    gist: slice
    head: slice
    tail: slice
    made_from: slice

    @classmethod
    def of(cls, body: bytes) -> Self:
        """Return where they are; struct.error or ValueError where they are not all there."""
        at, one, two, three, four, end = accumulate(_SIZES.unpack_from(body), initial=_SIZES.size)
        if end != len(body):
            raise ValueError("cut short")
        return cls(slice(at, one), slice(one, two), slice(two, three), slice(three, four), slice(four, end))


class _Places(RawIOBase):
    """Reads a file from its beginning, without moving the file's own place."""

    def __init__(self, file: BinaryIO) -> None:
        self._descriptor = file.fileno()
        self._at = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer with what comes next."""
        view = memoryview(cast("bytearray", buffer))
        data = os.pread(self._descriptor, len(view), self._at)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
