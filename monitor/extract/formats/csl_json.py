"""CSL-JSON: the standard decoder reads each item, places are found again in the item's own text.

A whole file is decoded item by item, so that one broken item is a note and not the end.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.extract.records.csl_records import Item, item_citation
from monitor.extract.records.records import ordered
from monitor.model.citation import Citation, Extraction
from monitor.model.document import Document
from monitor.patterns import lazy

_OPEN = lazy(r"\s*(?:\{[^\[\]{}]*?\"(?:items|references|entries|data)\"\s*:\s*)?\[\s*", re.DOTALL)
_BETWEEN = lazy(r"[\s,]*")
_NEXT = lazy(r"\}\s*,?\s*(?=\{\s*\")")
_KEY = {name: lazy(rf'(?<!\\)"{name}"\s*:\s*') for name in ("URL", "DOI", "accessed", "note")}
_LIST = lazy(r'(?<!\\)"date-parts"\s*:\s*\[\s*(\[[^\[\]]{0,120}\])')
_RAW = lazy(r'(?<!\\)"(?:raw|literal)"\s*:\s*"([^"\\]{0,120})"')
_DECODER = json.JSONDecoder(strict=False)
_MAX_ITEMS = 500_000
_MAX_NOTES = 20


class CslJsonExtractor:
    """Reads CSL-JSON: a list of items, or one item."""

    name = "csl-json"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; what cannot be read stands in the notes, with its line."""
        hints = collect_hints(document.text)
        notes: list[str] = []
        found = [
            _citation(document, value, start, end, hints) for value, start, end in _items(document, notes)
        ]
        return Extraction(
            document=document.path,
            format=self.name,
            citations=ordered(found),
            notes=tuple(notes[:_MAX_NOTES]),
        )


def _items(document: Document, notes: list[str]) -> Iterator[tuple[dict[str, Any], int, int]]:
    text = document.text
    opening = _OPEN.match(text)
    position = opening.end() if opening else len(text) - len(text.lstrip())
    for _ in range(_MAX_ITEMS):
        if position >= len(text) or text[position] != "{":
            break
        try:
            value, end = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            place = min(getattr(error, "pos", position), len(text))
            reason = getattr(error, "msg", "nested too deeply")
            notes.append(f"line {document.span(place, place).line}: not JSON: {reason}")
            following = _NEXT.search(text, max(place - 1, position + 1)) if len(notes) < _MAX_NOTES else None
            if following is None:
                return
            position = following.end()
            continue
        yield value, position, end
        gap = _BETWEEN.match(text, end)
        position = gap.end() if gap else end
    if text[position : position + 1] not in {"", "]"} and not notes:
        notes.append(f"line {document.span(position, position).line}: not a list of CSL items")


def _citation(
    document: Document, value: dict[str, Any], start: int, end: int, hints: DateHints
) -> Citation | None:
    places: dict[str, tuple[int, int]] = {}
    for name in ("URL", "DOI", "note"):
        if isinstance(value.get(name), str) and (
            place := _place(document.text, name, value[name], start, end)
        ):
            places[name] = place[0] + 1, place[1] - 1
    if "accessed" in value and (place := _place(document.text, "accessed", value["accessed"], start, end)):
        places["accessed"] = _date_place(document.text, *place)
    return item_citation(document, Item(value, start, end, places), hints)


def _place(text: str, key: str, value: Any, start: int, end: int) -> tuple[int, int] | None:
    """Return the place of a member's value: the last one of that name that decodes to the value."""
    found = None
    for number, match in enumerate(_KEY[key].finditer(text, start, end)):
        if number > 50:
            break
        try:
            read, stop = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        if read == value:
            found = match.end(), stop
    return found


def _date_place(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the date itself is written: the first list of date-parts, or the raw string."""
    for pattern in (_LIST, _RAW):
        if match := pattern.search(text, start, end):
            return match.span(1)
    return (start + 1, end - 1) if text[start] == '"' else (start, end)


EXTRACTOR = CslJsonExtractor()
