"""CSL variables made into citations, whatever the notation (CSL 1.0.2 specification, appendix IV)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from msgspec import Struct

from monitor.extract.dates.values import NO_HINTS, DateHints
from monitor.extract.records.records import Record, field_date, prose_dates, whole, year_of
from monitor.model.citation import AccessDate, Citation
from monitor.model.document import Document
from monitor.patterns import lazy

_TAGS = lazy(r"</?[a-zA-Z][^<>]{0,200}>")
_EMPHASIS = lazy(r"(?<!\w)(\*{1,3}|_{1,2})(?=\S)([^*\n]{1,400}?)(?<=\S)\1(?!\w)|([~^])([^\s~^]{1,40})\3")
_SPAN = lazy(r"\[([^\[\]]{1,300})\]\{[^{}]{1,80}\}")
_PART = lazy(r"\s*\d{1,4}\s*")
_LARGEST_PART = 9999


class Item(Struct, frozen=True, gc=False):
    """One item: its variables as plain values, its place, and the places of what an edit may touch."""

    values: Mapping[str, Any]
    start: int
    end: int
    places: Mapping[str, tuple[int, int]]


def item_citation(document: Document, item: Item, hints: DateHints) -> Citation | None:
    """Return the citation of one item; None for an offline reference."""
    values = item.values
    record = Record(start=item.start, end=item.end, reason="the item has no URL")
    if "URL" in item.places and isinstance(values.get("URL"), str):
        record.locate(values["URL"], *item.places["URL"])
    if "DOI" in item.places and isinstance(values.get("DOI"), str):
        record.identify(values["DOI"], *item.places["DOI"])
    if "accessed" in item.places and (
        date := _accessed(document, values.get("accessed"), item.places["accessed"], hints)
    ):
        record.add_date(date)
    if "note" in item.places and isinstance(values.get("note"), str):
        passage = whole(document, *item.places["note"])
        if len(passage.text) < 4000:
            for one in prose_dates(document, passage, hints)[0]:
                record.add_date(one)
            if record.dates:
                record.locate_in(passage)
            record.archived_in(passage)
    if "archive_location" in values and "://" in str(values["archive_location"]):
        record.archive_url = str(values["archive_location"])
    if record.url is None and record.doi is None and not record.dates:
        return None
    record.title = plain_markup(_text(values.get("title")) or _text(values.get("container-title")))
    record.attribution = [
        people(values.get("author")) or people(values.get("editor")),
        _text(values.get("container-title")) or _text(values.get("publisher")),
    ]
    record.published = iso(values.get("issued"), hints)
    return record.citation(document)


def _accessed(document: Document, value: Any, place: tuple[int, int], hints: DateHints) -> AccessDate | None:
    found = iso(value, hints)
    span = document.span(*place)
    if found is not None:
        return AccessDate(date=found, text=document.verbatim(span), span=span)
    if isinstance(value, str):
        return field_date(document, whole(document, *place), hints)
    return None


def iso(value: Any, hints: DateHints) -> str | None:
    """Return a CSL date variable as ISO at its precision: date-parts, list of mappings, raw, literal."""
    if isinstance(value, list) and value:
        return iso(value[0], hints)
    if isinstance(value, str | int):
        return year_of(str(value).partition("/")[0].rstrip("~?"), hints)
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return _joined(parts[0])
    if "year" in value:
        return _joined([value.get(key) for key in ("year", "month", "day")])
    return next(
        (iso(value[key], hints) for key in ("raw", "literal", "edtf") if isinstance(value.get(key), str)),
        None,
    )


def _joined(parts: Sequence[Any]) -> str | None:
    numbers = []
    for part in parts[:3]:
        if type(part) is not int and (part is None or not _PART.fullmatch(str(part))):
            break
        if not 0 <= (number := int(part)) <= _LARGEST_PART:
            break
        numbers.append(number)
    if not numbers or not 1000 <= numbers[0] <= 2999:
        return None
    written = "-".join([f"{numbers[0]:04d}", *(f"{number:02d}" for number in numbers[1:])])
    return written if _plainly(numbers) else year_of(written, NO_HINTS)


def _plainly(numbers: Sequence[int]) -> bool:
    """Tell whether numbers are a day, month or year of our time: there is nothing to read in them."""
    if not 1900 <= numbers[0] <= 2099:  # the others may be years of another calendar
        return False
    year, month, day = (*numbers, 1, 1)[:3]
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def people(names: Any) -> str | None:
    """Return the names of a name variable, given name first."""
    if isinstance(names, str):
        return names
    if not isinstance(names, list):
        return None
    shown = []
    for name in names[:30]:
        if isinstance(name, dict):
            keys = (
                ("literal",)
                if "literal" in name
                else ("given", "non-dropping-particle", "family", "given-names", "family-names", "name")
            )
            shown.append(" ".join(str(name[key]) for key in keys if name.get(key)))
    return ", ".join(one for one in shown if one) or None


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def plain_markup(text: str | None) -> str | None:
    """Return a title without HTML tags (CSL-JSON) and Markdown emphasis (pandoc's CSL-YAML)."""
    if text is None:
        return None
    text = unescape(_TAGS.sub("", " ".join(text.split())))
    text = _SPAN.sub(r"\1", text)
    return _EMPHASIS.sub(lambda match: match[2] or match[4], text)
