"""What bibliographic records of every format have in common: fields with places, made into citations."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.found import DateKind
from monitor.extract.dates.values import DateHints, parse_date
from monitor.extract.passage import Passage, clean, plain
from monitor.extract.urls.find import find_urls
from monitor.extract.urls.identifiers import RESOLVED, doi_address
from monitor.extract.urls.repair import RepairedUrl, repair_url
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import AccessDate, Citation, Rejected, Repair, TitleCertainty
from monitor.model.document import Document
from monitor.model.urls import canonical_url
from monitor.model.values import replaced
from monitor.patterns import lazy

_WEB = lazy(r"\s*(?:(?:https?|ftps?|hxxps?)\s*:|//|www\.|[\w-]+(?:\.[\w-]+)+(?:[/:?#]|\s*$))", re.IGNORECASE)
# "yyyy-mm-dd", "n/a", "insert date", "<date>": what is written where a date is still to come.
_PLACEHOLDER = lazy(
    lambda: rf"[ymdjtahx_\W]+|n/?a|{any_of(Words.RECORD_PLACEHOLDERS)}|[^<]+<[^>]+>.*|[^<>]*<[^>]+",
    re.IGNORECASE | re.DOTALL,
)
_SIGNS = lazy(r"[\W_]*([^\W_](?:.*[^\W_])?)?", re.DOTALL)
_LONGEST_PLACEHOLDER = 120
_PREFIXED = lazy(r"\s*(?:[^\W\d_]{3,16}[\s:]+){1,3}(?=\d|[^\W\d_]{3})")
_MAX_ADDRESSES = 10


class Record(Struct, kw_only=True):
    """One bibliographic record, gathered field by field; `start:end` is its place in the document."""

    start: int
    end: int
    title: str | None = None
    attribution: Sequence[str | None] = ()
    quote: str | None = None
    quote_place: tuple[int, int] | None = None
    published: str | None = None
    url: RepairedUrl | None = None
    url_place: tuple[int, int] | None = None
    more: list[tuple[RepairedUrl, tuple[int, int]]] = field(default_factory=list)
    doi: RepairedUrl | None = None
    doi_place: tuple[int, int] | None = None
    archive_url: str | None = None
    archived_on: AccessDate | None = None
    dates: list[AccessDate] = field(default_factory=list)
    missing: bool = False
    dead: bool = False
    notes: list[str] = field(default_factory=list)
    reason: str = "the record gives no web address"

    def locate(self, raw: str, start: int, end: int) -> bool:
        """Take an address field; tells whether it held a web address. The first one found counts."""
        if self.url is not None or not _WEB.match(raw):
            return self.url is not None
        mended = repair_url(raw, whole=True)
        if mended.url is None:
            return False
        self.url, self.url_place = mended, (start, end)
        return True

    def locate_also(self, raw: str, start: int, end: int) -> None:
        """Take one of several addresses of a source: those after the first are citations of their own."""
        if self.url is None:
            self.locate(raw, start, end)
            return
        mended = repair_url(raw) if _WEB.match(raw) else None
        if mended and mended.url and len(self.more) < _MAX_ADDRESSES:
            known = {_bare(one.url) for one in (self.url, *(other for other, _ in self.more)) if one.url}
            if _bare(mended.url) not in known:
                self.more.append((mended, (start, end)))

    def locate_in(self, passage: Passage) -> None:
        """Take the first certain address of a free text field."""
        if self.url is not None:
            return
        for link in passage.links:
            if self.locate(link.href, link.href_start, link.href_end):
                return
        for found in find_urls(passage.text):
            if found.certain:
                self.url = RepairedUrl(
                    url=found.url,
                    archive_url=found.archive_url,
                    archived_at=found.archived_at,
                    repairs=found.repairs,
                )
                self.url_place = passage.origin(found.start, found.end)
                return

    def identify(self, raw: str, start: int, end: int) -> None:
        """Take the value of a DOI field: the source's address where it has no other."""
        url = doi_address(raw)
        if url is not None and self.doi is None:
            self.doi = RepairedUrl(url=url, repairs=(Repair(RESOLVED, raw, url),))
            self.doi_place = (start, end)

    def archived_at(self, raw: str) -> None:
        """Take an address field for the snapshot of this record's own address, if it is one."""
        copy = repair_url(raw)
        if self.archive_url is not None or copy.archive_url is None or copy.url is None:
            return
        own = self.url.url if self.url else None
        if own and (copy.url == copy.archive_url or canonical_url(copy.url) == canonical_url(own)):
            self.archive_url = copy.archive_url

    def archived_in(self, passage: Passage) -> None:
        """Take the snapshot of this record's own address that a free text field names."""
        if self.url is None or self.url.url is None or self.archive_url is not None:
            return
        own = canonical_url(self.url.url)
        named = [(one.url, one.archive_url) for one in (repair_url(link.href) for link in passage.links)]
        named += [(one.url, one.archive_url) for one in find_urls(passage.text)]
        for original, snapshot in named:
            if snapshot and original and (original == snapshot or canonical_url(original) == own):
                self.archive_url = snapshot
                return

    def add_date(self, date: AccessDate) -> None:
        """Add an access date unless the same day is there already."""
        if all(one.date != date.date for one in self.dates):
            self.dates.append(date)

    def citation(self, document: Document) -> Citation | None:
        """Return the citation; None for an offline reference (neither address nor access date)."""
        dated = bool(self.dates) or self.missing
        identified = self.url is None and self.doi is not None
        if identified:
            self.url, self.url_place = self.doi, self.doi_place
        if self.url is None and not dated:
            return None
        parts = dict.fromkeys(part for one in self.attribution if (part := clean(one)))
        located = self.url is not None
        title = clean(self.title)
        return Citation(
            document=document.path,
            span=document.span(self.start, self.end),
            title=title,
            title_certainty=TitleCertainty.GIVEN if title else None,
            attribution=clean("; ".join(parts)),
            url=self.url.url if self.url else None,
            url_span=document.span(*self.url_place) if self.url_place else None,
            access_dates=tuple(self.dates),
            access_date_missing=self.missing and not self.dates,
            archive_url=self.archive_url or (self.url.archive_url if self.url else None),
            archived_on=self.archived_on,
            quote=clean(self.quote),
            quote_span=document.span(*self.quote_place) if self.quote and self.quote_place else None,
            published=self.published,
            marked_dead=self.dead,
            identified=identified and not dated,
            repairs=self.url.repairs if self.url else (),
            notes=tuple(self.notes),
            unlocated_reason=None if located else self.reason,
        )

    def citations(self, document: Document) -> Iterator[Citation]:
        """Return one citation for each address of the source."""
        first = self.citation(document)
        if first is None:
            return
        yield first
        for mended, place in self.more:
            yield replaced(
                first, url=mended.url, url_span=document.span(*place), archive_url=mended.archive_url,
                repairs=mended.repairs,
            )  # fmt: skip


def _bare(url: str) -> str:
    """Return an address as one compares it: without scheme, and a DOI's two resolvers as one."""
    return canonical_url(url).partition("://")[2].removeprefix("www.").removeprefix("dx.")


def field_date(document: Document, passage: Passage, hints: DateHints) -> AccessDate | None:
    """Return the access date of a field that holds nothing else; None for an empty one or a placeholder.

    "Accessed: Feb. 3, 2016" is read too; a value that is no date at all is kept with date None.
    """
    text = passage.text
    if _is_placeholder(text):
        return None
    parsed = parse_date(text, hints)
    if parsed is None:
        for found in find_access_dates(text, hints):
            if found.kind is DateKind.ACCESSED:
                return _made(document, passage, found.start, found.end, found.date, found.repair)
            if found.kind in {DateKind.NO_YEAR, DateKind.PLACEHOLDER, DateKind.UNAVAILABLE}:
                return None
        prefix = _PREFIXED.match(text)
        parsed = parse_date(text[prefix.end() :], hints) if prefix else None
        if parsed is not None and prefix is not None:
            return _made(
                document,
                passage,
                prefix.end() + parsed.start,
                prefix.end() + parsed.end,
                parsed.date,
                parsed.repair,
            )
        if not re.search(r"\d{4}", text):
            return None
        stripped = text.strip()
        start = text.index(stripped)
        return _made(document, passage, start, start + len(stripped), None, None)
    return _made(document, passage, parsed.start, parsed.end, parsed.date, parsed.repair)


def _is_placeholder(text: str) -> bool:
    """Tell whether a field says that a date is to be written here, or nothing."""
    told = _SIGNS.match(text)
    bare = (told[1] if told else None) or ""
    if len(bare) > _LONGEST_PLACEHOLDER:
        return False
    return not bare or _PLACEHOLDER.fullmatch(bare) is not None


def _made(
    document: Document, passage: Passage, start: int, end: int, date: str | None, repair: str | None
) -> AccessDate:
    span = passage.span(document, start, end)
    return AccessDate(date=date, text=document.verbatim(span), span=span, repair=repair)


def prose_dates(document: Document, passage: Passage, hints: DateHints) -> tuple[list[AccessDate], bool]:
    """Return the access dates a free text field tells in words, and whether it says there is none."""
    dates, missing = [], False
    for found in find_access_dates(passage.text, hints):
        if found.kind is DateKind.ACCESSED:
            dates.append(_made(document, passage, found.start, found.end, found.date, found.repair))
        missing = missing or found.kind is DateKind.UNAVAILABLE
    return dates, missing


def year_of(text: str | None, hints: DateHints) -> str | None:
    """Return a publication date as ISO at the precision written; None where it cannot be read."""
    if not text:
        return None
    parsed = parse_date(text[:80], hints)
    return parsed.date if parsed else None


def whole(document: Document, start: int, end: int) -> Passage:
    """Return a field's verbatim text as a passage."""
    return plain(document.text, start, end)


def unread_address(document: Document, raw: str, start: int) -> Rejected:
    """Say that an address field holds no web address."""
    return Rejected(
        text=clean(raw[:160]) or "", reason="no web address", line=document.span(start, start).line
    )


def ordered(citations: Iterable[Citation | None]) -> tuple[Citation, ...]:
    """Return the citations there are, in document order."""
    return tuple(sorted((one for one in citations if one), key=lambda one: (one.span.start, one.span.end)))
