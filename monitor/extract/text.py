"""Plain text: paragraphs at blank lines, spans as they stand."""

import re

from monitor.extract.access_dates import collect_hints
from monitor.extract.annotated import is_annotated, read_annotated
from monitor.extract.bibliography import clean, read_bibliography
from monitor.extract.passage import Kind, Passage, plain
from monitor.model.citation import Extraction
from monitor.model.document import Document

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_HEADING = re.compile(r"[ \t]*(#{1,6})[ \t]+\S")


def paragraphs(text: str) -> tuple[Passage, ...]:
    """Return the paragraphs of plain text; a line of "# …" alone is a heading."""
    found = []
    last = 0
    for match in _PARAGRAPH.finditer(text):
        gap = max(0, text.count("\n", last, match.start()) - 1)
        start, end = match.span()
        if text[end - 1] == "\r":
            end -= 1
        last = match.end()
        made = plain(text, start, end, gap=gap)
        heading = _HEADING.match(made.text)
        if heading and "\n" not in made.text and len(made.text) < 100:
            made = Passage(
                text=made.text, pieces=made.pieces, kind=Kind.HEADING, level=len(heading[1]), gap=gap
            )
        found.append(made)
    return tuple(found)


class TextExtractor:
    """Reads plain text in every layout: annotated lists of excerpts, and reference lists."""

    name = "text"
    suffixes = (".txt", ".text")

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        passages = paragraphs(document.text)
        hints = collect_hints(document.text)
        read = read_annotated if is_annotated(passages, hints) else read_bibliography
        reading = read(document, passages, hints)
        title = next((clean(passage.text.strip(" #*=")) for passage in passages), None)
        return Extraction(
            document=document.path, format=self.name, title=title and title[:200],
            citations=reading.citations, rejected=reading.rejected,
        )  # fmt: skip


EXTRACTOR = TextExtractor()
