"""CSL-JSON, CSL-YAML, CITATION.cff: `archive_location` beside `URL`, dates in their own notation.

CSL 1.0.2, appendix IV: `archive` names the archive, `archive_location` the place in it.
"""

import datetime as dt
import re
from urllib.parse import urlsplit

from monitor.amend import places
from monitor.amend.dates import Unread
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter
from monitor.model.document import Document
from monitor.model.finding import Edit

_WAYBACK = "web.archive.org"
_JSON_KEY = re.compile(r"(?P<lead>[{,]\s*)\"URL\"(?P<colon>\s*:\s*)\"$")
_YAML_KEY = re.compile(
    r"(?P<lead>^[ \t]*(?:-[ \t]+)?|(?P<flow>[{,]\s*))[\"']?URL[\"']?(?P<colon>\s*:\s*)(?P<quote>[\"']?)$",
    re.MULTILINE,
)
_TAKEN = re.compile(r"[\"']?\barchive_location[\"']?\s*:")
_LIST = re.compile(r"\d+")
_LISTED = re.compile(r"\s*\{?\s*(?:[\"']?date-parts[\"']?\s*:)?\s*[\[-][\s\[\],\"'\d-]*\}?\s*")
_KEYED = re.compile(r"(?P<key>year|month|day)(?P<gap>[\"']?\s*:\s*[\"']?)(?P<number>\d+)")
_LOOK = 200


class CslWriter(SpanWriter):
    """Writes CSL-JSON and CSL-YAML."""

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the members to copy."""
        return ", ".join(f'"{name}": "{value}"' for name, value in _members(link))

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Add the members after the address, laid out as it is."""
        document, text = link.document, link.document.text
        citation = link.assessment.citation
        if citation.url_span is None:
            return NoPlace.NOWHERE
        start, end = places.local(document, citation.url_span)
        begin, finish = places.local(document, citation.span)
        item = text[begin:finish]
        if _TAKEN.search(item):
            return NoPlace.TAKEN
        wanted = [
            (name, value) for name, value in _members(link) if not re.search(rf"\b{name}[\"']?\s*:", item)
        ]
        if document.format == "csl-json":
            return _in_json(document, start, end, wanted)
        return _in_yaml(document, start, end, wanted)

    def date_text(self, document: Document, start: int, end: int, iso: str, day: dt.date) -> str | Unread:
        """Return the date as it reads when it means `day`: list, members, or text of any style."""
        written = document.text[start:end]
        values = {"year": day.year, "month": day.month, "day": day.day}
        old = [int(part) for part in iso.split("-")]
        keyed = list(_KEYED.finditer(written))
        if keyed:
            if {match["key"]: int(match["number"]) for match in keyed} != dict(
                zip(values, old, strict=False)
            ):
                return Unread(written)
            return _KEYED.sub(
                lambda match: match["key"] + match["gap"] + _as(match["number"], values[match["key"]]),
                written,
            )
        numbers = [int(match[0]) for match in _LIST.finditer(written)]
        if _LISTED.fullmatch(written):
            if numbers != old:
                return Unread(written)
            new = iter(values.values())
            return _LIST.sub(lambda match: _as(match[0], next(new)), written)
        return super().date_text(document, start, end, iso, day)


class CffWriter(SpanWriter):
    """Writes CITATION.cff, whose references have no field for an archived copy (schema 1.2.0)."""

    def archive(self, link: ArchiveLink) -> NoPlace:  # noqa: ARG002 - the base class's signature
        """Return no edit."""
        return NoPlace.NO_FIELD


def _as(like: str, value: int) -> str:
    """Return a number padded as another; a number of JSON has no leading zero of its own."""
    return f"{value:02d}" if like.startswith("0") else str(value)


def _members(link: ArchiveLink) -> list[tuple[str, str]]:
    named = [("archive", "Internet Archive")] if urlsplit(link.url).hostname == _WAYBACK else []
    return [*named, ("archive_location", link.url)]


def _in_json(document: Document, start: int, end: int, wanted: list[tuple[str, str]]) -> list[Edit] | NoPlace:
    text = document.text
    key = _JSON_KEY.search(text, max(0, start - _LOOK), start)
    if key is None or text[end : end + 1] != '"':
        return NoPlace.UNCLOSED
    gap = key["lead"][1:]
    new = "".join(f',{gap}"{name}"{key["colon"]}"{value}"' for name, value in wanted)
    return [places.edit(document, end + 1, end + 1, new)]


def _in_yaml(document: Document, start: int, end: int, wanted: list[tuple[str, str]]) -> list[Edit] | NoPlace:
    text = document.text
    key = _YAML_KEY.search(text, max(0, start - _LOOK), start)
    if key is None:
        return NoPlace.UNCLOSED
    at = end + len(key["quote"])
    if text[end:at] != key["quote"]:
        return NoPlace.UNCLOSED
    if key["flow"]:
        gap = key["flow"][1:] or " "
        return [places.edit(document, at, at, "".join(f',{gap}{name}: "{value}"' for name, value in wanted))]
    _, line_end = places.line_bounds(text, at)
    if not re.fullmatch(r"[ \t]*(?:#.*)?", text[at:line_end]):
        return NoPlace.UNCLOSED
    margin = re.sub(r"\S", " ", key["lead"])
    newline = places.newline_after(text, line_end)
    new = "".join(f'{newline}{margin}{name}: "{value}"' for name, value in wanted)
    return [places.edit(document, line_end, line_end, new)]
