"""Jupyter notebooks: edits of the Markdown cells, escaped as JSON, each within one line of its cell.

The cells are edited as Markdown; what is written stays inside the string that holds the line, so that the
notebook stays valid and its lists of source lines stay as they are.
"""

import datetime as dt
import json

from monitor.amend.interface import NoPlace
from monitor.amend.markdown import MarkdownWriter
from monitor.extract.embedded import Embedded
from monitor.extract.formats.notebook import cells
from monitor.model.citation import AccessDate, Citation
from monitor.model.document import Document, Span
from monitor.model.finding import Amendment, Edit
from monitor.model.run import Assessment
from monitor.model.values import replaced


class NotebookWriter:
    """Writes Jupyter notebooks."""

    def amend(self, document: Document, assessment: Assessment, today: dt.date) -> Amendment | None:
        """Return the exact edit for the assessment's finding, or None where there is nothing to write."""
        source = cells(document)
        markdown = Document(path=document.path, text=source.text, format="markdown", encoding="utf-8")
        try:
            citation = _within(source, markdown, assessment.citation)
        except ValueError:
            # Spans of another version of the notebook: nothing can be said of this text.
            return None
        made = MarkdownWriter().amend(markdown, replaced(assessment, citation=citation), today)
        if made is None or not made.edits:
            return made
        edits = [_escaped(document, source, one) for one in made.edits]
        written = tuple(one for one in edits if one is not None)
        if len(written) == len(edits) and document.editable:
            return replaced(made, edits=written)
        refusal = NoPlace.ACROSS_LINES.value if document.editable else "this file cannot be edited in place"
        return replaced(
            made, edits=(), proven=False, reason=f"{made.reason}; by hand: {refusal}",
            by_hand=refusal if made.proven else "",
        )  # fmt: skip


def _within(source: Embedded, markdown: Document, citation: Citation) -> Citation:
    """Return the citation with the places it has in the text of the cells."""

    def moved(span: Span) -> Span:
        return markdown.span(*source.inner(span))

    def dated(date: AccessDate) -> AccessDate:
        span = moved(date.span)
        return replaced(date, span=span, text=markdown.verbatim(span))

    return replaced(
        citation,
        span=moved(citation.span),
        url_span=moved(citation.url_span) if citation.url_span else None,
        quote_span=None,
        access_dates=tuple(dated(one) for one in citation.access_dates),
        archived_on=dated(citation.archived_on) if citation.archived_on else None,
    )


def _escaped(document: Document, source: Embedded, edit: Edit) -> Edit | None:
    """Return an edit of the cells as one of the file; None where it would break a line of a cell."""
    if "\n" in edit.before or "\n" in edit.after:
        return None
    span = source.span(edit.span.start, edit.span.end)
    # A notebook that spells every letter in ASCII keeps doing so.
    after = json.dumps(edit.after, ensure_ascii=document.text.isascii())[1:-1]
    return Edit(span=span, before=document.verbatim(span), after=after)
