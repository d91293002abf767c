"""The edits a report proposes, made against the documents as they read now."""

from collections.abc import Mapping
from datetime import datetime

from monitor.errors import MonitorError
from monitor.model.document import Document
from monitor.model.finding import Amendment
from monitor.model.run import Assessment


class Amender:
    """Proposes edits; reads each document again once, since assessments come document by document."""

    def __init__(self, now: datetime, formats: Mapping[str, str]) -> None:
        self._today = now.date()
        self._formats = formats
        self._document: Document | None = None
        self._path: str | None = None

    def __call__(self, assessment: Assessment) -> Amendment | None:
        """Return the edit for one assessment; None where there is none or the document is gone."""
        if assessment.finding.edit is None:
            return None
        from monitor.amend.registry import propose

        path = assessment.citation.document
        if path != self._path:
            self._path, self._document = path, _read_again(path, self._formats.get(path))
        if self._document is None or not _still_there(self._document, assessment):
            return None
        return propose(self._document, assessment, self._today)


def _read_again(path: str, form: str | None) -> Document | None:
    from monitor.documents import read_document
    from monitor.extract.registry import FORMATS

    try:
        return read_document(path, FORMATS, format=form or None)
    except MonitorError:
        return None


def _still_there(document: Document, assessment: Assessment) -> bool:
    """Tell whether the document still reads as it did where the citation stands."""
    citation = assessment.citation
    places = [(date.span, date.text) for date in citation.access_dates]
    return citation.span.end <= len(document.text) and all(
        document.text[span.start : span.end] == text for span, text in places
    )
