"""Plain text: paragraphs at blank lines, spans as they stand."""

import re

from monitor.extract.access_dates import collect_hints
from monitor.extract.annotated import is_annotated, read_annotated
from monitor.extract.bibliography import read_bibliography
from monitor.extract.entries import oversized
from monitor.extract.fields import records
from monitor.extract.passage import Kind, Passage, clean, plain
from monitor.model.citation import Extraction
from monitor.model.document import Document

_HEADING = re.compile(r"[ \t]*(#{1,6})[ \t]+\S")


def paragraphs(text: str) -> tuple[Passage, ...]:
    """Return the paragraphs of plain text; a line of "# …" alone is a heading."""
    found: list[Passage] = []
    begin: int | None = None
    last = position = gap = 0
    while position <= len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if text[position:end].strip():
            if begin is None:
                begin = position
            last = end
        elif begin is not None:
            found.append(_paragraph(text, begin, last, gap))
            begin, gap = None, 1
        else:
            gap += 1
        position = end + 1
    if begin is not None:
        found.append(_paragraph(text, begin, last, gap))
    return tuple(found)


def _paragraph(text: str, start: int, end: int, gap: int) -> Passage:
    if text[end - 1] == "\r":
        end -= 1
    heading = _HEADING.match(text, start, end)
    if heading and end - start < 100 and "\n" not in text[start:end]:
        return plain(text, start, end, kind=Kind.HEADING, level=len(heading[1]), gap=gap)
    return plain(text, start, end, gap=gap)


class TextExtractor:
    """Reads plain text in every layout: annotated lists of excerpts, and reference lists."""

    name = "text"
    suffixes = (".txt", ".text")

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        passages = paragraphs(document.text)
        hints = collect_hints(document.text)
        read = read_annotated if is_annotated(passages, hints) else read_bibliography
        reading = read(document, passages if read is read_annotated else tuple(records(passages)), hints)
        title = next((clean(passage.text.strip(" #*=")) for passage in passages), None)
        return Extraction(
            document=document.path, format=self.name, title=title and title[:200],
            citations=reading.citations, rejected=reading.rejected, notes=oversized(passages),
        )  # fmt: skip


EXTRACTOR = TextExtractor()
