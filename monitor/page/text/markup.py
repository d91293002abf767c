"""A linear scanner of tag soup: text, tags, raw elements.

Why not a tree: every tree builder tried (lexbor, libxml2) goes quadratic on input a page can choose
(200,000 nested divs: 320 s; one tag of 50,000 attributes: 10-20 s) or drops what lies deeper than
its limit. A reader's text needs no tree. One pass, each character looked at a bounded number of times.
Follows WHATWG HTML §13.2.5 (tokenisation) where it matters for text.
"""

import html
import re
from collections.abc import Iterator

RAW = frozenset({"script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"})

_START = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"</?([a-zA-Z][^\s/>]{0,60})")
_REST = re.compile(r"(?:[^=>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>")
_ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]{1,60})(?:\s{0,20}=\s{0,20}(?:\"([^\"]{0,20000})\"|'([^']{0,20000})'|([^\s\"'>]{1,4000})))?"
)
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_MAX_ATTRIBUTES = 60


class Token:
    """One piece of markup: kind "text", "open", "close" or "raw" (a raw element with its content)."""

    __slots__ = ("_source", "data", "kind", "name")

    def __init__(self, kind: str, name: str, data: str, source: str = "") -> None:
        self.kind = kind
        self.name = name
        self.data = data
        self._source = source

    def mentions(self, word: str) -> bool:
        """Tell cheaply whether a word occurs in the tag; for most tags none does."""
        return word in self._source

    def attributes(self) -> dict[str, str]:
        """Return the attributes, names in lower case, first of equals, at most 60 of them."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self._source):
            value = match[2] or match[3] or match[4] or ""
            found.setdefault(match[1].lower(), unescape(value))
            if len(found) >= _MAX_ATTRIBUTES:
                break
        return found


def unescape(text: str) -> str:
    """Resolve character references; bounded where `html.unescape` raises (over 4,300 digits)."""
    if "&" not in text:
        return text
    return html.unescape(_LONG_REFERENCE.sub("\ufffd", text))


def scan(text: str) -> Iterator[Token]:
    """Yield the tokens of a page in order. Total and linear for any input."""
    position, length = 0, len(text)
    naive = False  # after one tag that never ends by the rules, tags end at the next ">"
    unclosed: set[str] = set()
    while position < length:
        found = _START.search(text, position)
        if found is None:
            yield Token("text", "", text[position:])
            return
        start = found.start()
        if start > position:
            yield Token("text", "", text[position:start])
        name = _NAME.match(text, start)
        if name is None:
            position, literal = _not_a_tag(text, start, unclosed)
            if literal:
                yield Token("text", "", literal)
            continue
        rest = None if naive else _REST.match(text, name.end())
        if rest is None:
            naive = True
            end = text.find(">", name.end()) + 1
            if end == 0:
                return
        else:
            end = rest.end()
        tag = name[1].lower()
        source = text[name.end() : end - 1]
        position = end
        if text[start + 1] == "/":
            yield Token("close", tag, "")
        elif tag in RAW and tag not in unclosed:
            closing = _ENDS[tag].search(text, end)
            if closing is None:
                unclosed.add(tag)
                if tag in {"script", "style"}:
                    yield Token("raw", tag, text[end:], source)
                    return
                continue
            yield Token("raw", tag, text[end : closing.start()], source)
            position = max(text.find(">", closing.end()) + 1, closing.end())
        else:
            yield Token("open", tag, "", source)
            if source.endswith("/") and ":" in tag:
                yield Token("close", tag, "")


def _not_a_tag(text: str, start: int, unclosed: set[str]) -> tuple[int, str]:
    """Step over a comment, declaration or CDATA section; return where to go on, and its text.

    `unclosed` remembers what was sought in vain, so that no search to the end is made twice.
    """
    if text.startswith("<!--", start):
        if text.startswith((">", "->"), start + 4):
            return text.find(">", start) + 1, ""
        end = text.find("-->", start + 4)
        return (end + 3 if end >= 0 else len(text)), ""
    if text.startswith("<![CDATA[", start) and "]]>" not in unclosed:
        end = text.find("]]>", start)
        if end >= 0:
            return end + 3, text[start + 9 : end]
        unclosed.add("]]>")
    end = text.find(">", start)
    return (end + 1 if end >= 0 else len(text)), ""


def plain_text(markup: str) -> str:
    """Return the text of a markup fragment kept as text (JSON-LD bodies hold HTML at times)."""
    if "<" not in markup:
        return unescape(markup)
    return " ".join(unescape(token.data) for token in scan(markup) if token.kind == "text")
