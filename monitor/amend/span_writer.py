"""What every writer shares: which edit, with what proof, as whole lines; formats fill in the spelling."""

import datetime as dt
from dataclasses import dataclass, replace

from monitor.amend import places, proof
from monitor.amend.dates import restyle
from monitor.model.citation import LIST_DATE, Citation
from monitor.model.document import Document
from monitor.model.finding import Amendment, AmendmentKind, Edit
from monitor.model.run import Assessment
from monitor.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLink:
    """An archive link to add: `url` is the snapshot's address, safe in every format."""

    document: Document
    assessment: Assessment
    snapshot: Snapshot
    url: str


class SpanWriter:
    """Base of the writers. A subclass says how an address is spelled and where an archive link goes.

    `archive` returns no edits where it finds no safe place: the link is then shown for a person to copy.
    """

    formats: tuple[str, ...] = ()
    spells_addresses = True
    """False where the spelling of an address in this format is not known."""

    def spell_url(self, url: str) -> str:
        """Return a safe address as this format writes it in the place of the cited one."""
        return url

    def archive(self, link: ArchiveLink) -> list[Edit]:
        """Return the edits that add the link."""
        raise NotImplementedError

    def archive_text(self, link: ArchiveLink) -> str:
        """Return what a person copies where `archive` finds no place."""
        return link.url

    def amend(self, document: Document, assessment: Assessment, today: dt.date) -> Amendment | None:
        """Return the exact edit for the assessment's finding, or None where there is nothing to write."""
        kind = proof.wanted(assessment)
        try:
            match kind:
                case AmendmentKind.ADD_ARCHIVE:
                    return self._add_archive(document, assessment)
                case AmendmentKind.REFRESH_DATE:
                    return self._refresh_date(document, assessment, today)
                case AmendmentKind.REPLACE_URL:
                    return self._replace_url(document, assessment)
                case AmendmentKind.FIX_URL:
                    return self._fix_url(document, assessment)
                case None:
                    return None
        except ValueError:
            # Spans of another version or part of the document: nothing can be said of this text.
            return None

    def _made(
        self,
        document: Document,
        kind: AmendmentKind,
        edits: list[Edit],
        *,
        proven: bool,
        reason: str,
        text: str,
    ) -> Amendment:
        if not edits:
            return Amendment(kind=kind, replacement=text, reason=f"{reason}; to be put in by hand")
        made = Amendment(
            kind=kind,
            replacement=places.changed_lines(document, edits),
            current=places.present_lines(document, edits),
            reason=reason,
        )
        if not document.editable:
            return replace(made, reason=f"{reason}; this file cannot be edited in place")
        return replace(made, edits=tuple(edits), proven=proven)

    def _add_archive(self, document: Document, assessment: Assessment) -> Amendment | None:
        snapshot = proof.snapshot(assessment)
        url = places.safe_url(snapshot.url) if snapshot else None
        if snapshot is None or url is None or self._stands(document, assessment, url):
            return None
        proven = proof.archive_proof(assessment)
        link = ArchiveLink(document=document, assessment=assessment, snapshot=snapshot, url=url)
        return self._made(
            document,
            AmendmentKind.ADD_ARCHIVE,
            self.archive(link),
            proven=proven is not None,
            reason=proven or "the archived copy was not verified",
            text=self.archive_text(link),
        )

    def _stands(self, document: Document, assessment: Assessment, url: str) -> bool:
        """Tell whether the link already stands with the citation, so that a second run adds nothing."""
        start, end = places.local(document, assessment.citation.span)
        window = document.text[start : end + len(url) + 200]
        return url in window or self.spell_url(url) in window

    def _refresh_date(self, document: Document, assessment: Assessment, today: dt.date) -> Amendment | None:
        claim, day = assessment.citation.access_date, proof.refresh_day(assessment, today)
        proven = proof.refresh_proof(assessment)
        if claim is None or claim.date is None or day is None or proven is None:
            return None
        if _of_list(assessment.citation):
            # Said of a whole list, the date is no single source's to renew.
            return None
        start, end = places.local(document, claim.span)
        written = document.text[start:end]
        if written != claim.text:
            return None
        line, _ = places.line_bounds(document.text, start)
        new = restyle(written, claim.date, day, document.text[max(line, start - 60) : start])
        if new == written:
            return None
        return self._made(
            document,
            AmendmentKind.REFRESH_DATE,
            [places.edit(document, start, end, new)] if new else [],
            proven=True,
            reason=proven if new else f"{proven}, but the way the date is written is not understood",
            text=day.isoformat(),
        )

    def _replace_url(self, document: Document, assessment: Assessment) -> Amendment | None:
        target = proof.move_target(assessment)
        url = places.safe_url(target) if target else None
        if url is None:
            return None
        confirmed = assessment.finding.proven
        return self._made(
            document,
            AmendmentKind.REPLACE_URL,
            self._address(document, assessment, url),
            proven=confirmed,
            reason="the move was seen again and again" if confirmed else "the move is not confirmed yet",
            text=url,
        )

    def _fix_url(self, document: Document, assessment: Assessment) -> Amendment | None:
        cited = assessment.citation.url
        url = places.safe_url(cited) if cited else None
        if url is None or not assessment.citation.repairs:
            return None
        proven = proof.only_punctuation(assessment)
        return self._made(
            document,
            AmendmentKind.FIX_URL,
            self._address(document, assessment, url),
            proven=proven,
            reason="; ".join(dict.fromkeys(repair.kind for repair in assessment.citation.repairs)),
            text=url,
        )

    def _address(self, document: Document, assessment: Assessment, url: str) -> list[Edit]:
        span = assessment.citation.url_span
        if span is None or not self.spells_addresses:
            return []
        start, end = places.local(document, span)
        spelled = self.spell_url(url)
        if document.text[start:end] == spelled:
            return []
        return [places.edit(document, start, end, spelled)]


def _of_list(citation: Citation) -> bool:
    return LIST_DATE in citation.notes


def anchor(document: Document, assessment: Assessment) -> tuple[int, int] | None:
    """Return the range an archive link belongs to: the last access date, else the address."""
    citation = assessment.citation
    spans = [] if _of_list(citation) else [date.span for date in citation.access_dates]
    if not spans and citation.url_span is not None:
        spans = [citation.url_span]
    return places.local(document, max(spans, key=lambda span: span.start)) if spans else None
