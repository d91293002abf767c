"""Cuts HTML into tags and text with the exact place of each, in time linear to its length.

Written here because no well-kept parser gives character offsets: lxml and selectolax give none or
lines only, and `html.parser` is quadratic on unclosed tags before CPython 3.11.14 (CVE-2025-6069).
The token rules follow the WHATWG tokenizer where documents need them: comments, raw text elements,
attributes in either quote, character references in text and attributes.
"""

import re
from collections.abc import Generator, Iterator
from html import unescape
from typing import NamedTuple

# An address in angle brackets, as MLA writes it, is text.
_NAME = re.compile(r"</?(?!(?:https?|ftp):/)([a-zA-Z][^\s/>]{0,60})")
# Nearly every tag: its quotes stand after "=" and hold no angle bracket. Others are walked.
_PLAIN_TAG = re.compile(
    r"</?(?!(?:https?|ftp):/)([a-zA-Z][^\s/>\"'<]{0,60})(?![^\s/>])[^\"'<>]*(?:(?<==)\"[^\"<>]{0,4000}\"[^\"'<>]*){0,40}>"
)
_TAG_END = re.compile(r"[\"'>]")
_ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]{1,60})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>`]+)))?"
)
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "iframe", "noframes"})
_LONGEST_TAG = 65_536
REFERENCE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?|\{[\"']\s?[\"']\}|\{/\*[^*]{0,400}\*/\}"
)
"""A character reference; or a blank or comment of JSX: `{" "}`, `{/* … */}`."""


class Token(NamedTuple):
    """A tag (`name`, lower case; `closing`) or text (`name` is "") at `start:end` of the source."""

    name: str
    start: int
    end: int
    closing: bool = False
    raw: bool = False


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Return the tokens of `text[start:end]` in order; comments and declarations are dropped."""
    finish = len(text) if end is None else end
    position = begin = start
    last_close = text.rfind(">", start, finish)
    while position < finish:
        opening = text.find("<", position, finish)
        if opening < 0 or opening > last_close:
            break
        skipped = _declaration_end(text, opening, finish)
        if skipped is not None:
            if opening > begin:
                yield Token("", begin, opening)
            position = begin = skipped
            continue
        name = _PLAIN_TAG.match(text, opening, finish) or _NAME.match(text, opening, finish)
        tag_end = _tag_end(text, name, finish) if name else None
        if name is None or tag_end is None:
            position = opening + 1
            continue
        if opening > begin:
            yield Token("", begin, opening)
        closing = text[opening + 1] == "/"
        token = Token(name[1].lower(), opening, tag_end, closing)
        yield token
        position = begin = tag_end
        if token.name in _RAW and not closing and text[tag_end - 2] != "/":
            position = begin = yield from _raw(text, token.name, tag_end, finish)
    if begin < finish:
        yield Token("", begin, finish)


def _declaration_end(text: str, opening: int, finish: int) -> int | None:
    if text.startswith("<!--", opening):
        close = text.find("-->", opening + 4, finish)
        return finish if close < 0 else close + 3
    if text.startswith(("<!", "<?"), opening):
        close = text.find(">", opening, finish)
        return finish if close < 0 else close + 1
    return None


def _tag_end(text: str, name: re.Match[str], finish: int) -> int | None:
    """Return the end of a tag, quotes respected; a quote that never closes is no quote."""
    position = name.end()
    if text[position - 1] == ">":
        return position
    limit = min(finish, position + _LONGEST_TAG)
    place = position
    while mark := _TAG_END.search(text, place, limit):
        if mark[0] == ">":
            return mark.end()
        # Only a quote after "=" opens a value; `<p class=it's>` has none.
        if text[place : mark.start()].rstrip()[-1:] != "=":
            place = mark.end()
            continue
        close = text.find(mark[0], mark.end(), limit)
        if close < 0:
            break
        place = close + 1
    close = text.find(">", position, finish)
    return None if close < 0 else close + 1


def _raw(text: str, name: str, start: int, finish: int) -> Generator[Token, None, int]:
    close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, start, finish)
    end = close.start() if close else finish
    if end > start:
        yield Token("", start, end, raw=True)
    return end


def attributes(text: str, token: Token) -> dict[str, tuple[str, int, int]]:
    """Return a tag's attributes: value with references resolved, and the place of it as written."""
    found: dict[str, tuple[str, int, int]] = {}
    begin = token.start + 1 + len(token.name)
    if begin + 1 == token.end:
        return found
    for match in _ATTRIBUTE.finditer(text, begin, token.end):
        group = next((number for number in (2, 3, 4) if match[number] is not None), None)
        value, start, end = (
            ("", match.end(), match.end()) if group is None else (match[group], *match.span(group))
        )
        found.setdefault(match[1].lower(), (unescape(value), start, end))
        if len(found) > 60:
            break
    return found
