"""Assessments on disk, so that a report of any size is rendered in bounded memory.

Each is kept three times over: whole, in little (`gist.py`) and as a line of the JSON report. These make up a
`body`, which a later night takes over without reading it. Whoever needs little reads little. Bodies lie
together in sheets: some of one document that follow each other, named by a stamp of all they are made of.
"""

import datetime as dt
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import NamedTuple, Protocol, Self

from monitor.model.case import Standing, body_mark
from monitor.model.run import Assessment
from monitor.model.values import replaced
from monitor.report import names
from monitor.report.ascii_json import dumps
from monitor.report.gist import Gist, gist
from monitor.report.json_records import citation_line
from monitor.report.kept_sheets import STAMP_SIZE, KeptSheets
from monitor.report.packing import SIZE, Packer
from monitor.report.sheet import SIZE as SHEET
from monitor.report.sheets import Sheets
from monitor.report.temporary_file import TemporaryFile
from monitor.report.transitions import present


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


class Spool:
    """Assessments on disk, written once and read as often as formats ask.

    `kept` are the sheets of the last report, for whoever makes those of this one.
    """

    def __init__(self, kept: KeptSheets | None = None) -> None:
        self.kept = kept
        self.packer = Packer(Assessment)
        self._gists = Packer(Gist)
        self._file = TemporaryFile()
        self._places, self._pages = array("Q"), array("I")
        self._stamps, self._settled = bytearray(), bytearray()
        """Of each sheet: where it begins, what page of its document it is on, its stamp, and whether
        all its citations are what they were before.
        """
        self._moved = False
        self._pending: list[bytes] = []
        """The bodies of the sheet that is filled now, each before what it was; beside them their marks."""
        self._marks: list[str] = []
        self._document: str | None = None
        self._in_document = 0
        self._count = 0
        self._sheets: Sheets | None = None

    def add(self, assessment: Assessment) -> None:
        """Append one assessment; not while iterating."""
        bare = _bare(assessment)
        packed = self.packer.pack(bare)
        little = self._gists.pack(gist(bare, packed))
        body = _body(packed, little)
        self._append(
            body, body_mark(body), assessment.previous, assessment.citation.document, present(assessment)
        )

    def body(self, assessment: Assessment, made_from: str = "") -> bytes:
        """Return an assessment, `previous` left out, as `add_body` takes it, also in a later process.

        `made_from` names what its edit was made of, where it asks for one.
        """
        bare = _bare(assessment)
        packed = self.packer.pack(bare)
        head, tail = citation_line(bare)
        little = self._gists.pack(gist(bare, packed))
        return _body(packed, little, head.encode(), tail.encode(), made_from.encode())

    def add_body(self, body: bytes, mark: str, *, previous: str | None, document: str, state: str) -> None:
        """Append what `body` made, under its mark, of a citation of a document that is in a state."""
        self._append(body, mark, previous, document, state)

    def add_kept(self, kept: Standing) -> bool:
        """Append what an earlier process's `body` made; return False, with nothing appended, if damaged."""
        if not self.lasting(kept.body):
            return False
        self._append(kept.body, kept.mark, kept.previous, kept.document, kept.state)
        return True

    @staticmethod
    def lasting(body: bytes) -> bool:
        """Tell whether a body may be kept: what is pickled only the process that wrote it may read."""
        begin = _SIZES.size
        if len(body) < begin:  # kept, and damaged since
            return False
        packed, *others = _SIZES.unpack_from(body)
        whole = len(body) == begin + packed + sum(others)
        return whole and Packer.lasting(body, begin) and Packer.lasting(body, begin + packed)

    def unpack(self, body: bytes) -> Assessment:
        """Return the assessment that `body` turned into bytes."""
        begin = _SIZES.size
        return self.packer.unpack(body[begin : begin + SIZE.unpack_from(body)[0]])

    @staticmethod
    def made_from(body: bytes) -> str:
        """Return what `body` was told that the edit was made of."""
        return body[_Parts.of(body).made_from].decode()

    def _append(self, body: bytes, mark: str, previous: str | None, document: str, state: str) -> None:
        if document != self._document:
            self._end_sheet()
            self._document, self._in_document = document, 0
        elif len(self._pending) == 2 * SHEET or self._in_document % names.PAGE_SIZE == 0:
            self._end_sheet()
        self._pending += (body, (previous or "").encode())
        self._marks.append(mark)
        self._in_document += 1
        self._count += 1
        self._moved = self._moved or previous != state

    def _end_sheet(self) -> None:
        if not self._pending:
            return
        sizes = [len(part) for part in self._pending]
        head = struct.pack(f">I{len(sizes)}I", len(sizes), *sizes)
        page = (self._in_document - 1) // names.PAGE_SIZE + 1
        marks = f"{page} {' '.join(self._marks)}".encode()
        self._stamps += blake2b(marks, digest_size=STAMP_SIZE).digest()
        self._settled.append(not self._moved)
        self._pages.append(page)
        self._places.append(self._file.append(b"".join((head, *self._pending))))
        self._pending.clear()
        self._marks.clear()
        self._moved = False

    def close(self) -> None:
        """Give the disk space back; the report can no longer be rendered."""
        self._file.close()
        for one in (self._sheets, self.kept):
            if one is not None:
                one.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Assessment]:
        """Yield every assessment in the order added; may be called again, also before the last has ended."""
        for number in range(self.sheet_count()):
            for body, previous in self._bodies(number):
                yield self._unpacked(body, previous)

    def sheets(self, today: dt.date) -> Sheets:
        """Return the sheets as of a day: made once, for whoever asks."""
        made = self._sheets
        if made is None or made.today != today:
            self._sheets = made = Sheets(self, self.kept, today)
        return made

    def sheet_count(self) -> int:
        """Return how many sheets there are; what is added from here on begins another."""
        self._end_sheet()
        return len(self._places)

    def stamp(self, sheet: int) -> bytes:
        """Return what names a sheet: all it is made of, but for what its citations were before."""
        return bytes(self._stamps[sheet * STAMP_SIZE : (sheet + 1) * STAMP_SIZE])

    def settled(self, sheet: int) -> bool:
        """Tell whether all its citations are what they were before."""
        return bool(self._settled[sheet])

    def page(self, sheet: int) -> int:
        """Return what page of its document a sheet is on."""
        return self._pages[sheet]

    def gists(self, sheet: int) -> tuple[list[Gist], list[str | None]]:
        """Return a sheet's citations in little, and what each was before."""
        found = self._bodies(sheet)
        little = self._gists.unpack_all([body[_Parts.of(body).gist] for body, _ in found])
        return little, [previous.decode() or None for _, previous in found]

    def _bodies(self, sheet: int) -> Sequence[tuple[bytes, bytes]]:
        begin = self._places[sheet]
        end = self._places[sheet + 1] if sheet + 1 < len(self._places) else self._file.size
        block = self._file.read(begin, end - begin)
        parts = list(_cut(block))
        return list(zip(parts[::2], parts[1::2], strict=True))

    def load(self, at: int) -> Assessment:
        """Return the assessment at the place an entry names."""
        sheet, place = divmod(at, SHEET)
        return self.load_some(sheet, (place,))[0]

    def load_some(self, sheet: int, places: Iterable[int]) -> list[Assessment]:
        """Return some assessments of a sheet, which is read once for all of them."""
        bodies = self._bodies(sheet)
        return [self._unpacked(*bodies[place]) for place in places]

    def _unpacked(self, body: bytes, previous: bytes) -> Assessment:
        assessment = self.unpack(body)
        return replaced(assessment, previous=previous.decode()) if previous else assessment

    def entries(self) -> Iterator[SpooledEntry]:
        """Yield every citation in little, in the order added."""
        for number in range(self.sheet_count()):
            for place, (little, previous) in enumerate(zip(*self.gists(number), strict=True)):
                yield SpooledEntry(little, previous, number * SHEET + place, self)

    def lines(self) -> Iterator[list[str]]:
        """Yield each sheet's citations as lines of the JSON report."""
        for number in range(self.sheet_count()):
            yield [self._line(body, previous) for body, previous in self._bodies(number)]

    def _line(self, body: bytes, previous: bytes) -> str:
        packed, little, head, tail, _ = _SIZES.unpack_from(body)
        if not head:
            return _line(*citation_line(self.unpack(body)), previous.decode() or None)
        at = _SIZES.size + packed + little
        middle, end = at + head, at + head + tail
        return (body[at:middle] + _json(previous.decode() or None).encode() + body[middle:end]).decode()


def _cut(block: bytes) -> Iterator[bytes]:
    """Yield the parts of a sheet."""
    (count,) = SIZE.unpack_from(block)
    at = SIZE.size * (count + 1)
    for size in struct.unpack_from(f">{count}I", block, SIZE.size):
        yield block[at : at + size]
        at += size


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


def lines(assessments: Iterable[Assessment]) -> Iterator[list[str]]:
    """Yield citations as lines of the JSON report, some at a time."""
    if isinstance(assessments, Spool):
        yield from assessments.lines()
    else:
        for one in assessments:
            yield [_line(*citation_line(one), one.previous)]


def _line(head: str, tail: str, previous: str | None) -> str:
    return head + _json(previous) + tail


_json = lru_cache(maxsize=1024)(dumps)


def _bare(assessment: Assessment) -> Assessment:
    """Return an assessment without `previous`, which changes while everything else stands."""
    return assessment if assessment.previous is None else replaced(assessment, previous=None)


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
