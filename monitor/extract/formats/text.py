"""Plain text: paragraphs at blank lines, spans as they stand."""

from collections.abc import Sequence

from monitor.extract.dates.values import collect_hints
from monitor.extract.markup.comment_lines import Line, lines
from monitor.extract.passage import Builder, Kind, Passage, clean, plain
from monitor.extract.patterns import lazy
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document

_TIGHT_HEADING = lazy(r"#{2,6}[ \t]+\S[^\n]{0,90}$")
_HEADING = lazy(r"[ \t]*(#{1,6})[ \t]+\S")


def paragraphs(text: str) -> tuple[Passage, ...]:
    """Return the paragraphs of plain text; a line of "# …" alone is a heading."""
    found: list[Passage] = []
    begun: list[Line] = []
    gap = 0
    for line in lines(text):
        if begun and (line.start == line.end or line.run != begun[0].run):
            found.append(_paragraph(text, begun, gap))
            begun, gap = [], 0
        if line.start == line.end:
            gap += 1
            continue
        begun.append(line)
        if len(begun) == 1 and not line.signed and _TIGHT_HEADING.match(text, line.start, line.end):
            found.append(_paragraph(text, begun, gap))
            begun, gap = [], 0
    if begun:
        found.append(_paragraph(text, begun, gap))
    return tuple(found)


def _paragraph(text: str, written: Sequence[Line], gap: int) -> Passage:
    start, end = written[0].start, written[-1].end
    if not written[0].signed:
        heading = _HEADING.match(text, start, end)
        if heading and end - start < 100 and len(written) == 1:
            return plain(text, start, end, kind=Kind.HEADING, level=len(heading[1]), gap=gap)
        return plain(text, start, end, gap=gap)
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


def _indent(text: str, line: Line) -> int:
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
