"""A stretch of a document as its reader sees it, with the way back to every character of the file.

Formats turn their markup into passages; the citation grammar reads passages only. A passage's text
holds no markup; `span` gives the verbatim place of any part of it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from monitor.model.document import Document, Span
from monitor.patterns import lazy

HOLE = "\x00"
"""Stands where an address, a date or a standing phrase was taken out of a reference's text."""

_CONTROL = lazy("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def clean(text: str | None) -> str | None:
    """Return text fit for reports: no control characters, no lone surrogates, blanks collapsed."""
    if text is None:
        return None
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    elif "  " not in text:
        # No other blank is printable.
        return text.strip()[:2000] or None
    return " ".join(text.split())[:2000] or None


def blanks(text: str) -> str:
    """Return blanks of the text's length, its line ends kept: what is hidden moves no position."""
    return "".join("\n" if char == "\n" else " " for char in text)


class Kind(StrEnum):
    """What a passage is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"
    """A footnote or endnote."""
    RECORD = "record"
    """One source as named fields, one a line; what stands before the first names it."""
    QUOTE = "quote"
    """A block set off as somebody else's words."""


class Group:
    """The list or table some passages belong to; told from others by identity alone."""

    __slots__ = ()


class Link(Struct, frozen=True, kw_only=True, gc=False):
    """A link: label at `text[start:end]` of the passage.

    The target as written stands at `href_start:href_end` of the document; `archive` is its snapshot's
    address where the markup names one (`data-versionurl`, Robust Links 2.0, robustlinks.mementoweb.org/spec).
    """

    start: int
    end: int
    href: str
    href_start: int
    href_end: int
    archive: str | None = None


class Passage(Struct, frozen=True, kw_only=True, gc=False):
    """Text without markup. `pieces` hold (start in text, start in document, length in document).

    A piece whose two lengths are equal maps character by character; others (an entity, an escape)
    map as a whole. `group` is the list or table a passage belongs to; `level` numbers a heading;
    `gap` counts the blank lines before it; `listed` tells that the markup calls it a reference;
    `marked_at` is where in the document the mark of a note stands, for one that is written elsewhere.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]
    kind: Kind = Kind.PARAGRAPH
    links: tuple[Link, ...] = ()
    emphasis: tuple[tuple[int, int], ...] = ()
    level: int = 0
    group: Group | None = None
    gap: int = 1
    listed: bool = False
    marked_at: int | None = None
    coded: tuple[tuple[int, int, str], ...] = ()
    """Addresses set as code, which are left out: where in the text, where in the document, and as written."""

    def _piece(self, position: int) -> tuple[int, int, int, int]:
        index = bisect_right(self.pieces, (position, 1 << 60, 0)) - 1
        start, origin, length = self.pieces[index]
        end = self.pieces[index + 1][0] if index + 1 < len(self.pieces) else len(self.text)
        return start, end, origin, length

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the document of `text[start:end]`, which must not be empty."""
        if len(self.pieces) == 1 and self.pieces[0][2] == len(self.text):
            origin = self.pieces[0][1]
            return origin + start, origin + end
        first, first_end, begin, length = self._piece(start)
        if length == first_end - first:
            if end <= first_end and start < end:
                return begin + start - first, begin + end - first
            begin += start - first
        last, last_end, finish, length = self._piece(end - 1)
        finish += end - last if length == last_end - last else length
        return begin, max(begin, finish)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return the place of `text[start:end]` without the blanks at its ends."""
        text = self.text[start:end]
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())

    def span(self, document: Document, start: int, end: int) -> Span:
        """Return the verbatim place of `text[start:end]`."""
        return document.span(*self.origin(start, end))


def plain(
    text: str, start: int, end: int, *, kind: Kind = Kind.PARAGRAPH, level: int = 0, gap: int = 1
) -> Passage:
    """Return a passage that is document text as it stands."""
    return Passage(text=text[start:end], pieces=((0, start, end - start),), kind=kind, level=level, gap=gap)


def joined(passages: Sequence[Passage]) -> Passage:
    """Return passages as one, a line each; kind and group are the last one's."""
    pieces: list[tuple[int, int, int]] = []
    links: list[Link] = []
    emphasis: list[tuple[int, int]] = []
    texts: list[str] = []
    coded: list[tuple[int, int, str]] = []
    length = 0
    for passage in passages:
        if texts:
            pieces.append((length, passage.pieces[0][1], 0))
            length += 1
        pieces += [(start + length, origin, size) for start, origin, size in passage.pieces]
        links += [replace(one, start=one.start + length, end=one.end + length) for one in passage.links]
        emphasis += [(start + length, end + length) for start, end in passage.emphasis]
        coded += [(place + length, origin, written) for place, origin, written in passage.coded]
        texts.append(passage.text)
        length += len(passage.text)
    return replace(
        passages[-1], text="\n".join(texts), pieces=tuple(pieces), links=tuple(links),
        emphasis=tuple(emphasis), coded=tuple(coded),
    )  # fmt: skip


class Builder(Struct):
    """Collects a passage piece by piece."""

    parts: list[str] = field(default_factory=list)
    pieces: list[tuple[int, int, int]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    emphasis: list[tuple[int, int]] = field(default_factory=list)
    coded: list[tuple[int, int, str]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, origin: int, length: int | None = None) -> None:
        """Append text that stands at `origin`; `length` where it is written longer or shorter."""
        if text:
            size = len(text)
            self.pieces.append((self.length, origin, size if length is None else length))
            self.parts.append(text)
            self.length += size

    @property
    def ends_blank(self) -> bool:
        """Tell whether a blank would be superfluous now."""
        return not self.parts or self.parts[-1][-1].isspace()

    def passage(
        self, *, kind: Kind, level: int = 0, group: Group | None = None, gap: int = 1, listed: bool = False
    ) -> Passage | None:
        """Return what was collected and begin anew; None if it is blank."""
        text = "".join(self.parts)
        made = None
        if text.strip():
            made = Passage(
                text=text, pieces=tuple(self.pieces), kind=kind, links=tuple(self.links),
                emphasis=tuple(self.emphasis), level=level, group=group, gap=gap, listed=listed,
                coded=tuple(self.coded),
            )  # fmt: skip
        self.parts, self.pieces, self.links, self.emphasis, self.length = [], [], [], [], 0
        self.coded = []
        return made
