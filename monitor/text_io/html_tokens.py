"""HTML cut into tags and text: the one scanner of watched documents and cited pages.

The tokens are turbohtml's, a tokenizer in C that follows WHATWG HTML §13.2.5 and stays linear for
whatever a page may hold (measured: 200,000 nested tags 37 ms, a tag of 50,000 attributes 56 ms,
200,000 comments that never close 10 ms). Why no tree: every tree builder tried (lexbor, libxml2)
goes quadratic on such input or drops what lies deeper than its limit, and no text needs one.

Where a browser loses the rest of a page to one slip, a reader of the web must not: behind a quote
that never closes, and a title, text field or frame that never ends, the text is read on.
"""

import html
import html.entities
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from msgspec import Struct

from monitor.patterns import lazy

if TYPE_CHECKING:
    import turbohtml
    from turbohtml import TokenType

    PageToken: TypeAlias = turbohtml.Token


CODE = frozenset({"script", "style"})
RAW = CODE | {"textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"}
"""Elements whose content is no markup to the tokenizer (it reads `noscript` as scripting browsers do)."""

COMPLETE = "x-end-of-text"
"""The tag that `page_tokens` ends with, unless something that never closes swallowed it."""
_END = f"<{COMPLETE}>"
_DROPPED = "!"

_TAG = lazy(r"</?[a-zA-Z]")
_ATTRIBUTE = lazy(
    r"([^\s\"'<>/=]{1,60})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'"
    r"|\{\s{0,20}[\"'`]([^\"'`{}]*)[\"'`]\s{0,20}\}|([^\s\"'<>`]+)))?"
)
"""The third form, `href={"…"}`, is how MDX and JSX write a text."""
_MOST_ATTRIBUTES = 60
# An address in angle brackets, as MLA writes it, is text.
_ADDRESS = lazy(r"<(?=/?(?:https?|ftp):/)", re.IGNORECASE)
_SELF_CLOSED = lazy(
    r"<(script|style|textarea|title|xmp|iframe|noembed|noframes|noscript)(?=[\s/][^<>]{0,2000}(?<=/)>|/>)",
    re.IGNORECASE,
)
"""`<script/>` ends where XHTML says it does: documents are written, pages are served."""
_QUOTES = str.maketrans("\"'", "  ")
_LONG_REFERENCE = lazy(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")


class Token(Struct, frozen=True, gc=False):
    """A tag (`name`, lower case; `closing`) or text (`name` is "") at `start:end` of the source."""

    name: str
    start: int
    end: int
    closing: bool = False
    raw: bool = False


def unescape(text: str) -> str:
    """Resolve character references; bounded where `html.unescape` raises (over 4,300 digits)."""
    if "&" not in text:
        return text
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text))


# A name without ";" before "=", a letter or a digit stays as it is (WHATWG, named character reference state).
_UNENDED = lazy(r"&(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?![a-zA-Z0-9;])(?=(?P<equals>=?))")


def attribute_value(written: str) -> str:
    """Resolve the character references of an attribute's value: "?page=1&section=2" holds none."""
    if "&" not in written:
        return written
    return unescape(_UNENDED.sub(_kept, written))


def _kept(match: re.Match[str]) -> str:
    known = match["name"] in html.entities.html5 and not match["equals"]
    return match[0] if known else f"&amp;{match['name']}"


_IMPORTING = Lock()


@cache
def _core() -> Any:
    """Return turbohtml's scanner in C without the thirty modules that its package imports for trees.

    They take six times as long as the scanner, a twentieth of a check of one link. Whoever imports the
    package afterwards gets it whole, around the same scanner.
    """
    with _IMPORTING:
        found = find_spec("turbohtml")
        if "turbohtml" in sys.modules or found is None:
            return import_module("turbohtml")
        alone = ModuleType("turbohtml")
        alone.__path__ = list(found.submodule_search_locations or ())
        sys.modules["turbohtml"] = alone
        try:
            return import_module("turbohtml._html")
        finally:
            del sys.modules["turbohtml"]


def token_kinds() -> "tuple[TokenType, TokenType, TokenType]":
    """Return what the tokens of text, start tags and end tags call themselves."""
    TokenType = _core().TokenType  # noqa: N806 - a class
    return TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG


def page_tokens(text: str) -> "Iterator[PageToken]":
    """Return the tokens of a page, references resolved; the last is a start tag `COMPLETE`.

    Where it is missing, something swallowed the rest of the page: see `read_on`.
    """
    return cast("Iterator[PageToken]", _core().tokenize(_cdata_as_text(text) + _END))


def _cdata_as_text(text: str) -> str:
    """Return a text whose CDATA sections, scripts' own aside, are plain text: XML and feeds need it."""
    at = text.find("<![CDATA[")
    if at < 0:
        return text
    parts, done, coded = [], 0, False
    while at >= 0 and (end := text.find("]]>", at)) >= 0:
        opened, closed = text.rfind("<script", done, at), text.rfind("</script", done, at)
        coded = opened > closed or (coded and closed < 0)
        if coded:
            parts.append(text[done : end + 3])
        else:
            parts += text[done:at], html.escape(text[at + 9 : end], quote=False)
        done = end + 3
        at = text.find("<![CDATA[", done)
    return "".join((*parts, text[done:]))


def read_on(text: str) -> str:
    """Return what to read after the tokens of `text` ended without `COMPLETE`; "" for nothing.

    A tag with a quote that never closes is read again with quotes that mean nothing; behind an
    element of raw text that never closes, what follows is read as markup. Scripts, styles and
    comments take the rest of a page with them, as in a browser. The text returned can be stuck a
    bounded number of times: each mending rules its kind out.
    """
    text = _cdata_as_text(text).replace("\r\n", "\n").replace("\r", "\n")
    last = opened = Token("", 0, 0)
    for last in _placed(text):
        if last.name:
            opened = last
    if opened.name in RAW and not opened.closing:
        # A tag that nothing ends may end behind the text.
        if opened.name in {*CODE, "plaintext"} and text[opened.end - 2 : opened.end - 1] != "/":
            return ""
        return re.sub(rf"<(?={opened.name}[\s/>])", "<wbr ", text[opened.end :], flags=re.IGNORECASE)
    return _unquoted(text[_stuck(text, last) :])


def _stuck(text: str, last: Token) -> int:
    """Return where the tag or text begins that swallowed the end of a text, given the last token."""
    if last.end > len(text):
        return last.start if last.name != _DROPPED else len(text)
    found = _TAG.search(text, last.end)
    return found.start() if found else len(text)


def _unquoted(rest: str) -> str:
    """Return what begins with a tag that a quote keeps open, with quotes that mean nothing; else ""."""
    return rest.translate(_QUOTES) if ">" in rest and ('"' in rest or "'" in rest) else ""


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Return the tokens of `text[start:end]` in order, each with its place; comments are dropped."""
    finish = len(text) if end is None else end
    # Nothing here moves a character: places in what is scanned are places in the text.
    part = _ADDRESS.sub("\x01", text[start:finish].replace("\r", " "))
    part = _SELF_CLOSED.sub(lambda match: "<" + "x" * len(match[1]), part)
    while part:
        last = Token("", 0, 0)
        base = finish - len(part)
        for last in _placed(part):
            if last.name == COMPLETE:
                return
            if last.name != _DROPPED and last.end <= len(part):
                yield (
                    Token(last.name, base + last.start, base + last.end, last.closing, last.raw)
                    if base
                    else last
                )
        stuck = _stuck(part, last)
        rest = "" if last.raw else _unquoted(part[stuck:])
        if not rest and stuck < len(part):
            # A tag that nothing ends is text; so is what stands in an element that nothing ends.
            yield Token("", base + stuck, finish, raw=last.raw)
        part = rest


def _placed(text: str) -> Iterator[Token]:
    """Return the tokens of a text with their places, up to `COMPLETE`; what has no text is `_DROPPED`.

    The last one reaches past the end of the text where nothing ended it.
    """
    tokenize = _core().tokenize

    text_token, _, end_tag = token_kinds()
    line, base, begun, raw = 1, 0, -1, False
    for token in tokenize(text + _END, capture_source=True, capture_attributes=False):
        while line < token.line:
            line, base = line + 1, text.find("\n", base) + 1
        at = base + token.col
        if begun >= 0:
            yield Token("", begun, at, raw=raw)
            begun = -1
        kind = token.type
        if kind is text_token:
            begun = at
            continue
        name = token.tag or _DROPPED
        closing = kind is end_tag
        raw = name in RAW and not closing
        yield Token(name, at, at + len(token.source or ""), closing)
    if begun >= 0:
        stuck = None if raw else _TAG.search(text, begun)
        yield Token("", begun, stuck.start() if stuck else len(text) + len(_END), raw=raw)


def attributes(text: str, token: Token) -> dict[str, tuple[str, int, int]]:
    """Return a tag's attributes: value with references resolved, and the place of it as written."""
    found: dict[str, tuple[str, int, int]] = {}
    begin = token.start + 1 + len(token.name)
    if begin + 1 == token.end:
        return found
    for match in _ATTRIBUTE.finditer(text, begin, token.end):
        name, group = match[1].lower(), match.lastindex or 1
        if name in found:
            continue
        if group == 1:
            found[name] = ("", match.end(), match.end())
        else:
            value = match[group]
            found[name] = (attribute_value(value) if "&" in value else value, *match.span(group))
        if len(found) > _MOST_ATTRIBUTES:
            break
    return found


def plain_text(markup: str) -> str:
    """Return the text of a markup fragment kept as text (JSON-LD bodies hold HTML at times)."""
    if "<" not in markup:
        return unescape(markup)
    tokenize = _core().tokenize

    text_token, *_ = token_kinds()
    return " ".join(token.data or "" for token in tokenize(markup) if token.type is text_token)
