"""BibTeX and BibLaTeX databases: what the fields of an entry mean for a citation.

Field names: BibLaTeX manual §2.2, and those that abnTeX, Zotero, Mendeley and JabRef write.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice, pairwise

from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.found import DateKind
from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.extract.markup.bibtex_blocks import BibtexBlock, Broken, Value, blocks
from monitor.extract.markup.tex_inline import tex_passage, tex_text
from monitor.extract.passage import Passage
from monitor.extract.records.records import Record, field_date, ordered, prose_dates, unread_address, year_of
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import AccessDate, Citation, Extraction, Rejected
from monitor.model.document import Document
from monitor.patterns import lazy

# The names a phrase of access does not make out, most of them glued together.
_ACCESS_NAMES = """
urldate urldata urlaccessdate accessdate lastaccessed lastchecked lastaccess urlaccessed dateaccessed
accesseddate lastvisited url_date lastvisit citedate access msbib-accessed
"""
_ACCESS = frozenset(_ACCESS_NAMES.split())
_ADDRESS = (
    "url",
    "link",
    "howpublished",
    "eprint",
    "www",
    "biburl-src",
    "ee",
    "website",
    "web",
    "webpage",
    "adsurl",
)
_PROSE_NAMES = """
howpublished note addendum annote annotation abnt-note comment remark date year series publisher
organization journal booktitle pubstate type title
"""
_PROSE = tuple(_PROSE_NAMES.split())
_ARCHIVE = ("archiveurl", "archive-url", "archive_url", "urlarchive", "archivedurl", "waybackurl", "archive")
_NOTES = ("note", "addendum", "annote", "annotation")
_TITLE = ("title", "maintitle", "booktitle", "shorttitle", "key")
_ATTRIBUTION = (
    ("author", "editor", "collaborator", "holder"),
    ("journal", "journaltitle", "booktitle", "maintitle"),
    ("organization", "publisher", "institution", "school", "journal", "booktitle"),
)
_DATED = lazy(
    lambda: rf"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d|['’]\d\d|{any_of(Words.DATED_NOTE)}", re.IGNORECASE
)
_MAX_BLOCK = 2_000_000
_MAX_ENTRIES = 500_000
_ARXIV = lazy(
    r"(?:arxiv:)?(?P<id>\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)\s*$", re.IGNORECASE
)


class BibtexExtractor:
    """Reads BibTeX and BibLaTeX."""

    name = "bibtex"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        hints = collect_hints(document.text)
        citations, rejected, notes = read_database(document, 0, len(document.text), hints)
        return Extraction(
            document=document.path,
            format=self.name,
            citations=citations,
            rejected=tuple(rejected),
            notes=tuple(notes),
        )


def read_database(
    document: Document, start: int, end: int, hints: DateHints
) -> tuple[tuple[Citation, ...], list[Rejected], list[str]]:
    """Return citations, rejections and notes of the database at `document.text[start:end]`."""
    notes: list[str] = []
    rejected: list[Rejected] = []
    strings: dict[str, str] = {}
    found = [
        citation
        for block in _blocks(document, start, end, strings, notes)
        for citation in _citations(document, block, strings, hints, rejected)
    ]
    return ordered(found), rejected, notes


def _blocks(
    document: Document, start: int, end: int, strings: dict[str, str], notes: list[str]
) -> Iterator[BibtexBlock]:
    for block in islice(blocks(document.text, start, end), _MAX_ENTRIES):
        if isinstance(block, Broken):
            line = document.span(block.start, block.start).line
            notes.append(f"line {line}: an entry is broken: {block.reason}")
            if read := _broken(document, block.start, block.end):
                yield read
        elif block.kind == "string":
            strings.update((name, value.raw) for name, value in block.fields.items())
        elif block.end - block.start <= _MAX_BLOCK:
            yield block


# A field in a line of its own, whatever its braces; fields side by side in one line.
_LOOSE = tuple(
    lazy(rf"{begin}[ \t]*(?P<key>[A-Za-z][\w-]{{1,30}})[ \t]*=[ \t]*{value}", re.MULTILINE)
    for begin, value in (
        (r"^[ \t]*,?", r"[{\"](?P<value>[^\n]*?)[}\"][ \t]*,?[ \t]*\r?$"),
        (r"(?:^|,)", r"\{(?P<value>(?:[^{}\n]|\{[^{}\n]*\}){0,4000})\}"),
        (r"(?:^|,)", r"\"(?P<value>[^\"\n]{0,4000})\""),
    )
)


def _broken(document: Document, start: int, end: int) -> BibtexBlock | None:
    """Read what can be read of an entry that is no BibTeX: its fields that keep to one line."""
    end = min(end, start + 100_000)
    fields: dict[str, Value] = {}
    for pattern in _LOOSE:
        for match in pattern.finditer(document.text, start, end):
            fields.setdefault(match["key"].lower(), Value(match["value"], *match.span("value")))
    return (
        BibtexBlock("broken", start, start + len(document.text[start:end].rstrip()), fields)
        if fields
        else None
    )


_PART_SPLIT = lazy(r"[}\"]\s*#\s*[\w{\"]|[\w]\s*#\s*[{\"]")


def _shown(value: Value | None, strings: Mapping[str, str]) -> str | None:
    """Return a field as plain text: macros replaced, concatenations joined, TeX undone."""
    if value is None:
        return None
    return " ".join(tex_text(_joined(value.raw, strings)).split())


def _joined(raw: str, strings: Mapping[str, str]) -> str:
    """Return what a field holds once macros are replaced and concatenations joined."""
    if "#" in raw and _PART_SPLIT.search(raw):
        return "".join(_resolved(piece.strip(), strings) for piece in re.split(r"\s#\s|#(?=\s*[{\"])", raw))
    return _resolved(raw, strings) if raw.lower() in strings else raw


def _resolved(piece: str, strings: Mapping[str, str]) -> str:
    named = strings.get(piece.lower())
    if named is not None:
        return named
    return piece[1:-1] if piece[:1] in {"{", '"'} and len(piece) > 1 else piece


def _citations(
    document: Document,
    block: BibtexBlock,
    strings: Mapping[str, str],
    hints: DateHints,
    rejected: list[Rejected],
) -> Iterable[Citation]:
    fields = block.fields
    record = Record(start=block.start, end=block.end)
    _address(document, fields, record, rejected, strings)
    _dates(document, fields, record, hints)
    if record.url is None and record.doi is None and not record.dates:
        return ()
    if record.url is None and _is_template(fields):
        shown = " ".join(document.text[block.start : block.end].split())
        line = document.span(block.start, block.start).line
        rejected.append(
            Rejected(shown[:160], "a template: its fields say what to write, and name no source", line)
        )
        return ()
    if not record.dates and (parts := _parted_date(document, fields, hints)) is not None:
        record.add_date(parts)
    _archive(document, fields, record)
    record.title = _shown(_first(fields, _TITLE), strings)
    record.attribution = [_shown(_first(fields, keys), strings) for keys in _ATTRIBUTION]
    if block.kind == "misc" and not any(record.attribution) and record.url_place is None:
        record.attribution = [_shown(fields.get("howpublished"), strings)]
    record.published = year_of(_shown(_first(fields, ("date", "year")), strings), hints)
    return record.citations(document)


# "ADD_THE_URL_HERE", "\\url{your link}"; "Last, First and Last, First".
_TO_WRITE = lazy(
    lambda: rf"\s*(?:\\url)?\W{{0,3}}{any_of(Words.STILL_TO_WRITE)}\W*",
    re.IGNORECASE,
)
_NOBODY = lazy(
    lambda: rf"\W*{any_of(Words.NOBODY)}\b.{{0,80}}",
    re.IGNORECASE | re.DOTALL,
)


def _is_template(fields: Mapping[str, Value]) -> bool:
    """Tell whether an entry without address is a pattern to fill in."""
    address = any(name in fields and _TO_WRITE.fullmatch(fields[name].raw) for name in _ADDRESS)
    return address or ("author" in fields and _NOBODY.fullmatch(fields["author"].raw) is not None)


def _first(fields: Mapping[str, Value], names: Iterable[str]) -> Value | None:
    return next((fields[name] for name in names if name in fields), None)


def _dates(document: Document, fields: Mapping[str, Value], record: Record, hints: DateHints) -> None:
    """Take the access date of a field of its own, else what prose tells."""
    for held in _access_values(fields):
        passage = _passage(document, held)
        date = field_date(document, passage, hints) if passage else None
        if date is not None and (date.date or "://" not in held.raw):
            record.add_date(date)
            # Beside it, "title screen (viewed October 15, 2007)" tells what a cataloguer saw.
            return
    for name in _PROSE:
        value = fields.get(name)
        # A bare year or a title without one tells nothing; most fields end here.
        if value is None or not 8 <= len(value.raw) < 4000 or not _DATED.search(value.raw):
            continue
        passage = _passage(document, value)
        if passage is not None:
            dates, missing = prose_dates(document, passage, hints)
            record.missing = record.missing or missing
            for date in dates:
                record.add_date(date)


def _archive(document: Document, fields: Mapping[str, Value], record: Record) -> None:
    """Take the snapshot that a field of its own, or a note, names."""
    for name in _NOTES:
        if name in fields and "archiv" in fields[name].raw and (passage := _passage(document, fields[name])):
            record.archived_in(passage)
    named = (mended for name in _ARCHIVE if name in fields and (mended := _archived(fields[name].raw)))
    record.archive_url = next(named, record.archive_url)


def _access_values(fields: Mapping[str, Value]) -> Iterator[Value]:
    """Return the fields that hold an access date, BibLaTeX's own one first."""
    names = [name for name in fields if _says_access(name)]
    return (fields[name] for name in sorted(names, key="urldate".__ne__))


@lru_cache(maxsize=4096)
def _says_access(name: str) -> bool:
    """Tell whether a field's name says, in any language, that the field holds an access date."""
    said = re.sub(r"[-_:]+", " ", name) + ": 2001-02-03"
    if name.startswith("times"):  # "times-cited" counts
        return False
    return name in _ACCESS or any(one.kind is DateKind.ACCESSED for one in find_access_dates(said))


def _parted_date(document: Document, fields: Mapping[str, Value], hints: DateHints) -> AccessDate | None:
    """Return the access date of `urlyear`, `urlmonth`, `urlday` (BibLaTeX's data model, Chicago styles)."""
    given = [fields[name] for name in ("urlyear", "urlmonth", "urlday") if name in fields]
    if "urlyear" not in fields:
        return None
    written = [value.raw.strip() for value in given]
    parsed = year_of("-".join(one.zfill(2) for one in written), hints) or year_of(
        " ".join(reversed(written)), hints
    )
    start, end = min(value.start for value in given), max(value.end for value in given)
    if parsed is None or end - start > 200:
        return None
    span = document.span(start, end)
    return AccessDate(date=parsed, text=document.verbatim(span), span=span)


def _archived(raw: str) -> str | None:
    from monitor.extract.urls.repair import repair_url

    mended = repair_url(raw) if "://" in raw else None
    return (mended.archive_url or mended.url) if mended else None


def _passage(document: Document, value: Value | None) -> Passage | None:
    return (
        tex_passage(document.text, value.start, value.end, comments=False)
        if value is not None and value.raw.strip()
        else None
    )


def _address(
    document: Document,
    fields: Mapping[str, Value],
    record: Record,
    rejected: list[Rejected],
    strings: Mapping[str, str],
) -> None:
    for name in _ADDRESS:
        value = fields.get(name)
        if value is None or not value.raw.strip():
            continue
        whole = _joined(value.raw, strings)
        if whole != value.raw and not re.search(r"\s", whole):
            record.locate(whole, value.start, value.end)
            continue
        bare = value.raw.strip()
        start = value.start + value.raw.index(bare)
        if not re.search(r"\s", bare) and bare[0] not in "\\{<":
            if name != "eprint" or "://" in bare:
                record.locate(bare, start, start + len(bare))
            continue
        if name == "url" and (listed := _listed(value, start)):
            for raw, place in listed:
                record.locate_also(raw, place, place + len(raw))
            continue
        passage = _passage(document, value)
        if passage is not None:
            record.locate_in(passage)
    if record.url is None and "url" in fields and fields["url"].raw.strip():
        rejected.append(unread_address(document, fields["url"].raw, fields["url"].start))
        record.reason = "the address field holds no web address"
    if record.url is None:
        _eprint(fields, record)
    if (doi := fields.get("doi")) is not None:
        record.identify(doi.raw, doi.start, doi.end)
    for name in ("note", "addendum", "annote", "annotation", "publisher", "journal", "title", "organization"):
        if record.url is None and (passage := _passage(document, fields.get(name))) is not None:
            record.locate_in(passage)


_SCHEME = lazy(r"(?:^|(?<=[\s;,]))https?://", re.IGNORECASE)
_ARRANGED = lazy(r"\\[a-zA-Z]{3}")
# "https://host/Volume 9/Issue 2.pdf": names of folders and files hold blanks.
_SPACED = lazy(r"https?://[^\s{}\\]+(?: [^\s{}\\]+){1,12}\.[a-z]{3,5}", re.IGNORECASE)


def _listed(value: Value, start: int) -> list[tuple[str, int]]:
    """Return the addresses of a field with blanks in it, each with its place; [] where prose may stand."""
    bare = value.raw.strip()
    begins = [match.start() for match in _SCHEME.finditer(bare[:20_000])]
    if _ARRANGED.search(bare) or begins[:1] != [0]:
        return []
    if len(begins) == 1:
        return [(bare, start)] if _SPACED.fullmatch(bare) else []
    pieces = [bare[begin:stop].split() for begin, stop in pairwise([*begins, len(bare)])]
    if all(len(piece) == 1 for piece in pieces[:-1]):
        return [(piece[0].rstrip(";,"), start + begin) for piece, begin in zip(pieces, begins, strict=True)]
    return []


def _eprint(fields: Mapping[str, Value], record: Record) -> None:
    """Make an address of an arXiv identifier (BibLaTeX manual §3.14.7), if an access date asks for one."""
    value = fields.get("eprint")
    kind = next((fields[name].raw.lower() for name in ("eprinttype", "archiveprefix") if name in fields), "")
    if value is None or not any(_access_values(fields)) or (kind and kind != "arxiv"):
        return
    match = _ARXIV.match(value.raw.strip())
    if match and kind == "arxiv":
        record.locate(f"https://arxiv.org/abs/{match['id']}", value.start, value.end)
        record.notes.append("address made from the eprint identifier")


EXTRACTOR = BibtexExtractor()
