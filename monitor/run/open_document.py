"""The edits of one document, made against it as it reads now; loaded where the first edit is asked for."""

import datetime as dt
from functools import cached_property

from monitor.amend.anchoring import CitedNow, already_made, anchored, stands
from monitor.amend.registry import propose
from monitor.extract.registry import extract
from monitor.model.document import Document
from monitor.model.finding import Amendment, AmendmentKind, Obstacle
from monitor.model.run import Assessment
from monitor.model.values import replaced


class OpenDocument:
    """Makes the edits of a document; what it cites now is read where an edit turns on it."""

    def __init__(self, document: Document, today: dt.date) -> None:
        self._document, self._today = document, today

    @cached_property
    def _cited(self) -> CitedNow:
        return CitedNow(extract(self._document).citations)

    def edit(self, assessment: Assessment) -> Amendment | Obstacle | None:
        """Return the edit an assessment asks for, or what stands in its way; None where there is none."""
        unmarks = assessment.finding.edit is AmendmentKind.UNMARK_DEAD
        # A mark may stand beside the words a citation is known by: they are the same when it is gone.
        if unmarks and already_made(assessment, self._cited):
            return Obstacle.MADE
        if stands(self._document, assessment.citation):
            return propose(self._document, assessment, self._today)
        citation = anchored(assessment.citation, self._cited)
        if citation is None:
            return Obstacle.MADE if already_made(assessment, self._cited) else Obstacle.CHANGED
        return propose(self._document, replaced(assessment, citation=citation), self._today)
