# ruff: noqa: E501 - one pattern, one line
"""Reads reference lists: one entry, one source (or one source at several addresses).

What makes an entry a citation: an access date together with an address; an address in a reference
list or beside dated siblings; or an access date and the shape of a reference. Everything else is
left, and what looked like a citation is reported with the reason.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.dates.values import DateHints, parse_date
from monitor.extract.layouts.entries import Entry, entries
from monitor.extract.layouts.excerpts import excerpt, within
from monitor.extract.layouts.labelled import Role, fields, value
from monitor.extract.layouts.list_dates import share_dates
from monitor.extract.layouts.reference_shape import YEARISH, beside_dated, dated_shape, note_of_source
from monitor.extract.layouts.sources import all_links, chosen_addresses, is_dated, paired_dates
from monitor.extract.passage import Kind, Passage, clean
from monitor.extract.references.title_marks import quoted
from monitor.extract.references.titles import Parted, part, tidy
from monitor.extract.urls.addresses import Address
from monitor.extract.words.caseless import Caseless
from monitor.extract.words.reference_words import retrieval_pattern
from monitor.model.citation import LIST_DATE, AccessDate, Citation, Rejected
from monitor.model.document import Document

_SELF = Caseless(
    r"cit(?:e|ing|ation)s?\b.{0,40}\b(?:this|the) (?:page|web\s?page|site|website|package|software|work|article|project|data|dataset|paper|repository)\b|"
    r"(?:how to cite|suggested citation|recommended citation|zitiervorschlag|zitierweise|pour citer|cómo citar|como citar|цитировать|引用格式|cite as)\b",
    needs=("cit", "zit", "цит", "引用"),
)  # fmt: skip
_CODE_LINE = re.compile(
    r"""\s*(?:(?:let|const|var|def|return|import|from|class|public|private|static|if|for|while|fn|func|print|echo|fwrite|fputs?|fputcsv|console\.\w+|printf)\b.*[;({:]\s*$|(?:public|private|protected|static|def|func|function|void)\s.*\)\s*$|(?:["'][\w-]+["']|[a-z_$][\w-]*)\s*:\s*["'`].*["'`]?,?\s*$|.*["'`)]\s*;\s*$|[\w.$]+\s*=[^=].*;\s*$|\w+\(.*\);?\s*$|(?:return|yield|await)\s[\w.]+\(.*\)$|[\w.]+ = [\w.]+\(.*\)$|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?\S*\s.*$|[{}\])(\[,;\s]+$|.*\{\s*$|.*\}\s*;\s*$)"""
)
_DEAD = Caseless(
    r"dead[\s-]link|broken link|link (?:is )?(?:dead|broken|rot)|no longer (?:available|online|accessible)|permanent dead|toter link|nicht mehr (?:erreichbar|verfügbar|online)|lien mort|enlace roto|link quebrado|недоступн\w+ ссылка|мёртвая ссылка|リンク切れ|dode link|martwy link|nedostupn[ýé]"
)
_LEADS = re.compile(r"\s(?:at|by|from|in|of|on|see|to|via|with|like)\s{1,4}$")
_CONTACT = re.compile(r"(?:mailto|tel|sms|javascript|data|about|blob):", re.IGNORECASE)
_SHORT_ENTRY = 400
_WHOLE_REFERENCE = 60
_LONGEST_ENTRY = 3000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document's passages yield."""

    citations: tuple[Citation, ...]
    rejected: tuple[Rejected, ...]


def read_bibliography(document: Document, passages: Iterable[Passage], hints: DateHints) -> Reading:
    """Return the citations of a document's reference entries, in document order."""
    found = list(entries(passages, hints))
    share_dates(found)
    dated = {
        place
        for place, entry in enumerate(found)
        if entry.shared or (is_dated(entry) and any(one.certain for one in entry.addresses))
    }
    groups = {found[place].group for place in dated}
    beside = beside_dated(found, dated)
    citations: list[Citation] = []
    rejected: list[Rejected] = []
    for place, entry in enumerate(found):
        if not entry.dates and not entry.addresses:
            continue
        grouped = entry.group in groups and (entry.passage.kind is not Kind.PARAGRAPH or entry.group < 0)
        chosen = chosen_addresses(entry)
        reason = _refusal(entry, chosen, siblings_dated=grouped or place in beside)
        if reason is None:
            citations.extend(_citations(document, entry, chosen))
            rejected.extend(_rejected_dates(document, entry))
        elif reason:
            rejected.append(reject(document, entry, reason))
    return Reading(tuple(citations), tuple(rejected))


def reject(document: Document, entry: Entry, reason: str) -> Rejected:
    """Say why an entry is no citation."""
    span = entry.passage.span(document, *_trimmed(entry))
    return Rejected(text=(clean(entry.text) or "")[:160], reason=reason, line=span.line)


def _rejected_dates(document: Document, entry: Entry) -> Iterable[Rejected]:
    for date in entry.dates:
        if date.kind not in {DateKind.ACCESSED, DateKind.UNAVAILABLE, DateKind.PUBLISHED}:
            place = entry.passage.span(document, date.outer_start, date.outer_end)
            shown = clean(entry.passage.text[date.outer_start : date.outer_end]) or ""
            yield Rejected(text=shown, reason=date.kind.reason, line=place.line)


def _refusal(entry: Entry, located: Sequence[Address], *, siblings_dated: bool) -> str | None:
    """Return None for a citation, "" for what nobody would take for one, else why it is none."""
    listed = entry.in_references or siblings_dated
    if entry.of_kind(DateKind.PLACEHOLDER) and not (listed and _names_a_place(located)):
        return DateKind.PLACEHOLDER.reason
    if entry.passage.kind is Kind.HEADING:
        return "an access date without a source: a heading" if entry.dates else ""
    if _looks_like_code(entry.masked()) or _looks_like_code(_cut_line(entry)):
        return "program code, not a reference" if is_dated(entry) or located else ""
    if is_dated(entry):
        if _SELF.search(entry.text[:200]) and not located:
            return "tells readers how to cite this document"
        if located or dated_shape(entry):
            return None
        return "an access date without a source: neither address nor title"
    if all(one.identifier for one in located) and located:
        return "an identifier (DOI and the like) only: an offline reference"
    if not located:
        return entry.dates[0].kind.reason if entry.dates and not entry.in_references else ""
    if located[0].odd and (not (entry.in_references and entry.numbered) or _CONTACT.match(located[0].url)):
        return "a link that is no page of the web, no access date"
    if len(entry.text) > _LONGEST_ENTRY:
        return "a link in running text, no access date"
    if (
        (entry.in_references and not _in_passing(entry, located))
        or (entry.quotes and len(entry.text) < _SHORT_ENTRY)
        or entry.of_kind(DateKind.NO_YEAR)
        or siblings_dated
        or entry.shared
        or note_of_source(entry)
    ):
        return None
    before = entry.passage.text[entry.start : located[0].start]
    if 20 < len(before) < _SHORT_ENTRY and _offered(before) and (entry.numbered or YEARISH.search(before)):
        return None
    return "a link outside a reference list, no access date"


_SAMPLE = re.compile(
    r"//(?:www\.)?(?:x{2,}|url|(?:web)?site|web-?address|address|domain|your|some|example\.(?:com|org|net)/?$|\.\.)",
    re.IGNORECASE,
)


def _names_a_place(located: Sequence[Address]) -> bool:
    """Tell whether an entry without a date is no pattern: it gives an address that is not invented."""
    return any(_SAMPLE.search(one.url) is None for one in located if not one.odd)


# "… is described at http://a.example and was mended", not "http://a.example (Ltd.)".
_GOES_ON = re.compile(r"[\s,;)]{1,3}[^\W\d_]{2,}(?:[\s,]{1,2}[^\W\d_]+){5}")
_CLAUSE = re.compile(r"[^\W\d_]{2,}(?:[\s,]{1,2}[^\W\d_]+){2}\s{1,4}[<(\[]?$")


def _in_passing(entry: Entry, located: Sequence[Address]) -> bool:
    """Tell whether a sentence mentions the addresses of an entry, rather than a reference that gives them."""
    if entry.numbered or located[0].label:
        return False
    text = entry.passage.text
    return (
        _GOES_ON.match(text, located[-1].end, entry.end) is not None
        and _CLAUSE.search(text, max(entry.start, located[0].start - 80), located[0].start) is not None
        and not YEARISH.search(text, entry.start, located[0].start)
    )


def _offered(before: str) -> bool:
    """Tell whether a clause of its own offers the address: "Title. Available at:", not "is available at"."""
    offer = retrieval_pattern().search(before[-60:])
    if offer is None:
        return False
    ahead = before[: len(before) - len(before[-60:]) + offer.start()].rstrip()
    return not ahead[-1:].isalnum() or offer[0][:1].isupper() or offer[0].rstrip()[-1:] in {":", "："}


def _looks_like_code(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and 2 * sum(_CODE_LINE.match(line) is not None for line in lines) > len(lines)


def _cut_line(entry: Entry) -> str:
    """Return the line an entry is cut out of; nothing for an entry of whole lines."""
    text = entry.passage.text
    start = text.rfind("\n", 0, entry.start) + 1
    end = text.find("\n", entry.end)
    end = len(text) if end < 0 else end
    cut = text[start : entry.start].strip() or text[entry.end : end].strip()
    return text[start:end] if cut and end - start < _LONGEST_ENTRY else ""


def _citations(document: Document, entry: Entry, chosen: Sequence[Address]) -> list[Citation]:
    paired = dict(
        enumerate(
            own
            for _, own in paired_dates(
                entry, [one for one in entry.addresses if one.certain and not one.twin]
            )
        )
    )
    dates = entry.of_kind(DateKind.ACCESSED)
    parted = _parted(entry, chosen[0] if chosen else None)
    if entry.passage.kind is Kind.RECORD:
        parted = _recorded(entry, chosen, parted)
    elif not entry.quotes and (inner := within(entry, chosen)):
        entry.quotes = inner
        without = _parted(entry, chosen[0] if chosen else None)
        # What alone names the source is its title.
        parted, entry.quotes = (without, inner) if without.title else (parted, [])
    if parted.title is None and entry.heading is not None:
        parted = Parted(entry.heading.text, parted.attribution)
    common = {
        "document": document.path,
        "span": entry.passage.span(document, *_trimmed(entry)),
        "title": clean(parted.title),
        "attribution": None if len(chosen) > 1 and all_links(entry, chosen) else clean(parted.attribution),
        "access_date_missing": bool(entry.of_kind(DateKind.UNAVAILABLE)) and not dates,
        "published": _published(entry),
        "marked_dead": _DEAD.search(entry.text) is not None,
    }
    common["quote"], common["quote_span"] = excerpt(document, entry.quotes)
    if not chosen:
        own = tuple(access_date(document, entry.passage, date) for date in dates)
        return [Citation(access_dates=own, unlocated_reason="the entry gives no address", **common)]  # type: ignore[arg-type]
    return [
        Citation(
            url=one.url,
            url_span=document.span(*one.origin),
            archive_url=one.archive_url,
            repairs=one.repairs,
            access_dates=tuple(
                access_date(document, entry.passage, date) for date in paired.get(place, dates)
            )
            or tuple(access_date(document, passage, date) for passage, date in entry.shared),
            notes=(LIST_DATE,) if entry.shared else (),
            **common | ({"title": clean(one.label)} if place and one.label else {}),  # type: ignore[arg-type]
        )
        for place, one in enumerate(chosen)
    ]


def _recorded(entry: Entry, chosen: Sequence[Address], parted: Parted) -> Parted:
    """Take title, attribution and quote from the fields of a record."""
    text = entry.passage.text
    found = fields(text)
    entry.quotes = [
        (entry.passage, one.start, one.end) for one in found if one.role is Role.QUOTE
    ] or entry.quotes
    head = text[: found[0].begin] if found[0].begin else None
    head = tidy(quoted(head) or head) if head else None
    title = value(text, found, Role.TITLE)
    if title and len(title) > _WHOLE_REFERENCE and YEARISH.search(title):
        title = part(title).title or title
    title = title or next((one.label for one in chosen if one.label), None) or head
    if title is None and entry.heading is not None:
        title = entry.heading.text
    named = any(one.role is Role.TITLE for one in found)
    attribution = value(text, found, Role.ATTRIBUTION) or (
        parted.attribution if not named and head and not title else None
    )
    return Parted(title and tidy(title), attribution)


def _parted(entry: Entry, main: Address | None) -> Parted:
    label = _undated_label(entry, main) if main and main.label else None
    text = entry.masked()
    if label and (
        (len(label) > _WHOLE_REFERENCE and (YEARISH.search(label[:-1]) or quoted(label)))
        or label[0] in "•·‣▪◦"
        or (main is not None and label != main.label)
    ):
        return part(label)
    parted = part(text, label, entry.lead(), entry.emphasised())
    if (
        main
        and main.site
        and (parted.title is None or _LEADS.search(entry.passage.text, entry.start, main.start))
    ):
        # "As shown at `tides.example`": what the sentence calls the source.
        return Parted(main.site, None)
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
    text = entry.text
    return entry.start + len(text) - len(text.lstrip()), entry.start + len(text.rstrip())


def _published(entry: Entry) -> str | None:
    for date in entry.of_kind(DateKind.PUBLISHED):
        return date.date
    bracket = YEARISH.search(entry.text[:400])
    parsed = parse_date(bracket[0].strip("()[]（）")) if bracket else None
    return parsed.date if parsed else None


def access_date(document: Document, passage: Passage, date: FoundDate) -> AccessDate:
    """Return a found date with its verbatim text and place."""
    span = passage.span(document, date.start, date.end)
    return AccessDate(date=date.date, text=document.verbatim(span), span=span, repair=date.repair)
