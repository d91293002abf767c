"""Plain text: paragraphs at blank lines, spans as they stand."""

from collections.abc import Iterator, Sequence

from monitor.extract.dates.hints import collect_hints
from monitor.extract.markup.columns import gutter
from monitor.extract.markup.comment_lines import CommentLine, lines
from monitor.extract.passage import Builder, Kind, Passage, clean, plain
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document
from monitor.patterns import lazy

_TIGHT_HEADING = lazy(r"#{2,6}[ \t]+\S[^\n]{0,90}$")
_HEADING = lazy(r"[ \t]*(#{1,6})[ \t]+\S")


def paragraphs(text: str) -> tuple[Passage, ...]:
    """Return the paragraphs of plain text; a line of "# …" alone is a heading."""
    found: list[Passage] = []
    begun: list[CommentLine] = []
    gap = 0
    for line in lines(text):
        if begun and (line.start == line.end or line.run != begun[0].run):
            found.extend(_paragraph(text, begun, gap))
            begun, gap = [], 0
        if line.start == line.end:
            gap += 1
            continue
        begun.append(line)
        heads = len(begun) == 1 and not line.signed and text.startswith("##", line.start)
        if heads and _TIGHT_HEADING.match(text, line.start, line.end):
            found.extend(_paragraph(text, begun, gap))
            begun, gap = [], 0
    if begun:
        found.extend(_paragraph(text, begun, gap))
    return tuple(found)


def _paragraph(text: str, written: Sequence[CommentLine], gap: int) -> Iterator[Passage]:
    """Return a paragraph, or the two columns it is typeset in."""
    start, end = written[0].start, written[-1].end
    if written[0].signed:
        yield _signed(text, written, gap)
        return
    heading = _HEADING.match(text, start, end) if len(written) == 1 and end - start < 100 else None
    if heading:
        yield plain(text, start, end, kind=Kind.HEADING, level=len(heading[1]), gap=gap)
    elif len(written) > 1 and "   " in text[start:end] and (columns := _columns(text, written, gap)):
        yield from columns
    else:
        yield plain(text, start, end, gap=gap)


def _columns(text: str, written: Sequence[CommentLine], gap: int) -> list[Passage]:
    """Return two columns as a passage each, where each holds an address: others are a table's; [] for one."""
    shown = [text[line.start : line.end] for line in written]
    begin = gutter(shown)
    if begin is None:
        return []
    sides = ([one[:begin].rstrip() for one in shown], [one[begin:].rstrip() for one in shown])
    if not all(any("//" in one or "www." in one for one in side) for side in sides):
        return []
    made: list[Passage] = []
    for offset, side in zip((0, begin), sides, strict=True):
        builder = Builder()
        for line, part in zip(written, side, strict=True):
            if part:
                if builder.length:
                    builder.add("\n", line.start + offset, 0)
                builder.add(part, line.start + offset)
        passage = builder.passage(kind=Kind.PARAGRAPH, gap=gap)
        made += [passage] if passage is not None else []
    return made


def _signed(text: str, written: Sequence[CommentLine], gap: int) -> Passage:
    """Return a paragraph of comment lines without their signs."""
    margin = min(_indent(text, line) for line in written)
    builder = Builder()
    for number, line in enumerate(written):
        first = line.start + margin
        if number:
            last = written[number - 1].end
            builder.add("\n", last, first - last)
        builder.add(text[first : line.end], first)
    made = builder.passage(kind=Kind.PARAGRAPH, gap=gap)
    assert made is not None  # noqa: S101 - no line of a paragraph is blank
    return made


def _indent(text: str, line: CommentLine) -> int:
    shown = text[line.start : line.end]
    return len(shown) - len(shown.lstrip(" \t"))


def read_text(document: Document) -> Extraction:
    """Return every citation of a plain text in document order, and what was rejected and why."""
    passages = paragraphs(document.text)
    title = next((clean(passage.text.strip(" #*=")) for passage in passages), None)
    return read(document, passages, collect_hints(document.text), title=title and title[:200])


class TextExtractor:
    """Reads plain text in every layout: annotated lists of excerpts, and reference lists."""

    name = "text"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        return read_text(document)


EXTRACTOR = TextExtractor()
