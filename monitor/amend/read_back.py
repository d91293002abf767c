"""Whether a document, once edited, says what was intended: read again, it must yield the same citations.

Writers know markup; what a reader makes of the whole is only known by reading it. An edit after which
a citation is lost, gained, or says something that nobody asked for, is not made.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.amend import proof
from monitor.amend.anchoring import CitedNow, anchored, stands
from monitor.amend.dates import TIME_AFTER
from monitor.amend.dead_mark import unmarked
from monitor.amend.mend import mended
from monitor.amend.places import local, safe_url
from monitor.model.citation import Citation, Extraction, misdated_copy
from monitor.model.document import Document
from monitor.model.finding import Amendment, AmendmentKind, Edit
from monitor.model.run import Assessment
from monitor.model.urls import canonical_url

Reader = Callable[[Document], Extraction]
_Name = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What came of reading the edited text: assessments whose edits hold, and those whose do not."""

    kept: tuple[Assessment, ...]
    refused: tuple[Assessment, ...]


def read_back(
    document: Document,
    assessments: Sequence[Assessment],
    today: dt.date,
    read: Reader,
    known: Sequence[Citation] = (),
) -> ReadBack:
    """Return which of the assessments' amendments may be made together.

    All are tried at once; where that fails, halves are, so that few wrong ones cost few readings.
    `known` is what this very document was found to say before: where all edits hold beside that, it is
    not read once more. It speaks for edits, never against them: an address that was found elsewhere, or
    is shown without its password, is not what the document says.
    """
    if known:
        now = CitedNow(known)
        together = {_placed(document, one, now): one for one in assessments}
        if _holds(document, known, together, today, read):
            return ReadBack(tuple(assessments), ())
    before = read(document).citations
    now = CitedNow(before)
    placed = {id(one): _placed(document, one, now) for one in assessments}
    kept: list[Assessment] = []
    refused: list[Assessment] = []

    def settle(group: Sequence[Assessment], *, fails: bool = False) -> None:
        if not group:
            return
        together = {placed[id(one)]: one for one in (*kept, *group)}
        if not fails and _holds(document, before, together, today, read):
            kept.extend(group)
        elif len(group) == 1:
            refused.extend(group)
        else:
            middle, fewer = len(group) // 2, len(refused)
            settle(group[:middle])
            # Where all of the first half is kept, the rest beside it is what failed just now.
            settle(group[middle:], fails=len(refused) == fewer)

    settle(assessments)
    return ReadBack(tuple(kept), tuple(refused))


def edited(document: Document, amendments: Sequence[Amendment]) -> Document:
    """Return the document with edits made in its text; equal edits once."""
    edits = dict.fromkeys(edit for amendment in amendments for edit in amendment.edits)
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=_place):
        start, end = local(document, edit.span)
        pieces += [document.text[position:start], edit.after]
        position = max(position, end)
    return replace(document, text="".join([*pieces, document.text[position:]]), sha256="")


def _place(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end


def _holds(
    document: Document,
    before: Sequence[Citation],
    wanted: Mapping[_Name, Assessment],
    today: dt.date,
    read: Reader,
) -> bool:
    amendments = [one.amendment for one in wanted.values() if one.amendment is not None]
    after = read(edited(document, amendments)).citations
    if len(before) != len(after):
        return False
    return all(
        _as_intended(old, new, wanted.get(_name(old)), today) for old, new in zip(before, after, strict=True)
    )


def _placed(document: Document, assessment: Assessment, now: CitedNow) -> _Name:
    """Return the name of a judged citation among those the document holds now."""
    citation = assessment.citation
    if not stands(document, citation):
        citation = anchored(citation, now) or citation
    return _name(citation)


def _name(citation: Citation) -> _Name:
    return citation.span.start, citation.span.end, citation.text_digest


def _as_intended(old: Citation, new: Citation, assessment: Assessment | None, today: dt.date) -> bool:
    kind = assessment.amendment.kind if assessment and assessment.amendment else None
    told = _essence(old)
    match kind:
        case AmendmentKind.ADD_ARCHIVE:
            same = old.archive_url == new.archive_url
            if assessment is None or not (_redated(old, new) if same else _archived(new, assessment)):
                return False
            told["archive"] = new.archive_url
            if old.url is None and _same(new.url, assessment.citation.url):
                # The address was found elsewhere; the archived copy's names it.
                told["url"] = new.url
        case AmendmentKind.REFRESH_DATE if assessment is not None:
            told["dates"] = _refreshed(old, assessment, today)
            told["title"] = _retold(old, new)
            if _without_times(old.attribution) == new.attribution:
                told["attribution"] = new.attribution
        case AmendmentKind.REPLACE_URL | AmendmentKind.FIX_URL if assessment is not None:
            moved = kind is AmendmentKind.REPLACE_URL
            target = proof.move_target(assessment) if moved else mended(old).url
            if target is None or not _same(new.url, safe_url(target)):
                return False
            told["url"] = new.url
            if _bare_title(old) == _bare_title(new):
                # Where nothing else names a source, its address is part of the title.
                told["title"] = new.title
        case AmendmentKind.UNMARK_DEAD if new.marked_dead:
            return False
        case _:
            pass
    if old.marked_dead and not new.marked_dead:
        told["attribution"] = new.attribution if _unmarked_alike(old, new) else old.attribution
    return told == _essence(new)


def _unmarked_alike(old: Citation, new: Citation) -> bool:
    return unmarked(old.attribution) == unmarked(new.attribution)


def _essence(citation: Citation) -> dict[str, object]:
    """Return what a citation says, without places; that a link is dead may be said anew or no more."""
    return {
        "title": citation.title,
        "attribution": citation.attribution,
        "url": citation.url,
        "dates": tuple(dict.fromkeys(date.date for date in citation.access_dates)),
        "missing": citation.access_date_missing,
        "archive": citation.archive_url,
        "quote": citation.quote,
        "published": citation.published,
    }


def _archived(new: Citation, assessment: Assessment) -> bool:
    covered = assessment.coverage
    snapshot = covered.snapshot if covered else None
    return snapshot is not None and _same(new.archive_url, safe_url(snapshot.url))


def _redated(old: Citation, new: Citation) -> bool:
    """Tell whether the copy is the same and bears by now the day it was made."""
    day, written = misdated_copy(old), new.archived_on
    if day is None or written is None or written.date is None:
        return False
    return written.date == day.isoformat()[: len(written.date)]


def _refreshed(old: Citation, assessment: Assessment, today: dt.date) -> tuple[str | None, ...]:
    claim, day = old.access_date, proof.refresh_day(assessment, today)
    if claim is None or claim.date is None or day is None:
        return ()
    new = day.isoformat()[: len(claim.date)]
    return tuple(dict.fromkeys(new if date.date == claim.date else date.date for date in old.access_dates))


def _without_times(attribution: str | None) -> str | None:
    """Return an attribution without the times of day that stood behind the date, and go with it."""
    parts = (attribution or "").split(", ")
    kept = [part for part in parts if not (TIME_AFTER.fullmatch(part) or TIME_AFTER.fullmatch(f" {part}"))]
    return ", ".join(kept) or None


def _retold(old: Citation, new: Citation) -> str | None:
    """Return the title as it reads where it holds the access date itself: "[3 May 2015](address)"."""
    claims = old.access_date, new.access_date
    if old.title is None or claims[0] is None or claims[1] is None:
        return old.title
    return old.title.replace(claims[0].text, claims[1].text)


def _bare_title(citation: Citation) -> str | None:
    if citation.title is None or citation.url is None:
        return citation.title
    return citation.title.replace(citation.url.rstrip("/"), "").rstrip("/ ")


def _same(one: str | None, other: str | None) -> bool:
    """Tell whether two spellings are one address; brackets and quotes may be escaped to suit a markup."""
    return bool(one and other) and _folded(one or "") == _folded(other or "")


_ESCAPED: Mapping[str, str] = {"%28": "(", "%29": ")", "%27": "'", "%7E": "~", "%5F": "_"}


def _folded(url: str) -> str:
    name = canonical_url(url)
    for escaped, sign in _ESCAPED.items():
        name = name.replace(escaped, sign)
    return name
