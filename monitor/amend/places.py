"""Finding the place for an edit: lines, brackets around a date, addresses made safe to write."""

import re
from collections.abc import Sequence

from monitor.model.document import Document, Span
from monitor.model.finding import Edit

_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]")
_CLOSERS = {")": "(", "]": "["}


def local(document: Document, span: Span) -> tuple[int, int]:
    """Return a span's character range in `document.text`; ValueError where it lies outside."""
    start, end = span.start - document.base_char, span.end - document.base_char
    if not 0 <= start <= end <= len(document.text):
        raise ValueError("the span belongs to another part of the document")
    return start, end


def edit(document: Document, start: int, end: int, after: str) -> Edit:
    """Return the edit that replaces `text[start:end]`."""
    return Edit(span=document.span(start, end), before=document.text[start:end], after=after)


def safe_url(url: str) -> str | None:
    """Return a web address of plain ASCII that no format trips over; None where it is none.

    Everything RFC 3986 does not allow in a path or query is percent-encoded as UTF-8, brackets too:
    archives decode it when they look the page up.
    """
    if not re.match(r"(?i)https?://[^/\s]", url) or len(url) > 8000:
        return None
    return _UNSAFE.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode("utf-8", "replace")), url)


def line_bounds(text: str, position: int) -> tuple[int, int]:
    """Return start and end of the line that holds `position`, its line break left out."""
    return line_start(text, position), line_end(text, position)


def line_start(text: str, position: int) -> int:
    """Return the start of the line that holds `position`."""
    # Most documents have no "\r": it is looked for within the line, not through the whole text.
    start = text.rfind("\n", 0, position) + 1
    return max(start, text.rfind("\r", start, position) + 1)


def line_end(text: str, position: int) -> int:
    """Return the end of the line that holds `position`, its line break left out."""
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    earlier = text.find("\r", position, end)
    return end if earlier < 0 else earlier


def newline_after(text: str, line_end: int) -> str:
    """Return the line break in use at the end of a line; that of the line before where there is none."""
    for newline in ("\r\n", "\n", "\r"):
        if text.startswith(newline, line_end):
            return newline
    before = max(text.rfind("\n", 0, line_end), text.rfind("\r", 0, line_end))
    if before < 0:
        return "\n"
    return "\r\n" if text[before - 1 : before + 1] == "\r\n" else text[before]


def past_bracket(text: str, position: int) -> int:
    """Return the place after the bracket that encloses `position` on its line, or `position` itself."""
    start, end = line_bounds(text, position)
    rest = re.match(r"[^\[\](){}<>]{0,40}?([)\]])", text[position:end])
    if rest is None:
        return position
    opener = _CLOSERS[rest[1]]
    head = text[start:position]
    return position + rest.end() if head.count(opener) > head.count(rest[1]) else position


def changed_lines(document: Document, edits: Sequence[Edit]) -> str:
    """Return the whole lines the edits touch, as they will read."""
    return rewritten(document, edits)[1]


def rewritten(document: Document, edits: Sequence[Edit]) -> tuple[str, str]:
    """Return the whole lines the edits touch, as they read now and as they will read."""
    ordered = sorted(edits, key=lambda one: one.span.start) if len(edits) > 1 else edits
    text, ranges = document.text, [local(document, one.span) for one in ordered]
    begin, end = _lines(text, ranges)
    pieces: list[str] = []
    position = begin
    for one, (start, finish) in zip(ordered, ranges, strict=True):
        pieces += (text[position:start], one.after)
        position = finish
    pieces.append(text[position:end])
    return text[begin:end], "".join(pieces)


def touched(document: Document, edits: Sequence[Edit]) -> tuple[int, int]:
    """Return the range of the whole lines that edits touch."""
    return _lines(document.text, [local(document, one.span) for one in edits])


def _lines(text: str, ranges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    begin, end = ranges[0]
    for start, finish in ranges[1:]:
        begin, end = min(begin, start), max(end, finish)
    return line_start(text, begin), line_end(text, end)
