"""HTML: saved web pages, Word exports, Wikipedia's own HTML, and what their comments cite."""

from collections.abc import Iterator
from dataclasses import replace

from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.extract.formats.html_passages import html_passages
from monitor.extract.passage import Kind, Passage, clean
from monitor.extract.reading import read
from monitor.model.citation import COMMENTED, Citation, Extraction
from monitor.model.document import Document
from monitor.model.values import replaced

_LONGEST_COMMENT = 20_000


class HtmlExtractor:
    """Reads HTML pages: saved web pages, Word exports, Wikipedia's own HTML."""

    name = "html"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the page as its reader sees it."""
        return html_passages(document.text)[0]

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        passages, title = html_passages(document.text)
        hints = collect_hints("\n".join(passage.text[:2000] for passage in passages))
        heading = next((clean(passage.text) for passage in passages if passage.kind is Kind.HEADING), None)
        found = read(document, passages, hints, title=title or heading)
        hidden = tuple(_commented(document, hints)) if "<!--" in document.text else ()
        if not hidden:
            return found
        return replace(
            found, citations=tuple(sorted((*found.citations, *hidden), key=lambda one: one.span.start))
        )


def _commented(document: Document, hints: DateHints) -> Iterator[Citation]:
    """Yield what comments of the page cite with an access date; each says that no reader sees it."""
    end = 0
    while (start := document.text.find("<!--", end) + 4) > 3 and (
        end := document.text.find("-->", start)
    ) >= 0:
        if end - start > _LONGEST_COMMENT or document.text.startswith("[if", start):
            continue
        if document.text.find("://", start, end) >= 0:
            for one in read(document, html_passages(document.text, start, end)[0], hints).citations:
                if one.url and one.access_dates:
                    yield replaced(one, notes=(*one.notes, COMMENTED))


EXTRACTOR = HtmlExtractor()
