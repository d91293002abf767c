"""Cuts passages into reference entries and gathers what each entry holds."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.layouts.boundaries import cuts
from monitor.extract.layouts.entry import NUMBERED, Entry, Place
from monitor.extract.layouts.marks import MAX_PASSAGE, Marked
from monitor.extract.passage import Group, Kind, Passage
from monitor.extract.references.quote_marks import is_quotation
from monitor.extract.urls.addresses import Address
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import closing_pattern, is_heading
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_SIGNATURE = lazy(
    lambda: (
        rf"[\s(\[]*(?:[–—―~-]{{1,3}}\s?(?=\S)|(?:{any_of(Words.SIGNED_FROM)}|{any_of(Words.SOURCE)})\b\s?[:：]?)"
    ),
    re.IGNORECASE,
)
_ADMONITION = lazy(
    lambda: rf"\s*(?:\[![A-Za-z]+\]|\W*{any_of(Words.ADMONITIONS)}\b\W{{0,3}}(?:[:!]|\n))",
    re.IGNORECASE,
)
_SIGNED = lazy(r"(?:\n\s{0,4}|(?<=[”\"»])\s{1,3}(?=[–—―]))(?:[–—―]|--?-?(?=[ \[“\"*_<\w]))[ \t]*")
_WORDS_OF_REFERENCE = 5
_SEVERAL = 2

_DASHES = ("-", "–", "—", "―", "~")
_MOST_IDLE = 3
_LONGEST_LINE = 80
_YEAR = lazy(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


class _OpenList(Struct, frozen=True, gc=False):
    """The reference list under way: the level of its heading, None where a mere line opened it.

    Nothing closes one of a mere line ("References:") but any heading, and paragraphs in a row that are no
    references, neither with an address nor with a year.
    """

    level: int | None = None

    def closed_by(self, heading: Passage) -> bool:
        """Tell whether a heading ends the list."""
        return self.level is None or heading.level <= self.level


def entries(passages: Iterable[Marked]) -> tuple[Entry, ...]:
    """Return the entries of a document's passages, each knowing whether a reference list holds it."""
    gatherer = _Gatherer()
    for one in passages:
        gatherer.take(one)
    return gatherer.entries()


class _Gatherer:
    """Walks a document's passages; knows the list under way, the last entry, and what waits for the next."""

    def __init__(self) -> None:
        self.made: list[Entry] = []
        self.quotes: list[list[Place]] = []
        self.list: _OpenList | None = None
        self.last: int | None = None
        self.heading: Passage | None = None
        self.waiting: list[Place] = []
        self.section = self.idle = 0
        self.before: Passage | None = None
        """The passage taken before the present one."""

    def entries(self) -> tuple[Entry, ...]:
        """Return what was gathered."""
        return tuple(
            replace(entry, quotes=tuple(quotes)) if quotes else entry
            for entry, quotes in zip(self.made, self.quotes, strict=True)
        )

    def take(self, one: Marked) -> None:
        """Take the next passage of the document."""
        self._take(one)
        self.before = one.passage

    def _take(self, one: Marked) -> None:
        kind, text = one.kind, one.text
        by_line = self.list is not None and self.list.level is None
        if by_line and (self.idle > _MOST_IDLE or closing_pattern().fullmatch(text.strip())):
            self.list, self.section = None, self.section + 1
        if kind is Kind.QUOTE and _ADMONITION.match(text):
            return
        if kind is Kind.QUOTE and not self._cites(one):
            place = (one.passage, 0, len(text))
            (self.waiting if self.last is None else self.quotes[self.last]).append(place)
        elif kind is Kind.HEADING:
            self._headed(one)
        elif len(text) < _LONGEST_LINE and is_heading(text.strip()):
            self._begin(one, _OpenList())
        elif len(text) <= MAX_PASSAGE:
            self._split(one)

    def _headed(self, one: Marked) -> None:
        if is_heading(one.text.strip()):
            self._begin(one, _OpenList(one.passage.level))
            return
        self.last, self.waiting, self.section = None, [], self.section + 1
        if self.list is not None and self.list.closed_by(one.passage):
            self.list = None
        self.heading = one.passage

    def _begin(self, one: Marked, opened: _OpenList) -> None:
        """Begin a reference list; its heading may say of it all: "Sources (accessed 3 May 2019)"."""
        self.last, self.waiting, self.heading, self.list = None, [], None, opened
        self.section, self.idle = self.section + 1, 0
        if any(date.kind is DateKind.ACCESSED for date in one.dates):
            heading = Entry(
                passage=replace(one.passage, kind=Kind.HEADING), start=0, end=len(one.text),
                in_references=False, group=Group(), dates=one.dates, section=self.section,
            )  # fmt: skip
            self._add(heading)

    def _add(self, entry: Entry, quotes: Sequence[Place] = ()) -> None:
        self.made.append(entry)
        self.quotes.append(list(quotes))

    def _cites(self, one: Marked) -> bool:
        """Tell whether a block quote is, or names, a source itself and is no excerpt of the one before."""
        if not any(address.certain for address in one.addresses):
            return False
        if self.last is None or self.made[self.last].passage.kind is Kind.QUOTE or _SIGNED.search(one.text):
            return True
        return any(date.kind is DateKind.ACCESSED for date in one.dates)

    def _split(self, one: Marked) -> None:
        listed = one.passage.listed or self.list is not None
        # A short passage that is no heading is none as a line either.
        told = one.text.strip() if len(one.text) < _LONGEST_LINE else None
        for entry in _split(one, in_references=listed, section=self.section):
            if _opens_list(entry, told):
                self.list, self.idle = _OpenList(), 0
            elif self.list is not None and not entry.in_references:
                # The heading is the first line of the same paragraph.
                entry = replace(entry, in_references=True)  # noqa: PLW2901
            cites = bool(entry.dates) or entry.located
            waits = cites or self.list is None or self.list.level is not None or _YEAR.search(entry.text)
            self.idle = 0 if waits else self.idle + 1
            if not cites and one.kind is Kind.QUOTE:
                self.waiting.append((one.passage, entry.start, entry.end))
            elif not cites and self.last is not None and is_quotation(entry.text):
                self.quotes[self.last].append((one.passage, entry.start, entry.end))
            else:
                self._gather(entry, cites=cites)

    def _gather(self, entry: Entry, *, cites: bool) -> None:
        heading = None
        if cites and entry.passage.kind is not Kind.ITEM:
            heading, self.heading = self.heading, None
        quotes = self._signed_by(entry)
        entry, own = _signed(entry)
        self._add(replace(entry, heading=heading) if heading is not None else entry, [*quotes, *own])
        self.waiting, self.last = [], len(self.made) - 1 if cites else None

    def _signed_by(self, entry: Entry) -> list[Place]:
        """Return the quotes an entry signs: those that wait, or what a block quote holds before it."""
        quoted = entry.passage.kind is Kind.QUOTE or (
            self.before is not None and self.before.kind is Kind.QUOTE
        )
        if not self.waiting and not quoted:
            return []
        signature = _SIGNATURE.match(entry.text)
        if signature is None:
            return []
        return self.waiting or self._taken(entry.passage, signed=signature[0].strip()[:1] in _DASHES)

    def _taken(self, passage: Passage, *, signed: bool) -> list[Place]:
        """Return what stood earlier in the same block quote; it is not the excerpt of the entry before.

        A line below a block quote that begins with a dash signs it, too.
        """
        quote = self.before if signed and self.before is not None else passage
        if self.last is None or quote.kind is not Kind.QUOTE:
            return []
        quotes = self.quotes[self.last]
        own = [place for place in quotes if place[0].group is quote.group]
        self.quotes[self.last] = [place for place in quotes if place[0].group is not quote.group]
        return own


def _signed(entry: Entry) -> tuple[Entry, list[Place]]:
    """Part a block quote that ends with "-- its source" into the two."""
    if entry.passage.kind is not Kind.QUOTE:
        return entry, []
    signed = _SIGNED.search(entry.text)
    place = entry.start + signed.start() if signed else 0
    if signed and place > entry.start and all(one.start > place for one in entry.addresses):
        quote = (entry.passage, entry.start, place)
        return replace(entry, start=entry.start + signed.end()), [quote]
    return entry, []


def _opens_list(entry: Entry, told: str | None) -> bool:
    """Tell whether an entry's first line is the heading of a list: short, and without an address.

    `told` is a text that is known to be none.
    """
    line = entry.text.lstrip().partition("\n")[0]
    return (
        len(line) < _LONGEST_LINE
        and "://" not in line
        and (line := line.rstrip()) != told
        and is_heading(line)
    )


def _split(one: Marked, *, in_references: bool, section: int) -> tuple[Entry, ...]:
    passage, found = one.passage, one.addresses
    dates = _outside(passage.text, one.dates, found)
    if passage.kind is Kind.RECORD:
        bounds = [(0, len(passage.text))]
    elif passage.kind is Kind.ROW:
        bounds = [_telling_cell(passage, found, dates)]
    else:
        places = _cuts(passage.text, found, dates)
        bounds = list(pairwise([0, *places, len(passage.text)])) if places else [(0, len(passage.text))]
    group = passage.group or Group()
    if len(bounds) == 1 and bounds[0] == (0, len(passage.text)):
        whole = Entry(
            passage=passage, start=0, end=len(passage.text), in_references=in_references, group=group,
            section=section, addresses=found, dates=dates,
            fields=one.fields if passage.kind is Kind.RECORD else (),
        )  # fmt: skip
        return (whole,) if passage.text.strip() else ()
    address_starts = [one.start for one in found]
    date_starts = [one.start for one in dates]
    made = [
        Entry(
            passage=passage, start=start, end=end, in_references=in_references, group=group, section=section,
            addresses=found[bisect_left(address_starts, start) : bisect_left(address_starts, end)],
            dates=dates[bisect_left(date_starts, start) : bisect_left(date_starts, end)],
            fields=one.fields if passage.kind is Kind.RECORD else (),
        )
        for start, end in bounds
        if passage.text[start:end].strip()
    ]  # fmt: skip
    return _settled(made)


def _cuts(text: str, found: Sequence[Address], dates: Sequence[FoundDate]) -> Sequence[int]:
    """Return where new references begin in a passage with these addresses and dates."""
    if len(found) < _SEVERAL and len(dates) < _SEVERAL and "\n" not in text:
        return ()
    events = sorted(
        [(one.start, one.end, "url") for one in found if one.certain and not one.twin]
        + [(one.outer_start, one.outer_end, "date") for one in dates if one.kind is DateKind.ACCESSED]
    )
    return cuts(text, events)


def _settled(made: Sequence[Entry]) -> tuple[Entry, ...]:
    """Leave an address that is named first and cited with a date in the next entry to that entry."""
    if len(made) < 2:
        return tuple(made)
    settled = list(made)
    for place in range(len(made) - 1):
        before, entry = settled[place], settled[place + 1]
        dated = entry.addresses and entry.addresses[0].twin and entry.of_kind(DateKind.ACCESSED)
        named = [one.url for one in before.addresses if not one.twin]
        if dated and not before.of_kind(DateKind.ACCESSED) and named == [entry.addresses[0].url]:
            twins = tuple(replace(one, twin=True) for one in before.addresses)
            settled[place] = replace(before, addresses=twins)
            own = (replace(entry.addresses[0], twin=False), *entry.addresses[1:])
            settled[place + 1] = replace(entry, addresses=own)
        elif _cites_again(before, entry):
            own = (replace(entry.addresses[0], twin=False), *entry.addresses[1:])
            settled[place + 1] = replace(entry, addresses=own)
    return tuple(settled)


def _cites_again(before: Entry, entry: Entry) -> bool:
    """Tell whether a numbered entry cites what an earlier one of its list cites: "2. Moons. <the same>"."""
    twins = bool(entry.addresses) and all(one.twin for one in entry.addresses if one.certain)
    numbered = NUMBERED.match(before.text) is not None and NUMBERED.match(entry.text) is not None
    return twins and numbered and entry.addresses[0].certain


def _outside(text: str, dates: tuple[FoundDate, ...], found: Iterable[Address]) -> tuple[FoundDate, ...]:
    """Return the dates that are no part of an address; in a link's text a blank parts them."""
    held = [(one.start, one.end) for one in found if one.certain and not one.label] if dates else []
    if not held:
        return dates
    starts = [start for start, _ in held]
    kept = []
    for date in dates:
        place = bisect_right(starts, date.start) - 1
        if place < 0 or date.start >= held[place][1] or _apart(text, held[place][0], date):
            kept.append(date)
    return tuple(kept)


def _apart(text: str, start: int, date: FoundDate) -> bool:
    return (
        date.kind is DateKind.ACCESSED and date.outer_start > start and text[date.outer_start - 1].isspace()
    )


def _telling_cell(passage: Passage, found: Iterable[Address], dates: Iterable[FoundDate]) -> tuple[int, int]:
    """Return the cell of a table row that holds both address and access date; the whole row otherwise.

    A cell with the only address and words beside it is a reference, too.
    """
    begin = 0
    places = [one.start for one in found if one.certain]
    alone: tuple[int, int] | None = None
    for cell in passage.text.split("\n\n"):
        end = begin + len(cell)
        held = sum(begin <= place < end for place in places)
        if held and any(begin <= one.start < end for one in dates if one.kind is DateKind.ACCESSED):
            return begin, end
        if held and held == len(places) and len(cell.split()) > _WORDS_OF_REFERENCE:
            alone = (begin, end)
        begin = end + 2
    return (
        alone if alone and not any(one.kind is DateKind.ACCESSED for one in dates) else (0, len(passage.text))
    )
