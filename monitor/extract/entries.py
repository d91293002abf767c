"""Cuts passages into reference entries and gathers what each entry holds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from monitor.extract.access_dates import DateHints, DateKind, FoundDate, find_access_dates
from monitor.extract.addresses import Address, addresses
from monitor.extract.passage import Kind, Passage
from monitor.extract.reference_words import heading_pattern, retrieval_pattern
from monitor.extract.titles import HOLE

MAX_PASSAGE = 200_000
"""Characters of one passage that are read; a longer one is data (see `capped`)."""

_ENUMERATED = re.compile(
    r"[ \t]*(?:(?://|[#%;>]+)[ \t]*)?(?:\[\^?[\w.:+-]{1,16}\](?!\()|\(\d{1,3}\)\s|\d{1,3}(?:\.(?=\s|[^\W\d_])|\)\s|\s?[-–]\s)|[•·‣▪◦*+](?=\s)|[-–—](?=\s))"
)
_NUMBERED = re.compile(
    r"[ \t]*(?:(?://|[#%;>]+)[ \t]*)?(?:\[\^?[\w.:+-]{1,16}\](?!\()|\(?\d{1,3}[.)](?=\s|[^\W\d_]))"
)
_WORDY = re.compile(r"[^\W\d_]{2}")
_PREFIX = re.compile(r"[ \t]*(?:(?://|[#%;>*]{1,3})[ \t]*)?")
_ENDED = re.compile(r"[.,;:)\]}>|\s。）」』\"”’*_]*$")


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

    @property
    def text(self) -> str:
        """Return the entry's text as the reader sees it."""
        return self.passage.text[self.start : self.end]

    @property
    def numbered(self) -> bool:
        """Tell whether the entry begins with a number or a key in brackets, or is a list item or note."""
        return self.passage.kind in {Kind.ITEM, Kind.NOTE} or _NUMBERED.match(self.text) is not None

    def of_kind(self, *kinds: DateKind) -> list[FoundDate]:
        """Return the dated phrases of some kinds."""
        return [date for date in self.dates if date.kind in kinds]

    def lead(self) -> str | None:
        """Return the emphasised words the entry begins with, after its number; None if it does not."""
        for start, end in self.passage.emphasis:
            if self.start <= start < end <= self.end and not _WORDY.search(self.passage.text[self.start : start]):
                return " ".join(self.passage.text[start:end].split())
        return None

    def masked(self) -> str:
        """Return the text with a hole for every address and dated phrase; labels of links stay."""
        holes = [(one.start, one.end) for one in self.addresses if one.certain and one.label is None]
        holes += [
            (date.outer_start, date.outer_end) for date in self.dates if date.kind is not DateKind.PUBLISHED
        ]
        text, position, parts = self.passage.text, self.start, []
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
    for number, passage in enumerate(passages):
        if passage.kind is Kind.HEADING:
            if heading_pattern().fullmatch(passage.text.strip()):
                level = passage.level
            elif level is not None and passage.level <= level:
                level = None
            continue
        if len(passage.text) < 80 and heading_pattern().fullmatch(passage.text.strip()):
            level = 7
            continue
        if len(passage.text) > MAX_PASSAGE:
            continue
        group = passage.group or -number - 1
        for entry in _split(passage, hints, in_references=level is not None, group=group):
            if heading_pattern().fullmatch(_first_line(entry)):
                level = 7
            yield entry


def _first_line(entry: Entry) -> str:
    return entry.text.strip().partition("\n")[0][:80]


def _split(passage: Passage, hints: DateHints, *, in_references: bool, group: int) -> Iterator[Entry]:
    found = addresses(passage)
    dates = [
        date
        for date in find_access_dates(passage.text, hints)
        if not any(one.start <= date.start < one.end for one in found if one.certain and not one.label)
    ]
    if passage.kind is Kind.ROW:
        bounds = [_telling_cell(passage, found, dates)]
    else:
        cuts = [0, *_cuts(passage, found, dates), len(passage.text)]
        bounds = list(pairwise(cuts))
    for start, end in bounds:
        if passage.text[start:end].strip():
            yield Entry(
                passage=passage, start=start, end=end, in_references=in_references, group=group,
                addresses=[one for one in found if start <= one.start < end],
                dates=[one for one in dates if start <= one.start < end],
            )  # fmt: skip


def _telling_cell(passage: Passage, found: Iterable[Address], dates: Iterable[FoundDate]) -> tuple[int, int]:
    """Return the cell of a table row that holds both address and access date; the whole row otherwise."""
    begin = 0
    for cell in passage.text.split("\n\n"):
        end = begin + len(cell)
        if any(begin <= one.start < end for one in found if one.certain) and any(
            begin <= one.start < end for one in dates if one.kind is DateKind.ACCESSED
        ):
            return begin, end
        begin = end + 2
    return 0, len(passage.text)


def _cuts(passage: Passage, found: Iterable[Address], dates: Iterable[FoundDate]) -> list[int]:
    """Return where new entries begin inside a passage: at lines, and after a complete reference."""
    events = sorted(
        [(one.start, one.end, "url") for one in found if one.certain and not one.twin]
        + [(one.outer_start, one.outer_end, "date") for one in dates if one.kind is DateKind.ACCESSED]
    )
    cuts = set(_line_cuts(passage, events))
    begun: set[str] = set()
    last_end, position = 0, 0
    for start, end, what in events:
        if any(position < cut <= start for cut in cuts):
            begun = set()
        position = start
        if what in begun and len(begun) == 2 and (cut := _sentence_cut(passage.text, last_end, start)):
            cuts.add(cut)
            begun = set()
        begun.add(what)
        last_end = max(last_end, end)
    return sorted(cuts)


def _sentence_cut(text: str, last_end: int, start: int) -> int | None:
    """Return where a new reference begins between a finished one and the next address or date."""
    between = text[last_end:start]
    if sum(char.isalnum() for char in between) < 25:
        return None
    ended = re.match(r"[^\w\n]{0,6}[.;)\]。）]\s{0,3}|\s*\n", between)
    return last_end + ended.end() if ended else None


def _line_cuts(passage: Passage, events: list[tuple[int, int, str]]) -> Iterator[int]:
    text = passage.text
    begin = 0
    for match in re.finditer(r"\n", text):
        line = match.end()
        if not text[line : line + 1]:
            return
        if _begins_entry(text, begin, line, events):
            begin = line
            yield line


def _begins_entry(text: str, begin: int, line: int, events: list[tuple[int, int, str]]) -> bool:
    inside = [event for event in events if begin <= event[0] < line]
    if any(event[1] > line for event in inside):
        return False
    content = _PREFIX.match(text, line)
    first = content.end() if content else line
    if first >= len(text) or text[first] == "\n":
        return False
    if _ENUMERATED.match(text, line):
        return True
    if not inside:
        return False
    last = max(event[1] for event in inside)
    if not _ENDED.match(text[last:line]) and not re.search(r"[.!?。]\W*$", text[max(last, line - 20) : line]):
        return False
    kinds = {event[2] for event in inside}
    starting = next((event for event in events if event[0] - first in range(3)), None)
    if starting is not None:
        return starting[2] in kinds and kinds == {"url", "date"} and starting[2] == "url"
    if retrieval_pattern().match(text, first):
        return False
    return not text[first].islower()
