"""Footnotes that only say when the link before their mark was seen: "[Tides](…)[^1]", "[^1]: Accessed 3 May 2019."."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.layouts.entry import NUMBERED, Entry
from monitor.extract.layouts.sources import is_dated
from monitor.extract.passage import Group, Kind, Passage
from monitor.extract.urls.addresses import Address
from monitor.model.document import Document
from monitor.patterns import lazy

# What may stand between a link and the mark of its note: tags, commands that begin notes, and signs.
_BETWEEN = lazy(
    r"(?:</?[a-z][^<>]{0,80}>|\\?[a-z]{0,4}(?:foot|end|side)note[a-z]{0,4}|fn:|\[[\w .-]{1,40}\]|[^\w<]|[<_])*",
    re.IGNORECASE,
)
_LONGEST_BETWEEN = 100
_SAYS_MORE = lazy(r"[^\W\d_]{2}")


def with_noted_dates(document: Document, found: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries, those of links whose note only dates them with that date."""
    notes = [
        (place, at)
        for place, entry in enumerate(found)
        if (entry.passage.kind is Kind.NOTE or entry.passage.kind is Kind.ITEM)
        and (at := _mark(entry)) is not None
    ]
    if not notes:
        return tuple(found)
    ends = sorted(
        (end, place, number)
        for place, entry in enumerate(found)
        for number, address in enumerate(entry.addresses)
        if address.certain
        # The target stands behind the label, or elsewhere.
        for end in (address.origin[1], entry.passage.origin(address.start, address.end)[1])
    )
    told = [[entry] for entry in found]
    for note, at in notes:
        before = bisect_right(ends, (at, len(found), 0)) - 1
        if before < 0:
            continue
        end, place, number = ends[before]
        between = document.text[end:at] if at - end <= _LONGEST_BETWEEN else "far"
        if not (_BETWEEN.fullmatch(between) or _speaks_of_all(found[place], at)):
            continue
        shared = tuple((found[note].passage, date) for date in found[note].of_kind(DateKind.ACCESSED))
        told[place] = _dated(told[place], found[place].addresses[number], shared)
        told[note] = [replace(one, dates=()) for one in told[note]]
    return tuple(entry for own in told for entry in own)


def _mark(entry: Entry) -> int | None:
    """Return where the mark of a note stands that says one access date and nothing else; None for others."""
    if entry.located or len(entry.of_kind(DateKind.ACCESSED)) != 1:
        return None
    said = entry.masked()
    label = NUMBERED.match(said)
    if _SAYS_MORE.search(said, label.end() if label else 0):
        return None
    if entry.passage.marked_at is not None or entry.passage.kind is not Kind.NOTE:
        return entry.passage.marked_at
    return entry.passage.origin(entry.start, entry.end)[0]


def _alone(entry: Entry) -> bool:
    """Tell whether a list item, or a reference, has one address and thus one source."""
    one = sum(address.certain and not address.twin for address in entry.addresses) == 1
    return one and (entry.in_references or entry.passage.kind is Kind.ITEM)


def _speaks_of_all(entry: Entry, at: int) -> bool:
    return _alone(entry) and at <= entry.passage.origin(entry.start, entry.end)[1]


def _dated(own: list[Entry], address: Address, shared: tuple[tuple[Passage, FoundDate], ...]) -> list[Entry]:
    """Give a date to the entry of an address; a link of running text becomes an entry of its own."""
    entry = own[0]
    if is_dated(entry):
        return own
    if entry.in_references or address.label is None or _alone(entry):
        return [replace(entry, shared=shared, noted=True), *own[1:]]
    rest = tuple(one for one in entry.addresses if one is not address)
    link = replace(
        entry, start=address.start, end=address.end, addresses=(address,), dates=(), quotes=(), heading=None,
        shared=shared, noted=True, group=Group(),
    )  # fmt: skip
    return [replace(entry, addresses=rest), *own[1:], link]
