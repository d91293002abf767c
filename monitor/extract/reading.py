"""The one way from a document's passages to its citations, for every format that has passages.

Each passage is scanned once (`layouts/marks.py`), whichever layout reads it then.
Annotated lists and reference lists are told apart by the passages alone, so that every layout is read
in every format.
"""

from collections.abc import Sequence

from monitor.extract.dates.values import DateHints
from monitor.extract.layouts.annotated import is_annotated, read_annotated
from monitor.extract.layouts.labelled import records
from monitor.extract.layouts.list import read_list
from monitor.extract.layouts.marks import mark_all, oversized
from monitor.extract.passage import Passage
from monitor.model.citation import Extraction
from monitor.model.document import Document


def read(
    document: Document, passages: Sequence[Passage], hints: DateHints, *, title: str | None = None
) -> Extraction:
    """Return every citation of a document's passages, in document order, and what was rejected and why.

    `hints` tell how the document writes dates, `title` is the document's own.
    """
    marked = mark_all(passages, hints)
    if is_annotated(marked):
        reading = read_annotated(document, marked)
    else:
        reading = read_list(document, records(marked, hints))
    return Extraction(
        document=document.path, format=document.format, title=title,
        citations=reading.citations, rejected=reading.rejected, notes=oversized(passages),
    )  # fmt: skip
