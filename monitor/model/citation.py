"""Citations: mentions of cited sources, with their access dates."""

import datetime as dt
import hashlib
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from monitor.model.document import Document, Span
from monitor.model.urls import canonical_url, masked, masked_text
from monitor.model.values import replaced

FIRST_WEB_ARCHIVE = dt.date(1996, 1, 1)
"""Before this day nobody archived the web; earlier dates give no interval (docs/design.md#snapshots)."""

ZONE_SLACK = dt.timedelta(hours=14)
"""A day is a day somewhere on earth: UTC+14 is the farthest offset in use (docs/design.md#snapshots)."""


class Precision(StrEnum):
    """How much of a date was written."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class TitleCertainty(StrEnum):
    """How sure it is that a citation's title is the source's."""

    GIVEN = "given"
    """The document says so: a field, a link's own words, italics, quotation marks."""
    STYLED = "styled"
    """It stands where a reference style that shows itself puts the title."""
    GUESSED = "guessed"
    """Nothing but the words tell it from author and publisher."""


SNAPSHOT_ORIGINAL = "original of a snapshot"
"""A repair's kind: the address is what the cited snapshot is a snapshot of."""

LIST_DATE = "the access date is said of the whole list"
"""A citation's note: its access date stands beside the list, for every entry of it."""


COMMENTED = "it stands in a comment, which readers of the page do not see"
"""A citation's note."""


class AccessDate(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A person's claim "I saw this then".

    `date` is ISO 8601 cut to what was written (`2011-02-17`, `2011-02`, `2011`), or None when the
    text is an access date that names no possible day (31 February). `text` is the verbatim text
    of the date alone, at `span`. `repair` says what was mended, e.g. "misspelt month Feburary".
    """

    date: str | None
    text: str
    span: Span
    repair: str | None = None

    @property
    def precision(self) -> Precision | None:
        """Return the precision of `date`; None with it."""
        if self.date is None:
            return None
        return (Precision.YEAR, Precision.MONTH, Precision.DAY)[self.date.count("-")]

    @property
    def first_day(self) -> dt.date | None:
        """Return the first day the date may mean."""
        return first_day(self.date)

    @property
    def last_day(self) -> dt.date | None:
        """Return the last day the date may mean."""
        return last_day(self.date)


@lru_cache(maxsize=4096)
def first_day(iso: str | None) -> dt.date | None:
    """Return the first day of an ISO date of any precision; None for None."""
    if iso is None:
        return None
    year, month, day = _parts(iso)
    return dt.date(year, month or 1, day or 1)


@lru_cache(maxsize=4096)
def last_day(iso: str | None) -> dt.date | None:
    """Return the last day of an ISO date of any precision; None for None."""
    if iso is None:
        return None
    year, month, day = _parts(iso)
    month = month or 12
    return dt.date(year, month, day or monthrange(year, month)[1])


def _parts(iso: str) -> tuple[int, int | None, int | None]:
    year, *rest = (int(part) for part in iso.split("-"))
    month, day = (*rest, None, None)[:2]
    return year, month, day


def access_interval(iso: str | None, now: dt.datetime) -> tuple[dt.datetime, dt.datetime] | None:
    """Return the instants between which the author looked, widened by 14 h each side.

    None for a missing, impossible, future or pre-1996 date: then any capture holding the
    quote is right (docs/design.md#snapshots).
    """
    begin, end = first_day(iso), last_day(iso)
    if begin is None or end is None or end < FIRST_WEB_ARCHIVE:
        return None
    opens = dt.datetime.combine(begin, dt.time.min, dt.UTC) - ZONE_SLACK
    if opens > now:
        return None
    # To the midnight that ends the day, so that the middle of a day is noon and a tie can be one.
    closes = dt.datetime.combine(end + dt.timedelta(days=1), dt.time.min, dt.UTC) + ZONE_SLACK
    return opens, closes


class Repair(Struct, frozen=True, omit_defaults=True, gc=False):
    """One mending of what was written: `kind` as in "scheme added", `before` and `after` as text."""

    kind: str
    before: str
    after: str


class Citation(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One mention of a source at one place of a document.

    `url` is the address to request: as cited after `repairs`; None for an unlocated citation,
    then `unlocated_reason` says why. `left_off` is the punctuation mark behind an address in running
    text: most likely the sentence's, at times the address's own. `url_span` and the spans of the access
    dates point at the verbatim text, for amendments. `published` is the source's own publication date
    where the citation states one (ISO, at the precision written). `marked_dead` is true where the document
    itself already calls the link dead; `title_certainty` is None without a title. `key` names the
    citation across runs; `with_keys` sets it.
    `text_digest` tells whether the document still says it word for word (`text_digest_of`).
    """

    document: str
    span: Span
    title: str | None = None
    title_certainty: TitleCertainty | None = None
    attribution: str | None = None
    url: str | None = None
    url_span: Span | None = None
    left_off: str = ""
    access_dates: tuple[AccessDate, ...] = ()
    access_date_missing: bool = False
    archive_url: str | None = None
    archived_on: AccessDate | None = None
    """The date the citation gives for its archived copy."""
    quote: str | None = None
    quote_span: Span | None = None
    published: str | None = None
    marked_dead: bool = False
    repairs: tuple[Repair, ...] = ()
    identified: bool = False
    """Whether only an identifier (a DOI and the like) is known of the source, and no access date.

    Such citations are set apart: they are watched with `--identifiers` only.
    """
    notes: tuple[str, ...] = ()
    unlocated_reason: str | None = None
    key: str = ""
    text_digest: str = ""

    @property
    def line(self) -> int:
        """Return the 1-based line where the citation begins."""
        return self.span.line

    @property
    def cites_snapshot(self) -> bool:
        """Tell whether the document gives a snapshot's address alone, so that `url` was read out of it."""
        return self.archive_url is not None and any(one.kind == SNAPSHOT_ORIGINAL for one in self.repairs)

    @property
    def cited_url(self) -> str | None:
        """Return the address a reader is sent to: `url`, or the snapshot cited in its place."""
        return self.archive_url if self.cites_snapshot else self.url

    @property
    def canonical_url(self) -> str | None:
        """Return the identity of the cited source."""
        return canonical_url(self.url) if self.url else None

    @property
    def fragment(self) -> str:
        """Return the place on the page that the address names, without "#"; "" where it names none."""
        return (self.url or "").partition("#")[2]

    @property
    def access_date(self) -> AccessDate | None:
        """Return the claim: the latest date, an impossible one if alone (docs/design.md#access-dates)."""
        if len(self.access_dates) == 1:
            return self.access_dates[0]
        dated = [d for d in self.access_dates if d.date is not None]
        if dated:
            return max(dated, key=lambda d: (d.last_day or dt.date.min, d.date or ""))
        return self.access_dates[0] if self.access_dates else None


def text_digest_of(document: Document, citation: Citation) -> str:
    """Return a digest of what a document says where a citation stands: reference, quote, address, dates.

    The addresses as read are part of it, for they may stand elsewhere (a link's definition). Places and
    line ends stay out. ValueError where the citation is not of this text.
    """
    said = document.held(citation.span)
    return hashlib.sha256(_hashed("\0".join((said, *_told(document, citation))))).hexdigest()[:20]


def text_digests(document: Document, citations: Iterable[Citation]) -> Iterator[str]:
    """Yield `text_digest_of` for each citation; an entry that many of them stand in is hashed once."""
    entry: Span | None = None
    said, begun = "", None
    for citation in citations:
        told = _told(document, citation)
        if citation.span != entry:
            entry, begun = citation.span, None
            said = document.held(entry)
            yield hashlib.sha256(_hashed("\0".join((said, *told)))).hexdigest()[:20]
            continue
        begun = begun or hashlib.sha256(_hashed(said))
        digest = begun.copy()
        digest.update(_hashed("\0" + "\0".join(told)))
        yield digest.hexdigest()[:20]


def _told(document: Document, citation: Citation) -> tuple[str, ...]:
    """Return what a citation tells beside the text of its reference: quote, address, dates, copy."""
    held = document.held
    url, quote, archived = citation.url_span, citation.quote_span, citation.archived_on
    return (
        held(url) if url else "",
        held(quote) if quote else "",
        *[held(date.span) for date in citation.access_dates],
        citation.url or "",
        citation.archive_url or "",
        archived.text if archived else "",
    )


def _hashed(text: str) -> bytes:
    return text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")


_STAMP = re.compile(r"/(\d{8})\d{0,6}(?:[a-z]{2}_)?/")


def misdated_copy(citation: Citation) -> dt.date | None:
    """Return the day of the capture a citation links where the citation dates it otherwise; else None.

    A day is allowed for time zones; a link that does not tell its time says nothing.
    """
    stamp = _STAMP.search(citation.archive_url or "")
    written = citation.archived_on
    if stamp is None or written is None or written.first_day is None or written.last_day is None:
        return None
    try:
        day = dt.datetime.strptime(stamp[1], "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None
    slack = dt.timedelta(days=1)
    return None if written.first_day - slack <= day <= written.last_day + slack else day


def with_keys(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Give each citation its stable key (`keys_of`)."""
    listed = tuple(citations)
    return tuple(replaced(one, key=key) for one, key in zip(listed, keys_of(listed), strict=True))


def keys_of(citations: Iterable[Citation]) -> Iterator[str]:
    """Yield the stable key of each citation: document, source (or title) and ordinal among equals.

    Access dates, lines and quotes stay out of it: editing them must not lose the history.
    """
    seen: dict[str, int] = {}
    for citation in citations:
        url = citation.url
        name = (url and canonical_url(url)) or f"title:{(citation.title or '').casefold()}"
        identity = f"{citation.document}\0{name}"
        seen[identity] = number = seen.get(identity, 0) + 1
        yield hashlib.sha256(f"{identity}\0{number}".encode("utf-8", "surrogatepass")).hexdigest()[:20]


class Rejected(Struct, frozen=True, omit_defaults=True, gc=False):
    """Something that looked like a citation, a URL or an access date, and why it is none."""

    text: str
    reason: str
    line: int


class ExcludedBy(StrEnum):
    """Who excluded a citation."""

    COMMENT = "comment"
    """`monitor: ignore` in the document."""
    PATTERN = "pattern"
    """A pattern of `--exclude`, or none of `--include`."""


class ExcludedCitation(Struct, frozen=True, gc=False):
    """A citation that is left alone: its address or title, where it stands, and what excluded it."""

    text: str
    line: int
    by: ExcludedBy
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one document yields; `url` is the document's own public address, if it is known."""

    document: str
    format: str
    title: str | None = None
    url: str | None = None
    citations: tuple[Citation, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    excluded: tuple[ExcludedCitation, ...] = ()
    identified: tuple[Citation, ...] = ()
    """References by identifier alone, without an access date."""
    notes: tuple[str, ...] = ()


def presentable(citation: Citation) -> Citation:
    """Return a citation as reports may show it: no name and password out of an address."""
    url, archive = (text and masked(text) for text in (citation.url, citation.archive_url))
    title, attribution = (text and masked_text(text) for text in (citation.title, citation.attribution))
    repairs = tuple(
        Repair(one.kind, masked_text(one.before), masked_text(one.after)) for one in citation.repairs
    )
    shown = (url, archive, title, attribution, repairs)
    if shown == (citation.url, citation.archive_url, citation.title, citation.attribution, citation.repairs):
        return citation
    return replaced(
        citation, url=url, archive_url=archive, title=title, attribution=attribution, repairs=repairs
    )  # fmt: skip


def presentable_extraction(found: Extraction) -> Extraction:
    """Return what a document yields as reports may show it: see `presentable`."""
    return replace(
        found,
        citations=tuple(map(presentable, found.citations)),
        identified=tuple(map(presentable, found.identified)),
        rejected=tuple(replaced(one, text=masked_text(one.text)) for one in found.rejected),
        excluded=tuple(
            replaced(one, text=masked_text(one.text), detail=masked_text(one.detail))
            for one in found.excluded
        ),
        notes=tuple(map(masked_text, found.notes)),
    )
