"""A candidate reference: a stretch of a passage and what was found in it."""

from msgspec import Struct

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.layouts.fields import Field
from monitor.extract.passage import HOLE, Group, Kind, Passage
from monitor.extract.urls.addresses import Address, AddressKind
from monitor.patterns import lazy

NUMBERED = lazy(
    r"[ \t]*(?:(?://|[#%;>]+)[ \t]*|[*•·+–-][ \t]+)?"
    r"(?:\[\^?[\w.:+-]{1,16}\](?!\()|\(?\d{1,3}[.)](?=\s|[^\W\d_]))"
)
_WORDY = lazy(r"[^\W\d_]{2}")

Place = tuple[Passage, int, int]
"""Passage, start and end in its text."""


# A title's end before a host: a stop or a dash after more than a number.
_SEPARATED = lazy(r"[^\W\d_]{3}[^\n]{0,12}(?:[.,:;]|\s[–—-])\s{1,2}$")
_NEAR = 24


_QUOTED_TITLE = lazy(r"[\"“„«](?P<said>[^\"“”„«»]{3,300})[\"”“»]")


class Entry(Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """A candidate reference: `passage.text[start:end]` and what stands in it.

    `group` is the list it belongs to, of its passage alone where that is in none; `quotes` are the block
    quotes beside it; `shared` the access dates said of the whole list, for an entry without its own, or
    (`noted`) in a footnote that says nothing else;
    `heading` the heading it stands under, if it is the first to do so; `section` counts the headings
    before it; `fields` are those of a record.
    """

    passage: Passage
    start: int
    end: int
    in_references: bool
    group: Group
    addresses: tuple[Address, ...] = ()
    dates: tuple[FoundDate, ...] = ()
    fields: tuple[Field, ...] = ()
    quotes: tuple[Place, ...] = ()
    shared: tuple[tuple[Passage, FoundDate], ...] = ()
    noted: bool = False
    heading: Passage | None = None
    section: int = 0

    @property
    def text(self) -> str:
        """Return the entry's text as the reader sees it."""
        return self.passage.text[self.start : self.end]

    @property
    def numbered(self) -> bool:
        """Tell whether the entry begins with a number or a key in brackets, or is a list item or note."""
        kind = self.passage.kind
        return kind is Kind.ITEM or kind is Kind.NOTE or NUMBERED.match(self.text) is not None

    @property
    def located(self) -> bool:
        """Tell whether the entry gives an address beyond doubt."""
        for one in self.addresses:  # noqa: SIM110 - asked of every entry several times
            if one.kind is not AddressKind.HOST:
                return True
        return False

    def of_kind(self, *kinds: DateKind) -> tuple[FoundDate, ...]:
        """Return the dated phrases of some kinds."""
        dates = self.dates
        if len(dates) < 2:
            return dates if dates and dates[0].kind in kinds else ()
        return tuple([date for date in dates if date.kind in kinds])

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

    def _worded(self, host: Address) -> bool:
        """Tell whether a bare host is a word of a quoted title: "“Detail - www.tides.example”. https://…"."""
        if not host.repairs or not any(one.kind == "scheme added" for one in host.repairs):
            return False
        if not any(one.certain and one.start > host.end for one in self.addresses):
            return False
        start, end = host.start - self.start, host.end - self.start
        return any(
            quoted.start("said") < start and end <= quoted.end("said")
            for quoted in _QUOTED_TITLE.finditer(self.text)
        )

    def masked(self) -> str:
        """Return the text with a hole for each address, dated phrase and quote; labels of links stay."""
        holes = [
            (one.start, one.end)
            for one in self.addresses
            if one.label is None
            and (one.kind is not AddressKind.HOST or self._located(one))
            and not self._worded(one)
        ]
        holes += [
            (date.outer_start, date.outer_end) for date in self.dates if date.kind is not DateKind.PUBLISHED
        ]
        if self.quotes:
            holes += [(start, end) for passage, start, end in self.quotes if passage is self.passage]
        text, position = self.passage.text, self.start
        if not holes:
            return text[position : self.end]
        said = ""
        for start, end in sorted(holes):
            if end <= position or start >= self.end:
                continue
            said += text[position:start] + HOLE
            position = min(end, self.end)
        return said + text[position : self.end]
