"""Assessments on disk, so that a report of any size is rendered in bounded memory.

Each is kept three times over: whole, in little (`gist.py`) and as a line of the JSON report. These make up a
`body`, which a later night takes over without reading it. Whoever needs little reads little. Bodies lie
together in sheets: some of one document that follow each other, named by a stamp of all they are made of.
"""

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple, Protocol

from monitor.errors import StoreError
from monitor.model.case import Standing, StandingGroup, body_mark
from monitor.model.run import Assessment
from monitor.model.values import replaced
from monitor.report import bodies, names
from monitor.report.ascii_json import dumps
from monitor.report.gist import Gist, gist
from monitor.report.json_records import citation_line
from monitor.report.kept_sheets import NO_EDITS, STAMP_SIZE, KeptSheets
from monitor.report.packing import FOREIGN, Packer
from monitor.report.sheet import SIZE as SHEET
from monitor.report.sheets import Later, Sheets
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


class KeptSheet(NamedTuple):
    """A sheet of the last report that holds: its number there, its stamp, and the citations it tells of."""

    number: int
    stamp: bytes
    citations: StandingGroup


class Spool:
    """Assessments on disk, written once and read as often as formats ask.

    `kept` are the sheets of the last report, for whoever makes those of this one.
    """

    def __init__(self, kept: KeptSheets | None = None) -> None:
        self.kept = kept
        self.packer = Packer(Assessment)
        self._gists = Packer(Gist)
        self._file = TemporaryFile()
        self._places, self._sizes, self._pages = array("q"), array("I"), array("I")
        self._stamps, self._settled = bytearray(), bytearray()
        """Of each sheet: where it begins and its size, what page of its document it is on, its stamp, and
        whether all its citations are what they were before. One taken over has no size, and its number for
        a place.
        """
        self._moved = False
        self._pending: list[bytes] = []
        """The bodies of the sheet that is filled now, before what each is and was; beside them the marks."""
        self._marks: list[str] = []
        self._document: str | None = None
        self._in_document = 0
        self._count = 0
        self._sheets: Sheets | None = None

    def add(self, assessment: Assessment) -> None:
        """Append one assessment; not while iterating."""
        body, document = self.bare_body(assessment), assessment.citation.document
        state, previous = present(assessment), assessment.previous
        self.add_body(body, body_mark(body), previous=previous, document=document, state=state)

    def bare_body(self, assessment: Assessment) -> bytes:
        """Return an assessment, `previous` left out, as `add_body` takes it in this process alone."""
        bare = _unsaid(assessment)
        packed = self.packer.pack(bare)
        return bodies.body(packed, self._gists.pack(gist(bare, packed)))

    def body(self, assessment: Assessment, made_from: str = "") -> bytes:
        """Return an assessment, `previous` left out, as `add_body` takes it, also in a later process.

        `made_from` names what its edit was made of, where it asks for one.
        """
        bare = _unsaid(assessment)
        packed = self.packer.pack(bare)
        head, tail = citation_line(bare)
        little = self._gists.pack(gist(bare, packed))
        return bodies.body(packed, little, head.encode(), tail.encode(), made_from.encode())

    def add_body(self, body: bytes, mark: str, *, previous: str | None, document: str, state: str) -> None:
        """Append what `body` made, under its mark, of a citation of a document that is in a state."""
        if document != self._document:
            self._end_sheet()
            self._document, self._in_document = document, 0
        elif len(self._marks) == SHEET or self._in_document % names.PAGE_SIZE == 0:
            self._end_sheet()
        self._pending += (body, state.encode(), (previous or "").encode())
        self._marks.append(mark)
        self._in_document += 1
        self._count += 1
        self._moved = self._moved or previous != state

    def add_kept(self, kept: Standing) -> bool:
        """Append what an earlier process's `body` made; return False, with nothing appended, if damaged."""
        if not bodies.lasting(kept.body):
            return False
        previous, document = kept.previous, kept.document
        self.add_body(kept.body, kept.mark, previous=previous, document=document, state=kept.state)
        return True

    def unpack(self, body: bytes) -> Assessment:
        """Return the assessment that `body` turned into bytes."""
        return self.packer.unpack(bodies.packed(body))

    def kept_sheet(
        self, group: StandingGroup, made_from: Callable[[str], str | None], today: dt.date
    ) -> KeptSheet | None:
        """Return the last report's sheet of these citations; None where there is none to take.

        `made_from` names what a document's edits are made of now.
        """
        if self.kept is None:
            return None
        stamp = _stamp(_page(group.place), group.marks)
        number = self.kept.find(stamp)
        if number is None:
            return None
        name = self.kept.name(number)
        if not name.holds(today):
            return None
        if name.made_from != NO_EDITS:
            now = made_from(group.document)
            if now is None or name.made_from != _edits({now}):
                return None
        return KeptSheet(number, stamp, group)

    def take(self, sheet: KeptSheet) -> None:
        """Append a sheet of the last report: all its citations stand, and are what they were before."""
        self._end_sheet()
        group = sheet.citations
        self._document, self._in_document = group.document, group.place + len(group.marks)
        self._count += len(group.marks)
        self._add_sheet(sheet.number, 0, _page(group.place), sheet.stamp, settled=True)

    def _end_sheet(self) -> None:
        if not self._pending:
            return
        block, page = bodies.block(self._pending), _page(self._in_document - 1)
        place, stamp = self._file.append(block), _stamp(page, self._marks)
        self._add_sheet(place, len(block), page, stamp, settled=not self._moved)
        self._pending.clear()
        self._marks.clear()
        self._moved = False

    def _add_sheet(self, place: int, size: int, page: int, stamp: bytes, *, settled: bool) -> None:
        self._places.append(place)
        self._sizes.append(size)
        self._pages.append(page)
        self._stamps += stamp
        self._settled.append(settled)

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
            for body, _, previous in self._parts(number):
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
        found = self._parts(sheet)
        little = self._gists.unpack_all([bodies.gist(body) for body, _, _ in found])
        return little, [previous.decode() or None for _, _, previous in found]

    def later(self, sheet: int) -> Later:
        """Return what a later night takes a sheet over as, if nothing happens to it."""
        cited = self._parts(sheet)
        return Later(
            _edits({bodies.made_from(body) for body, _, _ in cited} - {""}),
            _BETWEEN.join([self._line(body, state) for body, state, _ in cited]).encode(),
            bodies.block([part for body, state, _ in cited for part in (bodies.bare(body), state, state)]),
        )

    def _parts(self, sheet: int, place: int | None = None) -> Sequence[tuple[bytes, bytes, bytes]]:
        """Return each body of a sheet, or that at a place, with what its citation is and was before."""
        at, kept = self._places[sheet], self._taken_from(sheet)
        block = kept.bodies(at) if kept else self._file.read(at, self._sizes[sheet])
        parts = bodies.cut(block) if place is None else bodies.cut(block, 3 * place, 3 * place + 3)
        if kept and not all(map(bodies.lasting, parts[::3])):
            raise StoreError(FOREIGN)
        return list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))

    def _taken_from(self, sheet: int) -> KeptSheets | None:
        """Return the sheets of the last report, if a sheet was taken over from there."""
        return None if self._sizes[sheet] else self.kept

    def load(self, at: int) -> Assessment:
        """Return the assessment at the place an entry names."""
        sheet, place = divmod(at, SHEET)
        ((body, _, previous),) = self._parts(sheet, place)
        return self._unpacked(body, previous)

    def load_some(self, sheet: int, places: Iterable[int]) -> list[Assessment]:
        """Return some assessments of a sheet, which is read once for all of them."""
        parts = self._parts(sheet)
        return [self._unpacked(body, previous) for body, _, previous in map(parts.__getitem__, places)]

    def _unpacked(self, body: bytes, previous: bytes) -> Assessment:
        assessment = self.unpack(body)
        return replaced(assessment, previous=previous.decode()) if previous else assessment

    def entries(self) -> Iterator[SpooledEntry]:
        """Yield every citation in little, in the order added."""
        for number in range(self.sheet_count()):
            for place, (little, previous) in enumerate(zip(*self.gists(number), strict=True)):
                yield SpooledEntry(little, previous, number * SHEET + place, self)

    def lines(self) -> Iterator[str]:
        """Yield each sheet's citations as lines of the JSON report."""
        for number in range(self.sheet_count()):
            if kept := self._taken_from(number):
                yield kept.lines(self._places[number]).decode()
            else:
                yield _BETWEEN.join(self._line(body, previous) for body, _, previous in self._parts(number))

    def _line(self, body: bytes, previous: bytes) -> str:
        head, tail = bodies.json(body)
        if not head:
            return _line(*citation_line(self.unpack(body)), previous.decode() or None)
        return _line(head.decode(), tail.decode(), previous.decode() or None)


def _page(place: int) -> int:
    """Return what page of its document a citation is on, by its place there."""
    return place // names.PAGE_SIZE + 1


def _stamp(page: int, marks: Sequence[str]) -> bytes:
    """Return the name of a sheet by all it is made of, but for what its citations were before."""
    return blake2b(f"{page} {' '.join(marks)}".encode(), digest_size=STAMP_SIZE).digest()


def _edits(made_from: AbstractSet[str]) -> bytes:
    """Name what the edits of a sheet were made of; what none was, and what several were, has a name too."""
    if not made_from:
        return NO_EDITS
    whole = "\0".join(sorted(made_from))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=len(NO_EDITS)).digest()


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
        bare = _unsaid(one)
        yield SpooledEntry(gist(bare, packer.pack(bare)), one.previous, 0, _Alone(one))


def lines(assessments: Iterable[Assessment]) -> Iterator[str]:
    """Yield citations as lines of the JSON report, some at a time."""
    if isinstance(assessments, Spool):
        yield from assessments.lines()
    else:
        for one in assessments:
            yield _line(*citation_line(one), one.previous)


def _line(head: str, tail: str, previous: str | None) -> str:
    return head + _json(previous) + tail


_json = lru_cache(maxsize=1024)(dumps)


def _unsaid(assessment: Assessment) -> Assessment:
    """Return an assessment without `previous`, which changes while everything else stands."""
    return assessment if assessment.previous is None else replaced(assessment, previous=None)


_BETWEEN = ",\n"
"""Stands between two citations of the JSON report."""
