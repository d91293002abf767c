"""Finding a judged citation in the document as it reads now.

What a run read and what an edit is made in may be days apart. A citation that says, word for word, what
was judged is found again wherever it stands; one that says something else gets no edit.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from monitor.amend import proof
from monitor.amend.mend import mended
from monitor.model.citation import Citation, text_digest_of
from monitor.model.document import Document
from monitor.model.finding import AmendmentKind
from monitor.model.run import Assessment
from monitor.model.urls import canonical_url, host_key
from monitor.model.values import replaced


def stands(document: Document, citation: Citation) -> bool:
    """Tell whether a citation stands where it was read, word for word, its address included.

    False also where only reading the document again can tell: an address that is written elsewhere.
    """
    try:
        written = document.held(citation.url_span) if citation.url_span else ""
        return (
            bool(citation.text_digest)
            and (citation.url is None or host_key(citation.url) in written.casefold())
            and text_digest_of(document, citation) == citation.text_digest
        )
    except ValueError:
        return False


class CitedNow:
    """What a document cites as it reads now, by text, key and address."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        self._citations = citations

    def saying(self, digest: str) -> Sequence[Citation]:
        """Return those that say the same, word for word; none for the digest of nothing."""
        return self._by_text.get(digest, ()) if digest else ()

    def own(self, citation: Citation) -> Citation | None:
        """Return the first that bears a citation's key, or says as little of where its source is."""
        if citation.url_span is not None:
            return self._by_key.get(citation.key)
        same = (one for one in self._citations if one.key == citation.key or _unlocated_twin(citation, one))
        return next(same, None)

    @cached_property
    def addresses(self) -> Collection[str | None]:
        """The identities of the cited sources."""
        return {one.canonical_url for one in self._citations}

    @cached_property
    def _by_text(self) -> Mapping[str, Sequence[Citation]]:
        found: dict[str, list[Citation]] = {}
        for one in self._citations:
            found.setdefault(one.text_digest, []).append(one)
        return found

    @cached_property
    def _by_key(self) -> Mapping[str, Citation]:
        return {one.key: one for one in reversed(self._citations)}


def anchored(citation: Citation, now: CitedNow) -> Citation | None:
    """Return a citation with the places it has among those the document holds now; None where it has none.

    Of several that say the same, the one of its own number among equals is meant, else none.
    """
    same = now.saying(citation.text_digest)
    own = [one for one in same if one.key == citation.key]
    found = own or same
    if len(found) != 1:
        return None
    places = {date.text: date.span for date in found[0].access_dates}
    dates = tuple(replaced(date, span=places.get(date.text, date.span)) for date in citation.access_dates)
    copied = found[0].archived_on
    return replaced(
        citation,
        span=found[0].span,
        url_span=found[0].url_span,
        quote_span=found[0].quote_span,
        access_dates=dates,
        archived_on=replaced(citation.archived_on, span=copied.span)
        if citation.archived_on and copied
        else citation.archived_on,
    )


def already_made(assessment: Assessment, now: CitedNow) -> bool:
    """Tell whether the document says by now what the assessment's edit would make it say."""
    citation, kind = assessment.citation, assessment.finding.edit
    own = now.own(citation)
    if kind is None:
        return True
    if kind in (AmendmentKind.REPLACE_URL, AmendmentKind.FIX_URL):
        moved = kind is AmendmentKind.REPLACE_URL
        target = proof.move_target(assessment) if moved else mended(citation).url
        return own is None and target is not None and canonical_url(target) in now.addresses
    if own is None:
        return False
    if kind is AmendmentKind.ADD_ARCHIVE:
        return own.archive_url is not None and _copy(own) != _copy(citation)
    if kind is AmendmentKind.UNMARK_DEAD:
        return not own.marked_dead
    return _renewed(assessment, own)


def _renewed(assessment: Assessment, own: Citation) -> bool:
    """Tell whether a date was renewed: to the day of the proof, or by a person to a later one."""
    old, new = assessment.citation.access_date, own.access_date
    proven_on = proof.refresh_day(assessment, dt.date.max)
    if old is None or new is None or proven_on is None or old.date == new.date:
        return False
    return new.last_day is not None and new.last_day >= proven_on


def _copy(citation: Citation) -> tuple[str | None, str | None]:
    """Return the archived copy a citation links, and the day it gives for it."""
    return citation.archive_url, citation.archived_on.date if citation.archived_on else None


def _unlocated_twin(citation: Citation, one: Citation) -> bool:
    """Tell whether a citation is the one whose address the document did not say, and still does not."""
    return citation.url_span is None and one.url is None and one.title == citation.title
