"""A watched document as read, and places in it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise

from msgspec import Struct

_LONG_LINE = 16_384
"""Characters after which a line gets a further mark: minified pages are one line."""


class Span(Struct, frozen=True, order=True, gc=False):
    """A stretch of a document: `document.text[start:end]` is its verbatim text.

    `start`/`end` count characters of the decoded file, `byte_start`/`byte_end` bytes of the file
    (byte order mark included); `line` and `column` are 1-based and count characters.
    """

    start: int
    end: int
    line: int
    column: int
    byte_start: int
    byte_end: int


def _begins(lines: Sequence[str] | Sequence[bytes], first: int) -> tuple[int, ...]:
    """Return where each line begins, the first one at `first`; a line end is one character, or byte."""
    return tuple(accumulate(map((1).__add__, map(len, lines[:-1])), initial=first))


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document's text and everything needed to point into its file.

    `path` is the name shown to people and kept in the store: relative to the working directory
    where possible, with forward slashes. `format` is the name of the extractor that reads it.
    `editable` is false where `text` is derived (PDF, DOCX), so that spans do not address the file.
    A section of a large file begins at `base_char`, `base_byte`, `base_line` (0-based) of it; its
    spans address the whole file, so `verbatim` slices, not `text` itself. `lone_cr` is true where the
    file ends its lines with CR alone, as before Mac OS X; `text` has LF in their place.
    """

    path: str
    text: str
    format: str
    encoding: str = "utf-8"
    bom: bytes = b""
    sha256: str = ""
    url: str | None = None
    title: str | None = None
    editable: bool = True
    notes: tuple[str, ...] = field(default=())
    base_char: int = 0
    base_byte: int = 0
    base_line: int = 0
    lone_cr: bool = False

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        return _begins(self.text.split("\n"), 0)

    @cached_property
    def _marks(self) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Characters and their byte offsets: each line start, and more within very long lines.

        None for a one-byte-per-character text.
        """
        if self.text.isascii() and not self.encoding.lower().replace("_", "-").startswith(
            ("utf-16", "utf-32")
        ):
            return None
        if self.encoding == "utf-8" and max(map(len, self.text.split("\n"))) < _LONG_LINE:
            try:
                written = self.text.encode("utf-8", "surrogateescape")
            except UnicodeEncodeError:
                pass
            else:
                return self._line_starts, _begins(written.split(b"\n"), len(self.bom))
        lines = pairwise((*self._line_starts, len(self.text)))
        places = [place for begin, end in lines for place in range(begin, max(end, begin + 1), _LONG_LINE)]
        sizes = (len(self._encode(self.text[begin:end])) for begin, end in pairwise(places))
        return tuple(places), tuple(accumulate(sizes, initial=len(self.bom)))

    def _encode(self, part: str) -> bytes:
        try:
            return part.encode(self.encoding, "surrogateescape")
        except UnicodeEncodeError:
            # Derived text (PDF, DOCX) may hold lone surrogates that no file holds; they count as written.
            return part.encode("utf-8", "surrogatepass")

    def _size(self, start: int, end: int) -> int:
        """Return how many bytes `text[start:end]` takes in UTF-8."""
        part = self.text[start:end]
        return end - start if part.isascii() else len(self._encode(part))

    def line_of(self, position: int) -> int:
        """Return the 1-based line that holds the character at `position`."""
        return bisect_right(self._line_starts, position)

    def _byte_of(self, position: int) -> int:
        if self._marks is None:
            return position + len(self.bom)
        places, offsets = self._marks
        mark = bisect_right(places, position) - 1
        return offsets[mark] + len(self._encode(self.text[places[mark] : position]))

    def span(self, start: int, end: int) -> Span:
        """Return the place of `text[start:end]` in the file; ValueError when it lies outside the text."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"span {start}:{end} outside a text of {len(self.text)} characters")
        starts, marks = self._line_starts, self._marks
        line = bisect_right(starts, start)
        begin = starts[line - 1]
        if marks is None:
            first, last = start + len(self.bom), end + len(self.bom)
        elif marks[0] is starts and end - start < _LONG_LINE:
            first = marks[1][line - 1]
            if self.text[begin:end].isascii():
                first, last = first + start - begin, first + end - begin
            else:
                first += self._size(begin, start)
                last = first + self._size(start, end)
        else:
            first = self._byte_of(start)
            # A short stretch is encoded itself, and its end needs no search; not where encoders keep a state.
            near = end - start < _LONG_LINE and self.encoding == "utf-8"
            last = first + len(self._encode(self.text[start:end])) if near else self._byte_of(end)
        return Span(
            self.base_char + start, self.base_char + end,
            self.base_line + line, start - begin + 1,
            self.base_byte + first, self.base_byte + last,
        )  # fmt: skip

    def held(self, span: Span) -> str:
        """Return the text at a span; ValueError where that is not of this document, or part of it."""
        start, end = span.start - self.base_char, span.end - self.base_char
        if not 0 <= start <= end <= len(self.text):
            raise ValueError("the span belongs to another text, or another part of the document")
        return self.text[start:end]

    def verbatim(self, span: Span) -> str:
        """Return the text a span of this document stands for."""
        return self.as_written(self.text[span.start - self.base_char : span.end - self.base_char])

    def as_written(self, part: str) -> str:
        """Return a part of the text with the file's own line ends."""
        return part.replace("\n", "\r") if self.lone_cr else part
