"""A document written inside another one, escaped as the outer format asks: a notebook's cells, an export.

Readers of the inner format work on the decoded text; every place they name is a place of the outer file.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.model.document import Document, Span

Pieces = tuple[tuple[int, int, int], ...]
"""(start in the inner text, start in the outer text, length in the outer text), as in a passage."""


@dataclass(frozen=True, kw_only=True)
class Embedded(Document):
    """The inner document: `text` is decoded, `pieces` lead back to `outer`."""

    outer: Document
    pieces: Pieces

    def _outer(self, position: int, *, end: bool) -> int:
        """Return the outer place of a border: where what stands before it ends, or what follows starts."""
        index = max(bisect_right(self.pieces, (position - end, 1 << 60, 0)) - 1, 0)
        start, origin, length = self.pieces[index]
        stop = self.pieces[index + 1][0] if index + 1 < len(self.pieces) else len(self.text)
        if length == stop - start:
            return origin + min(position - start, length)
        return origin + length if end else origin

    def inner(self, span: Span) -> tuple[int, int]:
        """Return the range of `text` that a place of the outer file stands for; ValueError for none."""
        origins = [origin for _, origin, _ in self.pieces]
        borders = []
        for place, end in ((span.start, False), (span.end, True)):
            at = place - self.outer.base_char
            index = bisect_right(origins, at - end) - 1
            start, origin, length = self.pieces[max(index, 0)]
            if index < 0 or at > origin + length:
                raise ValueError("the place holds no text of the inner document")
            stop = self.pieces[index + 1][0] if index + 1 < len(self.pieces) else len(self.text)
            whole = stop if end else start
            borders.append(start + at - origin if length == stop - start else whole)
        return borders[0], max(borders)

    def span(self, start: int, end: int) -> Span:
        """Return the place of `text[start:end]` in the outer file; ValueError outside the text."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}:{end} outside a text of {len(self.text)} characters")
        return self.outer.span(*self.range(start, end))

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the outer text that `text[start:end]` stands for."""
        begin = self._outer(start, end=False)
        return begin, max(begin, self._outer(end, end=True) if end > start else begin)

    def verbatim(self, span: Span) -> str:
        """Return the text a span stands for, as the outer file writes it."""
        return self.outer.verbatim(span)

    def line_of(self, position: int) -> int:
        """Return the outer line that holds the character at `position`."""
        return self.outer.line_of(self._outer(position, end=False))


def embedded(outer: Document, written: Iterable[tuple[str, int, int]], format: str) -> Embedded:
    """Return the document made of pieces (decoded text, start, length in `outer.text`), in their order."""
    texts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    at = 0
    for text, origin, length in written:
        if text:
            texts.append(text)
            pieces.append((at, origin, length))
            at += len(text)
    return Embedded(
        path=outer.path,
        text="".join(texts),
        format=format,
        encoding=outer.encoding,
        url=outer.url,
        editable=False,
        outer=outer,
        pieces=tuple(pieces) or ((0, 0, 0),),
    )
