"""The words of a source that a reference reproduces: the citation's quote."""

from collections.abc import Sequence

from monitor.extract.passage import Passage, clean
from monitor.model.document import Document, Span

_MARKS = {"“": "”", '"': '"', "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』"}


def excerpt(document: Document, places: Sequence[tuple[Passage, int, int]]) -> tuple[str | None, Span | None]:
    """Return the text at some places (passage, start, end), a blank line between paragraphs, and its span."""
    paragraphs: list[str] = []
    origins: list[tuple[int, int]] = []
    for passage, start, end in places:
        text = passage.text[start:end]
        begin = start + len(text) - len(text.lstrip())
        finish = start + len(text.rstrip())
        if begin < finish:
            paragraphs += [shown for piece in text.split("\n\n") if (shown := clean(piece))]
            origins.append(passage.origin(begin, finish))
    if not paragraphs:
        return None, None
    return _bare("\n\n".join(paragraphs)), document.span(origins[0][0], max(end for _, end in origins))


def _bare(text: str) -> str:
    """Return a quote without the marks that enclose it whole."""
    closers = _MARKS.get(text[:1], "")
    inner = text[1:-1]
    if len(text) > 2 and text[-1] in closers and not any(mark in inner for mark in text[0] + closers):
        return inner.strip()
    return text
