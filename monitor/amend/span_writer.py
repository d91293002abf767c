"""What every writer shares: which edit, with what proof, as whole lines; formats fill in the spelling."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from monitor.amend import places, proof
from monitor.amend.date_place import widened
from monitor.amend.dates import Unread, restyle
from monitor.amend.dead_mark import dead_mark
from monitor.amend.interface import NoPlace
from monitor.amend.mend import mended, only_punctuation
from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.model.citation import LIST_DATE, Citation, misdated_copy
from monitor.model.document import Document
from monitor.model.finding import Amendment, AmendmentKind, Edit
from monitor.model.run import Assessment
from monitor.model.snapshot import Snapshot
from monitor.model.values import replaced

_LOOK_BACK = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLink:
    """An archive link to add: `url` is the snapshot's address, safe in every format."""

    document: Document
    assessment: Assessment
    snapshot: Snapshot
    url: str


class SpanWriter:
    """Base of the writers. A subclass says how an address is spelled and where an archive link goes.

    Where a method returns `NoPlace`, nothing is edited: what to write is shown for a person to copy.
    """

    date_markup: re.Pattern[str] | None = None
    """What may stand inside a written date and means nothing: "&nbsp;", "<b>"."""

    def spell_url(self, url: str) -> str:
        """Return a safe address as this format writes it in the place of the cited one."""
        return url

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Return the edits that add the link."""
        raise NotImplementedError

    def exchanged(self, link: ArchiveLink, start: int, end: int) -> list[Edit] | NoPlace:
        """Return the edits that replace the archive link at `start:end`."""
        return [places.edit(link.document, start, end, self.spell_url(link.url))]

    def archive_text(self, link: ArchiveLink) -> str:
        """Return what a person copies where `archive` finds no place."""
        return link.url

    def addresses(self, document: Document, start: int, end: int, url: str) -> list[Edit] | NoPlace:
        """Return the edits that put `url` where the address at `start:end` is written."""
        return [places.edit(document, start, end, self.spell_url(url))]

    def repeated_dates(self, document: Document, citation: Citation) -> Iterable[tuple[int, int]]:  # noqa: ARG002 - most formats say it once
        """Return where else the citation says its access date; what is refreshed is refreshed everywhere."""
        return ()

    def revived(self, document: Document, citation: Citation) -> list[Edit]:
        """Return the edits that take back what a document says of a dead link, now that the page was read."""
        if not citation.marked_dead:
            return []
        found = dead_mark(document.text, *places.local(document, citation.span))
        return [places.edit(document, *found, "")] if found else []

    def fitted(self, document: Document, edits: list[Edit]) -> list[Edit] | NoPlace:  # noqa: ARG002 - few formats are drawn
        """Return edits that keep the layout around them."""
        return edits

    def forbidden(self, document: Document, assessment: Assessment) -> str | None:  # noqa: ARG002 - few formats can say so
        """Return why the document asks programs not to edit here; None where it does not."""
        return None

    def amend(self, document: Document, assessment: Assessment, today: dt.date) -> Amendment | None:
        """Return the exact edit for the assessment's finding, or None where there is nothing to write."""
        try:
            made = self._amend(document, assessment, today)
            asked = self.forbidden(document, assessment) if made and made.edits else None
        except ValueError:
            # Spans of another version or part of the document: nothing can be said of this text.
            return None
        return made if made is None or asked is None else _unproven(made, asked)

    def _amend(self, document: Document, assessment: Assessment, today: dt.date) -> Amendment | None:
        match proof.wanted(assessment):
            case AmendmentKind.ADD_ARCHIVE:
                return self._add_archive(document, assessment)
            case AmendmentKind.REFRESH_DATE:
                return self._refresh_date(document, assessment, today)
            case AmendmentKind.REPLACE_URL:
                return self._replace_url(document, assessment)
            case AmendmentKind.FIX_URL:
                return self._fix_url(document, assessment)
            case AmendmentKind.UNMARK_DEAD:
                return self._unmark_dead(document, assessment)
            case None:
                return None

    def _made(
        self,
        document: Document,
        kind: AmendmentKind,
        edits: list[Edit] | NoPlace | Unread,
        *,
        proven: bool,
        reason: str,
        text: str,
    ) -> Amendment | None:
        if isinstance(edits, NoPlace | Unread):
            refusal = _refusal(edits)
            return Amendment(
                kind=kind,
                replacement=text,
                reason=f"{reason}; by hand: {refusal}",
                by_hand=refusal if proven else "",
            )
        fitted = self.fitted(document, [edit for edit in edits if edit.before != edit.after])
        if isinstance(fitted, NoPlace):
            return self._made(document, kind, fitted, proven=proven, reason=reason, text=text)
        if not (edits := fitted):
            return None
        current, new = places.rewritten(document, edits)
        if not document.editable:
            refusal = "this file cannot be edited in place"
            return Amendment(
                kind=kind,
                replacement=new,
                current=current,
                reason=f"{reason}; {refusal}",
                by_hand=refusal if proven else "",
            )
        return Amendment(
            kind=kind, replacement=new, current=current, reason=reason, edits=tuple(edits), proven=proven
        )

    def _add_archive(self, document: Document, assessment: Assessment) -> Amendment | None:
        covered = assessment.coverage
        if assessment.citation.archive_url and (covered is None or covered.link_fault is None):
            return self._date_archive(document, assessment)
        snapshot = proof.snapshot(assessment)
        url = places.safe_url(snapshot.url) if snapshot else None
        if snapshot is None or url is None or self._stands(document, assessment, url):
            return None
        proven = proof.archive_proof(assessment)
        link = ArchiveLink(document=document, assessment=assessment, snapshot=snapshot, url=url)
        return self._made(
            document,
            AmendmentKind.ADD_ARCHIVE,
            self._exchanged_archive(link) if assessment.citation.archive_url else self.archive(link),
            proven=proven is not None,
            reason=proven or "the archived copy was not verified",
            text=self.archive_text(link),
        )

    def _date_archive(self, document: Document, assessment: Assessment) -> Amendment | None:
        """Write the day of the copy a citation links, where the citation dates that copy otherwise."""
        written, day = assessment.citation.archived_on, misdated_copy(assessment.citation)
        if written is None or written.date is None or day is None:
            return None
        start, end = places.local(document, written.span)
        if document.text[start:end] != written.text:
            return None
        edits = self._new_dates(document, written.date, day, {(start, end)})
        reason = "the address of the copy tells when it was made"
        kind = AmendmentKind.ADD_ARCHIVE
        return self._made(document, kind, edits, proven=True, reason=reason, text=day.isoformat())

    def _exchanged_archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Return the edits that put a link in the place of the one that shows something else."""
        old, citation = link.assessment.citation.archive_url or "", link.assessment.citation
        start, end = places.local(link.document, citation.span)
        written = re.compile(re.escape(old)).finditer(link.document.text, start, end + 2 * len(old))
        found = [one.span() for one in written]
        cited = places.local(link.document, citation.url_span) if citation.url_span else (0, 0)
        # An archive link may be the cited address once more.
        beside = [one for one in found if not cited[0] <= one[0] < cited[1]] if len(found) > 1 else found
        return self.exchanged(link, *beside[0]) if len(beside) == 1 else NoPlace.NOWHERE

    def _stands(self, document: Document, assessment: Assessment, url: str) -> bool:
        """Tell whether the link already stands with the citation, so that a second run adds nothing."""
        start, end = places.local(document, assessment.citation.span)
        window = document.text[start : end + len(url) + 200]
        return url in window or self.spell_url(url) in window

    def _refresh_date(self, document: Document, assessment: Assessment, today: dt.date) -> Amendment | None:
        citation = assessment.citation
        claim, day = citation.access_date, proof.refresh_day(assessment, today)
        proven = proof.refresh_proof(assessment)
        if claim is None or claim.date is None or day is None or proven is None:
            return None
        if _of_list(citation):
            # Said of a whole list, the date is no single source's to renew.
            return None
        start, end = places.local(document, claim.span)
        if document.text[start:end] != claim.text:
            return None
        edits = self._new_dates(
            document, claim.date, day, {(start, end), *self.repeated_dates(document, citation)}
        )
        if not isinstance(edits, Unread):
            edits += self.revived(document, citation)
        return self._made(
            document, AmendmentKind.REFRESH_DATE, edits, proven=True, reason=proven, text=day.isoformat()
        )

    def _new_dates(
        self, document: Document, iso: str, day: dt.date, written: set[tuple[int, int]]
    ) -> list[Edit] | Unread:
        edits: list[Edit] = []
        for start, end in sorted({widened(document.text, *place) for place in written}):
            if edits and start < places.local(document, edits[-1].span)[1]:
                continue
            new = self.date_text(document, start, end, iso, day)
            if isinstance(new, Unread):
                return new
            edits.append(places.edit(document, start, end, new))
        return edits

    def date_text(self, document: Document, start: int, end: int, iso: str, day: dt.date) -> str | Unread:
        """Return the date written at `start:end`, which means `iso`, as it reads when it means `day`."""
        text = document.text
        line = places.line_start(text, start)
        return restyle(
            text[start:end],
            iso,
            day,
            before=text[max(line, start - _LOOK_BACK) : start],
            hints=hints(text),
            markup=self.date_markup,
        )

    def _replace_url(self, document: Document, assessment: Assessment) -> Amendment | None:
        target = proof.move_target(assessment)
        url = places.safe_url(target) if target else None
        if url is None:
            return None
        edits = self._address(document, assessment, url)
        return self._made(
            document,
            AmendmentKind.REPLACE_URL,
            edits if isinstance(edits, NoPlace) else [*edits, *self.revived(document, assessment.citation)],
            proven=assessment.finding.proven,
            reason=proof.move_reason(assessment),
            text=url,
        )

    def _fix_url(self, document: Document, assessment: Assessment) -> Amendment | None:
        found = mended(assessment.citation)
        url = places.safe_url(found.url) if found.url else None
        if url is None or not found.repairs:
            return None
        return self._made(
            document,
            AmendmentKind.FIX_URL,
            self._address(document, assessment, url),
            proven=only_punctuation(assessment.citation),
            reason="; ".join(dict.fromkeys(repair.kind for repair in found.repairs)),
            text=url,
        )

    def _unmark_dead(self, document: Document, assessment: Assessment) -> Amendment | None:
        """Take away what calls the link dead; shown for a person where the format has no mark of its own."""
        proven = proof.refresh_proof(assessment)
        return self._made(
            document,
            AmendmentKind.UNMARK_DEAD,
            self.revived(document, assessment.citation) or NoPlace.NO_MARK,
            proven=proven is not None,
            reason=proven or "the page is there; that it shows what is cited is not proven",
            text="",
        )

    def _address(self, document: Document, assessment: Assessment, url: str) -> list[Edit] | NoPlace:
        span = assessment.citation.url_span
        if span is None:
            return NoPlace.NOWHERE
        return self.addresses(document, *places.local(document, span), url)


def _of_list(citation: Citation) -> bool:
    return LIST_DATE in citation.notes


def _refusal(refused: NoPlace | Unread) -> str:
    if isinstance(refused, NoPlace):
        return refused.value
    return f"the way the date is written is not understood at “{refused.part}”"


def _unproven(made: Amendment, asked: str) -> Amendment:
    return replaced(
        made, proven=False, reason=f"{made.reason}; {asked}", by_hand=asked if made.proven else ""
    )


@lru_cache(maxsize=4)
def hints(text: str) -> DateHints:
    """Return what a document's own dates tell of their order and language."""
    return collect_hints(text)


def anchor(document: Document, assessment: Assessment) -> tuple[int, int] | None:
    """Return the range an archive link belongs to: the later of the last access date and the address.

    "Retrieved 3 May 2015, from ADDRESS" is one statement, so are "ADDRESS (accessed 3 May 2015)" and
    "[cited 2015 May 3]. Available from: ADDRESS": the link goes after the whole.
    """
    citation = assessment.citation
    address = places.local(document, citation.url_span) if citation.url_span else None
    if address is not None:
        _, end = places.local(document, citation.span)
        # In a line behind the citation stands the definition its link refers to.
        address = address if "\n" not in document.text[end : address[0]] else None
    own = () if _of_list(citation) else citation.access_dates
    dates = [places.local(document, date.span) for date in own]
    if address is None or not dates:
        return max(dates, default=address)
    last = max(dates)
    between = document.text[address[1] : last[0]].replace(citation.url or "", "")
    # A date that stands behind a further source is said of both: each keeps its own link beside it.
    return address if last < address or "://" in between else last
