"""A report's sheets: those of the last report where they still hold, the others made."""

import datetime as dt
import struct
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol, Self

from monitor.report import sheet
from monitor.report.gist import Gist
from monitor.report.kept_sheets import Kept, KeptSheets, Named, write_sheets
from monitor.report.packing import Packer
from monitor.report.sheet import Counted, Shown
from monitor.report.temporary_file import TemporaryFile
from monitor.report.transitions import SHOWN

_HEAD = struct.Struct(">II")
"""The sizes of what is counted and shown of a sheet."""


class Later(NamedTuple):
    """What is kept of a sheet once its citations are what they were before."""

    made_from: bytes
    """Names what its edits were made of."""
    lines: bytes
    """Of the JSON report."""
    bodies: bytes


class Bodies(Protocol):
    """What a report's sheets are made of, by their numbers."""

    def sheet_count(self) -> int:
        """Return how many sheets there are."""
        ...

    def stamp(self, sheet: int, /) -> bytes:
        """Return what names a sheet: all it is made of, but for what its citations were before."""
        ...

    def page(self, sheet: int, /) -> int:
        """Return what page of its document a sheet is on."""
        ...

    def settled(self, sheet: int, /) -> bool:
        """Tell whether all its citations are what they were before."""
        ...

    def later(self, sheet: int, /) -> Later:
        """Return what a later night takes a sheet over as, if nothing happens to it."""
        ...

    def gists(self, sheet: int, /) -> tuple[list[Gist], list[str | None]]:
        """Return a sheet's citations in little, and what each was before."""
        ...


class Numbered(NamedTuple):
    """A sheet that was counted, with its number in the report."""

    number: int
    counted: Counted


class Sheets:
    """A report's sheets as of a day, in its order; they are found or made as they are first asked for."""

    def __init__(self, bodies: Bodies, kept: KeptSheets | None, today: dt.date) -> None:
        self.today = today
        self._bodies, self._kept = bodies, kept
        self._counted, self._shown = Packer(Counted), Packer(Shown)
        self._made = TemporaryFile()
        self._places, self._sizes = array("q"), array("I")
        """Where each that was made is and how long; below 0 for one of the last report, -1 for its first."""
        self._until = array("I")
        self._fresh = 0
        self.lasting = kept is not None
        """Whether these can be kept for the next report."""

    def close(self) -> None:
        """Give the disk space back."""
        self._made.close()

    def __len__(self) -> int:
        return self._bodies.sheet_count()

    def counted(self) -> Iterator[Numbered]:
        """Yield each sheet as a summary needs it."""
        for number in range(len(self)):
            parts = _Parts.of(self._data(number))
            yield Numbered(number, self._counted.unpack(parts.counted, own=self._is_made(number)))

    def shown(self, number: int) -> Shown:
        """Return what pages need of a sheet."""
        return self._shown.unpack(_Parts.of(self._data(number)).shown, own=self._is_made(number))

    def _is_made(self, number: int) -> bool:
        return self._places[number] >= 0

    def fresh(self) -> Iterator[int]:
        """Yield the numbers of the sheets that were made now; all of them must have been asked for."""
        return (number for number, place in enumerate(self._places) if place >= 0)

    def fresh_ones(self) -> int:
        """Return how many were made now."""
        return self._fresh

    def gone(self) -> Iterator[Shown]:
        """Yield what pages needed of each sheet of the last report that is not in this one."""
        for data in self._kept.left() if self._kept else ():
            yield self._shown.unpack(_Parts.of(data).shown, own=False)

    @property
    def kept(self) -> KeptSheets | None:
        """Return the sheets of the last report, if they can be read."""
        return self._kept if self._kept is not None and self._kept.digest is not None else None

    def write(self, path: Path) -> str:
        """Write them for the next report, by when all is as it was before; return their digest."""
        made_by = self._kept.made_by if self._kept else ""
        return write_sheets(path, made_by, map(self._packed, range(len(self))))

    def _packed(self, number: int) -> tuple[bytes, bytes]:
        if self._kept is None or self._is_made(number):
            return self._kept_now(number).packed()
        return self._kept.packed(-1 - self._places[number])

    def _kept_now(self, number: int) -> Kept:
        """Return a sheet as the next report finds it, if nothing happens to it; else as it will be gone."""
        data, stamp = self._data(number), self._bodies.stamp(number)
        days = self.today.toordinal(), self._until[number]
        if not self._bodies.settled(number):
            _, shown, counted = _Parts.of(data)
            if not counted:
                return Kept(Named(bytes(one ^ 0xFF for one in stamp), b"", *days), data)
            data = _HEAD.pack(len(counted), len(shown)) + counted + shown
        later = self._bodies.later(number)
        return Kept(Named(stamp, later.made_from, *days), data, later.lines, later.bodies)

    def _data(self, number: int) -> bytes:
        if number == len(self._places):
            return self._found(number) or self._make(number)
        if self._kept is None or self._is_made(number):
            return self._made.read(self._places[number], self._sizes[number])
        return self._kept.data(-1 - self._places[number])

    def _found(self, number: int) -> bytes | None:
        if self._kept is None or not self._bodies.settled(number):
            return None
        at = self._kept.find(self._bodies.stamp(number))
        if at is None or not self._kept.name(at).holds(self.today):
            return None
        self._kept.take(at)
        self._append(-1 - at, 0, 0)
        return self._kept.data(at)

    def _make(self, number: int) -> bytes:
        gists, before = self._bodies.gists(number)
        changes = [one.change(previous) for one, previous in zip(gists, before, strict=True)]
        compared = any(previous is not None for previous in before)
        counted = self._counted.pack(sheet.counted(gists, changes, compared=compared))
        shown = self._shown.pack(sheet.shown(gists, changes, self._bodies.page(number), self.today))
        later = b""
        if not self._bodies.settled(number) and SHOWN.isdisjoint(changes):
            later = self._counted.pack(sheet.counted(gists, [None] * len(gists), compared=True))
        data = _HEAD.pack(len(counted), len(shown)) + counted + shown + later
        self.lasting = self.lasting and self._counted.lasting(counted) and self._shown.lasting(shown)
        until = sheet.holds_until(gists, self.today)
        self._append(self._made.append(data), len(data), until.toordinal())
        self._fresh += 1
        return data

    def _append(self, place: int, size: int, until: int) -> None:
        self._places.append(place)
        self._sizes.append(size)
        self._until.append(until)


class _Parts(NamedTuple):
    """What is counted and shown of a sheet, and what is counted once it is settled, if that differs."""

    counted: bytes
    shown: bytes
    later: bytes

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Return the parts of a sheet."""
        counted, shown = _HEAD.unpack_from(data)
        middle = _HEAD.size + counted
        end = middle + shown
        return cls(data[_HEAD.size : middle], data[middle:end], data[end:])
