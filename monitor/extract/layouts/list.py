"""Reads reference lists: one entry, one source (or one source at several addresses).

`rulings.py` tells which entries are citations; what each says of its source is read here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, structs

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.dates.values import parse_date
from monitor.extract.layouts.dated_notes import with_noted_dates
from monitor.extract.layouts.entries import entries
from monitor.extract.layouts.entry import Entry, Place
from monitor.extract.layouts.excerpts import excerpt, within
from monitor.extract.layouts.fields import KEY, FieldRole, value
from monitor.extract.layouts.list_dates import with_shared_dates
from monitor.extract.layouts.marks import Marked
from monitor.extract.layouts.reference_shape import YEARISH, beside_dated
from monitor.extract.layouts.rulings import Accept, Candidate, Reason, Refuse, Ruling, judge
from monitor.extract.layouts.sources import ACCESS, all_links, cited_sources, is_dated
from monitor.extract.passage import Kind, Passage, clean
from monitor.extract.references.title_marks import quoted
from monitor.extract.references.titles import GIVEN, NEAR, Parted, certainty_of, part, tidy
from monitor.extract.urls.addresses import Address, AddressKind
from monitor.extract.words.caseless import Caseless
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of, stems
from monitor.model.citation import LIST_DATE, AccessDate, Citation, Rejected, TitleCertainty
from monitor.model.document import Document
from monitor.patterns import lazy

_DEAD = Caseless(lambda: any_of(Words.DEAD_LINK), needs=lambda: stems(Words.DEAD_LINK))
_LEADS = lazy(lambda: rf"\s{any_of(Words.LEADS)}\s{{1,4}}$")
_WHOLE_REFERENCE = 60
_YEAR = lazy(r"[(\[]((?:19|20)\d\d)[)\]]")


class ListReading(Struct, frozen=True, gc=False):
    """What a document's passages yield."""

    citations: tuple[Citation, ...]
    rejected: tuple[Rejected, ...]


def read_list(document: Document, passages: Iterable[Marked]) -> ListReading:
    """Return the citations of a document's reference entries, in document order."""
    found = with_shared_dates(with_noted_dates(document, entries(passages)))
    dated = {
        place
        for place, entry in enumerate(found)
        if entry.shared or (entry.dates and entry.addresses and entry.located and is_dated(entry))
    }
    groups = {found[place].group for place in dated}
    beside = beside_dated(found, dated)
    candidates = [
        Candidate(
            entry, cited_sources(entry), said=entry.masked(),
            siblings_dated=(entry.group in groups and _is_grouped(entry.passage)) or place in beside,
        )
        for place, entry in enumerate(found)
        if entry.dates or entry.addresses or entry.in_references
    ]  # fmt: skip
    rulings = [judge(one) for one in candidates]
    # Each step is taken for all entries before the next: what it works with is at hand then.
    told = [_told(one) if _is_read(ruling) else None for one, ruling in zip(candidates, rulings, strict=True)]
    read = [(one, reference) for one, reference in zip(candidates, told, strict=True) if reference]
    drafts = iter(_drafts(document, read))
    citations: list[Citation] = []
    rejected: list[Rejected] = []
    for one, ruling, reference in zip(candidates, rulings, told, strict=True):
        if isinstance(ruling, Refuse):
            rejected.append(_rejected(document, one.entry, ruling.reason))
        if reference is None:
            continue
        made = _citations(document, one, next(drafts))
        if isinstance(ruling, Accept):
            citations += made
            if one.entry.dates:
                rejected += _rejected_dates(document, one.entry)
        else:
            citations += [structs.replace(each, identified=True) for each in made]
    return ListReading(tuple(citations), tuple(rejected))


def _is_read(ruling: Ruling) -> bool:
    """Tell whether an entry is read: a citation, or what is known by an identifier alone."""
    return isinstance(ruling, Accept) or (isinstance(ruling, Refuse) and ruling.reason == Reason.IDENTIFIER)


def _is_grouped(passage: Passage) -> bool:
    return passage.kind is not Kind.PARAGRAPH or passage.group is None


def _rejected(document: Document, entry: Entry, reason: str) -> Rejected:
    """Say why an entry is no citation."""
    span = entry.passage.span(document, *_trimmed(entry))
    return Rejected(text=(clean(entry.text) or "")[:160], reason=reason, line=span.line)


_NO_CLAIM = (DateKind.ACCESSED, DateKind.UNAVAILABLE, DateKind.PUBLISHED)
"""What does not look like an access date and is none."""


def _rejected_dates(document: Document, entry: Entry) -> Iterator[Rejected]:
    for date in entry.dates:
        if date.kind not in _NO_CLAIM:
            place = entry.passage.span(document, date.outer_start, date.outer_end)
            shown = clean(entry.passage.text[date.outer_start : date.outer_end]) or ""
            yield Rejected(text=shown, reason=date.kind.reason, line=place.line)


def _told(one: Candidate) -> "Reference":
    """Return what an entry says of the sources it cites."""
    entry, said, chosen = one.entry, one.said, one.located
    if any(each.kind is AddressKind.IDENTIFIER and each not in entry.addresses for each in chosen):
        # An identifier that stands for the address is no part of the title.
        entry = structs.replace(entry, addresses=(*entry.addresses, *chosen))
        said = entry.masked()
    return _reference(entry, chosen, said)


def _drafts(document: Document, read: Sequence[tuple[Candidate, "Reference"]]) -> list[Citation]:
    """Return what the citations of each entry have in common, step by step for all of them."""
    entries = [one.entry for one, _ in read]
    spans = [one.passage.span(document, *_trimmed(one)) for one in entries]
    quotes = [excerpt(document, told.quotes) if told.quotes else (None, None) for _, told in read]
    published = [_published(one) for one in entries]
    dead = [_marked_dead(one.entry.text, told.title) for one, told in read]
    titles = [clean(told.title) for _, told in read]
    return [
        Citation(
            document=document.path, span=span, title=title, title_certainty=told.certainty if title else None,
            attribution=None if _is_all_links(one) else clean(told.attribution),
            access_date_missing=_is_missing(one.entry), published=day, marked_dead=gone,
            quote=quote[0], quote_span=quote[1],
        )
        for (one, told), span, title, quote, day, gone in zip(
            read, spans, titles, quotes, published, dead, strict=True
        )
    ]  # fmt: skip


def _is_all_links(one: Candidate) -> bool:
    return len(one.sources) > 1 and all_links(one.entry, one.located)


def _is_missing(entry: Entry) -> bool:
    """Tell whether an entry says that nobody knows when its source was seen."""
    return not entry.of_kind(DateKind.ACCESSED) and bool(entry.of_kind(DateKind.UNAVAILABLE))


def _citations(document: Document, candidate: Candidate, first: Citation) -> list[Citation]:
    """Return the citation of each source an entry cites; `first` is what they have in common."""
    entry, sources, title = candidate.entry, candidate.sources, first.title
    dates = entry.of_kind(DateKind.ACCESSED)
    if not sources:
        own = tuple([access_date(document, entry.passage, date) for date in dates])
        return [structs.replace(first, access_dates=own, unlocated_reason="the entry gives no address")]
    shared = tuple([access_date(document, passage, date) for passage, date in entry.shared])
    notes = (LIST_DATE,) if entry.shared and not entry.noted else ()
    made: list[Citation] = []
    for source in sources:
        one = source.address
        told = tuple([access_date(document, entry.passage, date) for date in source.dates])
        named = bool(made) and bool(one.label)
        made.append(
            structs.replace(
                first,
                title=clean(one.label) if named else title,
                title_certainty=TitleCertainty.GIVEN if named else first.title_certainty,
                url=one.url,
                url_span=document.span(*one.origin),
                archive_url=one.archive_url,
                repairs=one.repairs,
                access_dates=told or shared,
                notes=notes,
            )
        )
    return made


class Reference(Struct, frozen=True, gc=False):
    """What an entry says of its source."""

    title: str | None
    certainty: TitleCertainty | None
    attribution: str | None
    quotes: tuple[Place, ...]


def _reference(entry: Entry, chosen: Sequence[Address], said: str) -> Reference:
    main = chosen[0] if chosen else None
    if entry.passage.kind is Kind.RECORD:
        return _recorded(entry, chosen)
    parted, quotes = _parted(entry, main, said), entry.quotes
    if not quotes and (inner := within(entry, chosen)):
        quotes = inner
        parting = structs.replace(entry, quotes=inner)
        without = _parted(parting, main, parting.masked())
        # What alone names the source is its title.
        parted, quotes = (without, inner) if without.title else (parted, ())
    if parted.title is None and entry.heading is not None:
        parted = structs.replace(parted, title=entry.heading.text, score=NEAR)
    return Reference(parted.title, parted.certainty, parted.attribution, quotes)


def _recorded(entry: Entry, chosen: Sequence[Address]) -> Reference:
    """Take title, attribution and quote from the fields of a record."""
    text, found = entry.passage.text, entry.fields
    quotes = tuple((entry.passage, one.start, one.end) for one in found if one.role is FieldRole.QUOTE)
    head = _head(text[: found[0].begin]) if found else None
    head = tidy(quoted(head) or head) if head else None
    title, score = value(text, found, FieldRole.TITLE), GIVEN
    if title and len(title) > _WHOLE_REFERENCE and YEARISH.search(title):
        whole = part(title)
        title, score = (whole.title, whole.score) if whole.title else (title, score)
    title = title or next((one.label for one in chosen if one.label), None) or head
    if title is None and entry.heading is not None:
        title, score = entry.heading.text, NEAR
    attribution = value(text, found, FieldRole.ATTRIBUTION)
    title = title and tidy(title)
    return Reference(title, certainty_of(title, score), attribution, quotes or entry.quotes)


def _head(text: str) -> str | None:
    """Return what stands before a record's fields; of columns with names of their own what the first holds."""
    told = [line for line in text.split("\n") if line.strip() and "://" not in line]
    named = KEY.match(told[0]) if told else None
    return told[0][named.end() :] if named else "\n".join(told) or None


def _parted(entry: Entry, main: Address | None, said: str) -> Parted:
    label = _undated_label(entry, main) if main and main.label else None
    if label and (
        (len(label) > _WHOLE_REFERENCE and (YEARISH.search(label[:-1]) or quoted(label)))
        or label[0] in "•·‣▪◦"
        or (main is not None and label != main.label)
    ):
        return part(label)
    told = (entry.lead(), entry.emphasised()) if entry.passage.emphasis else (None, ())
    parted = part(said, label, *told)
    if (
        main
        and main.site
        and (parted.title is None or _LEADS.search(entry.passage.text, entry.start, main.start))
    ):
        # "As shown at `tides.example`": what the sentence calls the source.
        return Parted(main.site, None, NEAR)
    return parted


def _undated_label(entry: Entry, main: Address) -> str | None:
    """Return a link's text without the access phrase in it; None where it says nothing else."""
    label = entry.passage.text[main.start : main.end]
    for date in entry.of_kind(DateKind.ACCESSED)[::-1]:
        if main.start <= date.outer_start and date.outer_end <= main.end:
            label = label[: date.outer_start - main.start] + label[date.outer_end - main.start :]
    if len(label) == main.end - main.start:
        return main.label
    return " ".join(label.split()) if re.search(r"\w{2}", label) else None


def _trimmed(entry: Entry) -> tuple[int, int]:
    return entry.passage.trimmed(entry.start, entry.end)


def _marked_dead(said: str, title: str | None) -> bool:
    """Tell whether an entry calls its link dead; its title may speak of dead links and says nothing of its own."""
    return _DEAD.search(said) is not None and _DEAD.search(said.replace(title or "\n", " ")) is not None


def _published(entry: Entry) -> str | None:
    for date in entry.dates:
        if date.kind is DateKind.PUBLISHED:
            return date.date
    bracket = YEARISH.search(entry.passage.text, entry.start, min(entry.end, entry.start + 400))
    if bracket is None or _claims_access(entry, bracket):
        return None
    if year := _YEAR.fullmatch(bracket[0]):
        return year[1]
    parsed = parse_date(bracket[0].strip("()[]（）"))
    return parsed.date if parsed else None


def _claims_access(entry: Entry, bracket: re.Match[str]) -> bool:
    """Tell whether words stand before the date in a bracket that say when a source was seen: "(accessed 3 May)"."""
    begin, end = bracket.span()
    if bracket[0][1].isalpha():
        for date in entry.dates:
            if date.kind in ACCESS and begin + 1 < date.start < end and date.outer_start <= begin + 1:
                return True
    return False


def access_date(document: Document, passage: Passage, date: FoundDate) -> AccessDate:
    """Return a found date with its verbatim text and place."""
    span = passage.span(document, date.start, date.end)
    return AccessDate(date=date.date, text=document.verbatim(span), span=span, repair=date.repair)
