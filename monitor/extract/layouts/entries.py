"""Cuts passages into reference entries and gathers what each entry holds."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.dates.values import DateHints
from monitor.extract.layouts.boundaries import cuts
from monitor.extract.passage import HOLE, Kind, Passage
from monitor.extract.references.quote_marks import is_quotation
from monitor.extract.urls.addresses import Address, addresses
from monitor.extract.words.reference_words import closing_pattern, heading_pattern

MAX_PASSAGE = 2_000_000
"""Characters of one passage that are read; a longer one is data (see `capped`)."""

NUMBERED = re.compile(
    r"[ \t]*(?:(?://|[#%;>]+)[ \t]*|[*•·+–-][ \t]+)?"
    r"(?:\[\^?[\w.:+-]{1,16}\](?!\()|\(?\d{1,3}[.)](?=\s|[^\W\d_]))"
)
_SIGNATURE = re.compile(
    r"[\s(\[]*(?:[–—―~-]{1,3}\s?(?=\S)|(?:source|from|quelle|fuente|fonte|źródło|источник|出典|来源)\b\s?[:：]?)",
    re.IGNORECASE,
)
_ADMONITION = re.compile(
    r"\s*(?:\[![A-Za-z]+\]|\W*(?:note|tip|warning|important|caution|todo|hinweis|achtung|update|edit)\b\W{0,3}(?:[:!]|\n))",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\n\s{0,4}(?:[–—―]|--?-?(?=[ \[“\"*_<\w]))[ \t]*")
_WORDS_OF_REFERENCE = 5
_WORDY = re.compile(r"[^\W\d_]{2}")

# The level of a reference list that a mere line opens ("References:"); nothing closes such a one but
# paragraphs in a row that are no references, neither with an address nor with a year.
_BY_LINE = 7
_MOST_IDLE = 3
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")

Place = tuple[Passage, int, int]
"""Passage, start and end in its text."""


# A title's end before a host: a stop or a dash after more than a number.
_SEPARATED = re.compile(r"[^\W\d_]{3}[^\n]{0,12}(?:[.,:;]|\s[–—-])\s{1,2}$")
_NEAR = 24


@dataclass(slots=True)
class Entry:
    """A candidate reference: `passage.text[start:end]` and what stands in it."""

    passage: Passage
    start: int
    end: int
    in_references: bool
    group: int
    addresses: list[Address] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    quotes: list[Place] = field(default_factory=list)
    """The block quotes beside the entry."""
    shared: list[tuple[Passage, FoundDate]] = field(default_factory=list)
    """Access dates said of the whole list, for an entry without its own."""
    heading: Passage | None = None
    """The heading the entry stands under, if it is the first to do so."""
    section: int = 0
    """How many headings stand before the entry."""

    @property
    def text(self) -> str:
        """Return the entry's text as the reader sees it."""
        return self.passage.text[self.start : self.end]

    @property
    def numbered(self) -> bool:
        """Tell whether the entry begins with a number or a key in brackets, or is a list item or note."""
        return self.passage.kind in {Kind.ITEM, Kind.NOTE} or NUMBERED.match(self.text) is not None

    def of_kind(self, *kinds: DateKind) -> list[FoundDate]:
        """Return the dated phrases of some kinds."""
        return [date for date in self.dates if date.kind in kinds]

    def lead(self) -> str | None:
        """Return the emphasised words the entry begins with, after its number; None if it does not."""
        for start, end in self.passage.emphasis:
            if self.start <= start < end <= self.end and not _WORDY.search(
                self.passage.text[self.start : start]
            ):
                return " ".join(self.passage.text[start:end].split())
        return None

    def emphasised(self) -> list[str]:
        """Return what stands in italics or bold in the entry."""
        return [
            " ".join(self.passage.text[start:end].split())
            for start, end in self.passage.emphasis
            if self.start <= start < end <= self.end
        ]

    def unlinked(self) -> str:
        """Return the text outside of links."""
        parts, position = [], self.start
        for one in self.addresses:
            parts.append(self.passage.text[position : max(position, one.start)])
            position = max(position, one.end)
        parts.append(self.passage.text[position : self.end])
        return "".join(parts)

    def _located(self, host: Address) -> bool:
        """Tell whether a bare host is where a named source was read: "Title. tides.example (accessed …)"."""
        text = self.passage.text
        return (
            len(self.addresses) == 1
            and _SEPARATED.search(text, max(self.start, host.start - _NEAR), host.start) is not None
            and any(
                host.end <= date.outer_start <= host.end + _NEAR
                and not text[host.end : date.outer_start].strip(" ,;.")
                for date in self.of_kind(DateKind.ACCESSED)
            )
        )

    def masked(self) -> str:
        """Return the text with a hole for each address, dated phrase and quote; labels of links stay."""
        holes = [
            (one.start, one.end)
            for one in self.addresses
            if one.label is None and (one.certain or self._located(one))
        ]
        holes += [
            (date.outer_start, date.outer_end) for date in self.dates if date.kind is not DateKind.PUBLISHED
        ]
        holes += [(start, end) for passage, start, end in self.quotes if passage is self.passage]
        text, position = self.passage.text, self.start
        parts: list[str] = []
        for start, end in sorted(holes):
            if end <= position or start >= self.end:
                continue
            parts.extend((text[position : max(position, start)], HOLE))
            position = min(end, self.end)
        parts.append(text[position : self.end])
        return "".join(parts)


def entries(passages: Iterable[Passage], hints: DateHints) -> Iterator[Entry]:
    """Return the entries of a document's passages, each knowing whether a reference list holds it."""
    level: int | None = None
    last: Entry | None = None
    heading: Passage | None = None
    waiting: list[Place] = []
    section = idle = 0
    for number, passage in enumerate(passages):
        if level == _BY_LINE and (idle > _MOST_IDLE or closing_pattern().fullmatch(passage.text.strip())):
            level, section = None, section + 1
        if passage.kind is Kind.QUOTE and _ADMONITION.match(passage.text):
            continue
        if passage.kind is Kind.QUOTE and not _cites(passage, hints, after=last):
            (waiting if last is None else last.quotes).append((passage, 0, len(passage.text)))
            continue
        if passage.kind is Kind.HEADING:
            last, waiting, heading, section = None, [], None, section + 1
            if heading_pattern().fullmatch(passage.text.strip()):
                level = passage.level
                yield from _dated_heading(passage, hints, section)
                continue
            if level is not None and passage.level <= level:
                level = None
            heading = passage
            continue
        if len(passage.text) < 80 and heading_pattern().fullmatch(passage.text.strip()):
            last, waiting, heading, level, section, idle = None, [], None, _BY_LINE, section + 1, 0
            yield from _dated_heading(passage, hints, section)
            continue
        if len(passage.text) > MAX_PASSAGE:
            continue
        group = passage.group or -number - 1
        for entry in _split(passage, hints, in_references=passage.listed or level is not None, group=group):
            if heading_pattern().fullmatch(_first_line(entry)):
                level, idle = _BY_LINE, 0
            cites = bool(entry.dates) or any(one.certain for one in entry.addresses)
            idle = 0 if cites or level != _BY_LINE or _YEAR.search(entry.text) else idle + 1
            if not cites and passage.kind is Kind.QUOTE:
                waiting.append((passage, entry.start, entry.end))
                continue
            if not cites and last is not None and is_quotation(entry.text):
                last.quotes.append((passage, entry.start, entry.end))
                continue
            if cites and passage.kind is not Kind.ITEM:
                entry.heading, heading = heading, None
            if _SIGNATURE.match(entry.text):
                entry.quotes = waiting or _taken(last, passage)
            _part_signature(entry)
            entry.section = section
            waiting, last = [], entry if cites else None
            yield entry


def _dated_heading(passage: Passage, hints: DateHints, section: int) -> Iterator[Entry]:
    """Return what a heading says of the list below it: "Sources (accessed 3 May 2019)"."""
    dates = find_access_dates(passage.text, hints)
    if any(one.kind is DateKind.ACCESSED for one in dates):
        yield Entry(
            passage=replace(passage, kind=Kind.HEADING), start=0, end=len(passage.text), in_references=False,
            group=-1, dates=list(dates), section=section,
        )  # fmt: skip


def _cites(passage: Passage, hints: DateHints, *, after: Entry | None) -> bool:
    """Tell whether a block quote is, or names, a source itself and is no excerpt of the one before."""
    if not any(one.certain for one in addresses(passage)):
        return False
    if after is None or after.passage.kind is Kind.QUOTE or _SIGNED.search(passage.text):
        return True
    return any(one.kind is DateKind.ACCESSED for one in find_access_dates(passage.text, hints))


def _taken(last: Entry | None, passage: Passage) -> list[Place]:
    """Return what stood earlier in the same block quote; it is not the excerpt of the entry before."""
    if last is None or passage.kind is not Kind.QUOTE:
        return []
    own = [place for place in last.quotes if place[0].group == passage.group]
    last.quotes = [place for place in last.quotes if place[0].group != passage.group]
    return own


def _part_signature(entry: Entry) -> None:
    """Part a block quote that ends with "-- its source" into the two."""
    if entry.passage.kind is not Kind.QUOTE:
        return
    signed = _SIGNED.search(entry.text)
    place = entry.start + signed.start() if signed else 0
    if signed and place > entry.start and all(one.start > place for one in entry.addresses):
        entry.quotes.append((entry.passage, entry.start, place))
        entry.start += signed.end()


def oversized(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Say which passages were left out for their length."""
    long = [len(passage.text) for passage in passages if len(passage.text) > MAX_PASSAGE]
    return tuple(
        f"a paragraph of {length} characters was not read: no reference is that long" for length in long
    )


def _first_line(entry: Entry) -> str:
    return entry.text.strip().partition("\n")[0][:80]


def _split(passage: Passage, hints: DateHints, *, in_references: bool, group: int) -> list[Entry]:
    found = addresses(passage)
    dates = _outside(passage.text, find_access_dates(passage.text, hints), found)
    if passage.kind is Kind.RECORD:
        bounds = [(0, len(passage.text))]
    elif passage.kind is Kind.ROW:
        bounds = [_telling_cell(passage, found, dates)]
    else:
        events = sorted(
            [(one.start, one.end, "url") for one in found if one.certain and not one.twin]
            + [(one.outer_start, one.outer_end, "date") for one in dates if one.kind is DateKind.ACCESSED]
        )
        bounds = list(pairwise([0, *cuts(passage.text, events), len(passage.text)]))
    address_starts = [one.start for one in found]
    date_starts = [one.start for one in dates]
    made: list[Entry] = []
    for start, end in bounds:
        if passage.text[start:end].strip():
            made.append(Entry(
                passage=passage, start=start, end=end, in_references=in_references, group=group,
                addresses=list(found[bisect_left(address_starts, start) : bisect_left(address_starts, end)]),
                dates=dates[bisect_left(date_starts, start) : bisect_left(date_starts, end)],
            ))  # fmt: skip
    _settle_twins(made)
    return made


def _settle_twins(made: Sequence[Entry]) -> None:
    """Leave an address that is named first and cited with a date in the next entry to that entry."""
    for before, entry in pairwise(made):
        dated = entry.addresses and entry.addresses[0].twin and entry.of_kind(DateKind.ACCESSED)
        named = [one.url for one in before.addresses if not one.twin]
        if dated and not before.of_kind(DateKind.ACCESSED) and named == [entry.addresses[0].url]:
            before.addresses = [replace(one, twin=True) for one in before.addresses]
            entry.addresses = [replace(entry.addresses[0], twin=False), *entry.addresses[1:]]


def _outside(text: str, dates: Iterable[FoundDate], found: Iterable[Address]) -> list[FoundDate]:
    """Return the dates that are no part of an address; in a link's text a blank parts them."""
    held = [(one.start, one.end) for one in found if one.certain and not one.label]
    starts = [start for start, _ in held]
    kept = []
    for date in dates:
        place = bisect_right(starts, date.start) - 1
        if place < 0 or date.start >= held[place][1] or _apart(text, held[place][0], date):
            kept.append(date)
    return kept


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
