"""Reads annotated lists: title, attribution, address, "[accessed 17 February 2011]", notes, excerpt.

The layout comes in many spacings: each part in a paragraph or a line of its own, re-wrapped to a
width, or run on in one paragraph. The bracketed access date is the anchor; what stands before it
up to the previous excerpt names the source, what follows up to the next title is the quote.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.dates.values import parse_date
from monitor.extract.layouts.annotated_groups import BOILERPLATE, WEB, grouped, undated_entries
from monitor.extract.layouts.annotated_names import named, sectioned, without_headings
from monitor.extract.layouts.annotated_stream import (
    ARCHIVE_NOTE,
    HIDDEN,
    STAND_IN,
    Annotated,
    StreamPart,
    StreamRole,
    parts,
    settled,
    torn,
)
from monitor.extract.layouts.entry import NUMBERED
from monitor.extract.layouts.list import ListReading, access_date
from monitor.extract.layouts.logical_lines import wrap_width
from monitor.extract.layouts.marks import Marked
from monitor.extract.passage import Kind, Passage, clean
from monitor.extract.urls.addresses import Address
from monitor.extract.words.reference_words import medium_pattern, retrieval_pattern
from monitor.model.citation import Citation, Rejected
from monitor.model.document import Document, Span
from monitor.patterns import lazy

_BRACKETED = lazy(r"\[\s?[^\W\d_][^\[\]]{3,60}\]")
_WHOLLY_BRACKETED = lazy(r"\[\s?[^\W\d_][^;\]]*\]$")
_BEGINS_ANEW = lazy(r"(?!\.)\s{0,3}(?:\[|[\"“‘(]?[A-Z0-9À-Þ]|https?:|www\.|[a-z-]+\.[a-z]+/)")
_LAST_CLAUSE = lazy(r"(?:^|,\s|\s--\s)(?=(?:\d|[A-Z])[^,]{3,40}(?:,\s\d{4})?$)")
_ENOUGH = 300


_DATED_BRACKET = lazy(r"(?<![\w\]}])\[\s?[^\W\d_][^\[\]\\{}=\n]{3,60}(?:19|20)\d\d\s?\]")


def may_be_annotated(text: str) -> bool:
    """Tell, before anything is parsed, whether a document has dates in brackets as annotated lists do.

    Formats that leave running text out then keep it: it may be the excerpts.
    """
    return _DATED_BRACKET.search(text) is not None


def is_annotated(marked: Sequence[Marked]) -> bool:
    """Tell whether bracketed access dates stand alone or before an excerpt, as in no reference style."""
    apart = within = 0
    for passage in marked if any(_BRACKETED.search(one.text) for one in marked) else ():
        for one in passage.dates:
            if one.kind in {DateKind.ACCESSED, DateKind.UNAVAILABLE}:
                if _stands_apart(passage.passage, one):
                    apart += 1
                else:
                    within += 1
        if apart + within > _ENOUGH:
            break
    return apart > within


def _stands_apart(passage: Passage, date: FoundDate) -> bool:
    text = passage.text
    phrase = text[date.outer_start : date.outer_end]
    if not _WHOLLY_BRACKETED.match(phrase):
        return False
    before = text[max(0, date.outer_start - 300) : date.outer_start]
    if "[" in before or "(" in before:
        before = STAND_IN.sub("", before)
    if NUMBERED.match(text, text.rfind("\n", 0, date.outer_start) + 1):
        # "11. https://… [accessed …]": an item of a numbered list.
        return False
    named = before.partition("://")[0][-40:] if "://" in before else before[-40:]
    if passage.kind in {Kind.ITEM, Kind.NOTE, Kind.ROW}:
        return False
    if retrieval_pattern().search(named) or medium_pattern().search(named):
        # "Title [Online] https://…": how reference styles lead to an address.
        return False
    line_before = before.rpartition("\n")[2].strip()
    after = text[date.outer_end : date.outer_end + 200]
    after = after[noted.end() :] if (noted := ARCHIVE_NOTE.match(after)) else after
    line_after = after.partition("\n")[0].strip()
    if line_before and (WEB.match(line_after) or retrieval_pattern().match(line_after)):
        return False
    if not line_before and not line_after:
        return True
    return _BEGINS_ANEW.match(after) is not None


def read_annotated(document: Document, marked: Sequence[Marked]) -> ListReading:
    """Return the citations of an annotated list in document order."""
    width = wrap_width([one.text for one in marked])
    run_together = torn(marked, width)
    stream = list(parts(marked, width, lines=not run_together))
    stream = settled(stream, undated_entries(stream))
    groups = without_headings([group for group in grouped(stream) if not _is_template(group)])
    sections = sectioned(groups)
    citations = [
        citation
        for number, group in enumerate(groups)
        for citation in _citations(
            document, group, under_heading=sections and number > 0, parted=not run_together
        )
    ]
    return ListReading(tuple(citations), tuple(_rejected(document, marked)))


def _is_addressed(group: Annotated) -> bool:
    return any(part.role is StreamRole.ADDRESS for part in group.anchor)


def _is_template(group: Annotated) -> bool:
    """Tell whether a group has holes for dates and names no source: "Cite this page as: …, [accessed <date>]"."""
    holes = all(part.date.kind is DateKind.PLACEHOLDER for part in group.anchor if part.date)
    said = group.head[0].text if group.head else ""
    return holes and (not _is_addressed(group) or BOILERPLATE.match(said) is not None)


def _citations(document: Document, group: Annotated, *, under_heading: bool, parted: bool) -> list[Citation]:
    name = named(group, under_heading=under_heading, parted=parted)
    title, attribution = name.title, name.attribution
    group = _located(replace(group, head=name.head), title)
    if title is None and not _is_addressed(group):
        return []
    quote, quote_span = _quote(document, group.quote)
    everything = [*group.head, *(part for part in group.anchor if part.role is not StreamRole.NOTE)]
    hidden = any(part.role is StreamRole.NOTE and HIDDEN.search(part.text) for part in group.anchor)
    made = []
    for address, own in _addressed(group.anchor):
        accessed = [one.date for one in own if one.date is not None and one.date.kind is DateKind.ACCESSED]
        missing = any(one.date is not None and one.date.kind is DateKind.UNAVAILABLE for one in own)
        reason = None
        if address is None:
            reason = "the document does not show its URL" if hidden else "the entry gives no address"
        made.append(
            Citation(
                document=document.path, span=_over(document, everything), title=title,
                title_certainty=name.certainty, attribution=attribution,
                url=address.url if address else None,
                url_span=document.span(*address.origin) if address else None,
                archive_url=_archive_url(address, own),
                repairs=address.repairs if address else (),
                access_dates=tuple(access_date(document, _holder(own, one), one) for one in accessed),
                access_date_missing=missing and not accessed,
                quote=quote, quote_span=quote_span, published=_published(attribution or (title if not parted else None)), unlocated_reason=reason,
            )
        )  # fmt: skip
    return made


def _archive_url(address: Address | None, own: list[StreamPart]) -> str | None:
    """Return the snapshot an address is, or the one named after it."""
    if address is not None and address.archive_url:
        return address.archive_url
    return next(
        (one.address.archive_url for one in own if one.role is StreamRole.ARCHIVE and one.address), None
    )


def _located(group: Annotated, title: str | None) -> Annotated:
    """Return a source with its address; where nothing else gives it, the title that is a link does."""
    if title is None or any(part.role is StreamRole.ADDRESS for part in group.anchor):
        return group
    linked = [
        part for part in group.head if part.address is not None and clean(part.text.strip(" *")) == title
    ]
    if not linked:
        return group
    return replace(group, anchor=(replace(linked[0], role=StreamRole.ADDRESS), *group.anchor))


def _holder(parts: list[StreamPart], date: FoundDate) -> Passage:
    return next(part.passage for part in parts if part.date is date)


def _addressed(anchor: Sequence[StreamPart]) -> list[tuple[Address | None, list[StreamPart]]]:
    """Pair each address with the dates after it; dates before any address belong to none or the first."""
    pairs: list[tuple[Address | None, list[StreamPart]]] = []
    for part in anchor:
        if part.role is StreamRole.ADDRESS:
            pairs.append((part.address, []))
        elif part.role in {StreamRole.DATE, StreamRole.ARCHIVE}:
            if not pairs:
                pairs.append((None, []))
            pairs[-1][1].append(part)
    if len(pairs) == 2 and pairs[0][0] is None and not pairs[1][1]:
        return [(pairs[1][0], pairs[0][1])]
    return pairs


def _published(attribution: str | None) -> str | None:
    """Return the date an attribution ends with."""
    if not attribution:
        return None
    for match in _LAST_CLAUSE.finditer(attribution):
        parsed = parse_date(attribution[match.end() :])
        if parsed is not None and match.end() + parsed.end == len(attribution):
            return parsed.date
    return None


def _quote(document: Document, parts: Sequence[StreamPart]) -> tuple[str | None, Span | None]:
    kept: list[StreamPart] = []
    for part in parts:
        if part.role is StreamRole.BREAK or BOILERPLATE.match(part.text):
            break
        if part.role is StreamRole.TEXT:
            kept.append(part)
    if not kept:
        return None, None
    pieces: list[str] = []
    for number, part in enumerate(kept):
        glue = "\n" if number and part.begins else " "
        pieces.extend((glue if pieces else "", clean(part.text) or ""))
    return "".join(pieces).strip() or None, _over(document, kept)


def _over(document: Document, parts: Sequence[StreamPart]) -> Span:
    """Return the span from the first to the last of some parts."""
    begins, ends = zip(*[part.passage.origin(part.start, part.end) for part in parts], strict=True)
    return document.span(min(begins), max(ends))


def _rejected(document: Document, marked: Sequence[Marked]) -> Iterator[Rejected]:
    for whole in marked:
        passage = whole.passage
        for one in whole.dates:
            if one.kind in {DateKind.ACCESSED, DateKind.UNAVAILABLE, DateKind.PUBLISHED}:
                continue
            span = passage.span(document, one.outer_start, one.outer_end)
            shown = clean(passage.text[one.outer_start : one.outer_end]) or ""
            yield Rejected(text=shown, reason=one.kind.reason, line=span.line)
