"""Reads Markdown's inline markup with the place of every character (CommonMark 0.31, §6).

Links, reference links, autolinks, images, code spans, emphasis, escapes, entities, inline HTML.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from html import unescape

from msgspec import Struct

from monitor.extract.markup.html_attributes import Component, Marks, component, version_day
from monitor.extract.passage import Builder, Link
from monitor.patterns import lazy
from monitor.text_io.html_tokens import Token, attributes

_MARK = lazy(
    r"(?P<hard>\\(?=\n))|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>`{1,3})"
    r"|(?P<auto><(?P<target>(?:(?:https?|ftp)://|[a-zA-Z][a-zA-Z0-9+.-]{1,31}:(?=[^\s<>]))[^\s<>]{1,4000})\s{0,2}>)"
    r"|(?P<url>(?:(?:https?|ftp)://|(?<![^\W_])www\.(?=\w))[^\s<>\[\]\"`|\\]{1,4000})"
    r"|(?P<image>!\[)"
    r"|(?P<open>\[)"
    r"|(?P<comment><!--)"
    r"|(?P<tag></?[a-zA-Z][a-zA-Z0-9-]{0,30}(?:\s[^<>]{0,4000})?/?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(?P<star>\*{1,3})|(?P<under>(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_]))|(?P<strike>~~)"
)
# Every mark begins with one of these, or has it as its first one `_BEFORE` characters later at most ("https://",
# "!["). Looked for first: most of a text is far from any. The engine skips to a class that all branches share.
_ANY_MARK = lazy(r"[\\`<\[&*_~:w](?:(?<![:w])|(?<=:)//|(?<=w)w{2}\.)")
_BEFORE = {"://": 5, "[": 1}
_DESTINATION = lazy(
    r"\(\s{0,9}(?:<(?P<angle>[^<>\n]{0,4000})>|(?P<plain>[^\s()\\]{0,4000}+(?=\))|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]{0,400}\)){0,800}\)){0,4000}))(?:\s{1,9}(?:\"[^\"]{0,800}\"|'[^']{0,800}'|\([^)]{0,800}\)))?\s{0,9}\)"
)
_REFERENCE = lazy(r"\s?\[(?P<label>(?:[^\[\]\\]|\\.){0,200})\]")
_DEFINITION = lazy(
    r"^ {0,3}\[(?P<label>(?!\^)(?:[^\[\]\\\n]|\\.){1,200})\]:[ \t]*\n?[ \t]*"
    r"(?:<(?P<angle>(?:https?|ftp)://[^<>\n]{1,4000})>|(?P<target>(?:https?|ftp)://[^\s<>]{1,4000}))",
    re.MULTILINE,
)
_WHOLE_ADDRESS = lazy(r"https?://[^\s`]{4,480}", re.IGNORECASE)
_LONGEST_LABEL = 1500


class Definition(Struct, frozen=True, gc=False):
    """The target of a reference link, and where it is written (place in the body, see `definitions`)."""

    target: str


_ENTITY = lazy(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_ESCAPE = lazy(r"\\([!-/:-@\[-`{-~])")


def _next_mark(content: str, position: int, end: int) -> re.Match[str] | None:
    """Return the first mark from `position` on."""
    sign = _ANY_MARK.search(content, position, end)
    if sign is None:
        return None
    return _MARK.search(content, max(position, sign.start() - _BEFORE.get(sign[0], 0)), end)


def destination(content: str, place: int) -> tuple[str, int, int] | None:
    """Return the target of an inline link whose "(" stands at `place`, and where it is written."""
    found = _DESTINATION.match(content, place)
    if found is None:
        return None
    group = "angle" if found["angle"] is not None else "plain"
    return resolved(found[group]), *found.span(group)


def resolved(target: str) -> str:
    """Return a link's target without escapes; a character reference always ends in ";" (CommonMark §2.5)."""
    if "\\" in target:
        target = _ESCAPE.sub(r"\1", target)
    return _ENTITY.sub(lambda match: unescape(match[0]), target) if "&" in target else target


def definitions(body: str) -> Mapping[str, Definition]:
    """Return the link definitions of a document by folded label; the first of a name counts."""
    found: dict[str, Definition] = {}
    if "]:" in body:
        for match in _DEFINITION.finditer(body):
            found.setdefault(_folded(match["label"]), Definition(match["angle"] or match["target"]))
    return found


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def add_inline(
    builder: Builder, pieces: Sequence[tuple[str, int]], defined: Mapping[str, Definition]
) -> None:
    """Add lines of inline Markdown, each with its place in the document, to a passage."""
    if len(pieces) == 1:
        content, place = pieces[0]
        sign = _ANY_MARK.search(content)
        if sign is None:
            builder.add(content, place)
            return
        if sign[0] == "[" and (link := _PLAIN_LINK.match(content, sign.start())) and _is_plain(link):
            _add_linked(builder, link, place)
            return
        places = [(0, place)]
    else:
        content = "\n".join([text for text, _ in pieces])
        places, length = [], 0
        for text, place in pieces:
            places.append((length, place))
            length += len(text) + 1
    _Inline(builder, content, places, defined).read(0, len(content), 0)


# A link whose label holds no sign that begins a mark, and whose target none that ends one.
_PLAIN_LINK = lazy(
    r"(?<!!)\[(?!\^)(?P<label>[^\\`<\[\]&*_~]{1,1400}+)\]\((?P<target>[^\s()\\<][^\s()\\]{0,3900}+)\)"
)


def _is_plain(link: re.Match[str]) -> bool:
    """Tell whether a link is all the markup of its line, as in most lists of links."""
    label = link["label"]
    return "://" not in label and "www." not in label and _ANY_MARK.search(link.string, link.end()) is None


def _add_linked(builder: Builder, link: re.Match[str], place: int) -> None:
    """Add a line that begins at `place` and has one plain link."""
    content, (start, end) = link.string, link.span("target")
    builder.add(content[: link.start()], place)
    begin = builder.length
    builder.add(link["label"], place + link.start("label"))
    builder.links.append(
        Link(
            start=begin, end=builder.length, href=resolved(link["target"]),
            href_start=place + start, href_end=place + end,
        )
    )  # fmt: skip
    builder.add(content[link.end() :], place + link.end())


class _Inline:
    """Reads one block's content."""

    def __init__(
        self, builder: Builder, content: str, places: list[tuple[int, int]], defined: Mapping[str, Definition]
    ) -> None:
        self.builder, self.content, self.places, self.defined = builder, content, places, defined
        self.link: tuple[str, int, int, int] | None = None
        self.link_tag = "a"
        self.link_marks: Marks = {}
        self.emphasis: int | None = None
        self.labelling = 0
        self.closers = _closers(content)

    def read(self, start: int, end: int, depth: int) -> None:
        """Add what stands at `content[start:end]`."""
        position, content = start, self.content
        while mark := _next_mark(content, position, end):
            if position < mark.start():
                self._copy(position, mark.start())
            position = self._mark(mark, end, depth)
        if position < end:
            self._copy(position, end)

    def _mark(self, mark: re.Match[str], end: int, depth: int) -> int:
        kind, start = mark.lastgroup, mark.start()
        kind = "auto" if mark["auto"] else kind
        if kind == "escape":
            self._atom(mark[0][1], start, 2)
        elif kind == "auto":
            self._autolink(mark)
        elif kind == "hard":
            # A hard line break (CommonMark §6.7): the line end itself follows.
            return mark.end()
        elif kind == "url":
            return self._bare(mark)
        elif kind == "code":
            return self._code(mark, end)
        elif kind == "image":
            return self._image(mark, end)
        elif kind == "open":
            return self._bracket(start, end, depth)
        elif kind == "comment":
            close = self.content.find("-->", start, end)
            return close + 3 if close >= 0 else end
        elif kind == "tag":
            self._tag(mark)
        elif kind == "entity":
            self._atom(unescape(mark[0]), start, len(mark[0]))
        elif kind in {"star", "under"}:
            return self._star(mark, end)
        return mark.end()

    def _star(self, mark: re.Match[str], end: int) -> int:
        before = self.content[mark.start() - 1 : mark.start()].strip()
        after = self.content[mark.end() : mark.end() + 1].strip() if mark.end() < end else ""
        if not before and not after:
            self._copy(mark.start(), mark.end())
        elif self.emphasis is not None:
            self.builder.emphasis.append((self.emphasis, self.builder.length))
            self.emphasis = None
        elif after:
            self.emphasis = self.builder.length
        return mark.end()

    def _autolink(self, mark: re.Match[str]) -> None:
        begin = self.builder.length
        self._copy(*mark.span("target"))
        self._linked(begin, mark["target"], *mark.span("target"))

    def _bare(self, mark: re.Match[str]) -> int:
        """Copy an address in the text; the sign that closes the emphasis around it is none of it."""
        start, end = mark.span("url")
        sign = self.content[start - 1 : start]
        if sign and sign in "*_~" and self.emphasis is not None:
            shown = self.content[start:end].rstrip(".,;:!?)")
            closed = shown.rstrip(sign)
            end = start + len(closed) if len(closed) < len(shown) else end
        self._copy(start, end)
        return end

    def _code(self, mark: re.Match[str], end: int) -> int:
        close = self.content.find(mark[0], mark.end(), min(end, mark.end() + 500))
        if close < 0:
            self._copy(mark.start(), mark.end())
            return mark.end()
        inside = self.content[mark.end() : close]
        # An address in code is an example, not a source; in a link's text it is the address shown.
        if self.labelling or "://" not in inside:
            self._copy(mark.end(), close)
        elif _WHOLE_ADDRESS.fullmatch(inside):
            self.builder.coded.append((self.builder.length, self._origin(mark.end()), inside))
        return close + len(mark[0])

    def _image(self, mark: re.Match[str], end: int) -> int:
        close = self.closers.get(mark.end() - 1, -1)
        if close < 0 or close >= end:
            return mark.end()
        target = _DESTINATION.match(self.content, close + 1, end) or _REFERENCE.match(
            self.content, close + 1, end
        )
        return target.end() if target else close + 1

    def _bracket(self, start: int, end: int, depth: int) -> int:
        close = self.closers.get(start, -1)
        if close < 0 or close >= end or close - start > _LONGEST_LABEL or depth > 8:
            self._copy(start, start + 1)
            return start + 1
        if self.content[start + 1 : start + 2] == "^" and self.content[close + 1 : close + 2] != ":":
            return close + 1
        target = _DESTINATION.match(self.content, close + 1, end)
        if target is not None:
            group = "angle" if target["angle"] is not None else "plain"
            return self._label(start, close, depth, (target[group], *target.span(group)), target.end())
        reference = _REFERENCE.match(self.content, close + 1, end)
        name = reference["label"] if reference and reference["label"] else self.content[start + 1 : close]
        definition = self.defined.get(_folded(name))
        if definition is not None and self.content[close + 1 : close + 2] != ":":
            finish = reference.end() if reference else close + 1
            return self._label(start, close, depth, (definition.target, start, finish), finish)
        self._copy(start, start + 1)
        return start + 1

    def _label(self, start: int, close: int, depth: int, href: tuple[str, int, int], finish: int) -> int:
        begin = self.builder.length
        self.labelling += 1
        self.read(start + 1, close, depth + 1)
        self.labelling -= 1
        self._linked(begin, *href)
        return finish

    def _linked(self, begin: int, href: str, start: int, end: int, copy: str | None = None) -> None:
        if self.builder.length > begin:
            self.builder.links.append(
                Link(
                    start=begin, end=self.builder.length, href=resolved(href),
                    href_start=self._origin(start), href_end=self._origin(end - 1) + 1 if end > start else self._origin(start),
                    archive=copy,
                )
            )  # fmt: skip

    def _tag(self, mark: re.Match[str]) -> None:
        name = re.match(r"</?([a-zA-Z0-9-]+)", mark[0])
        tag = name[1].lower() if name else ""
        closing = mark[0].startswith("</")
        if tag == "br":
            self._atom("\n", mark.start(), len(mark[0]))
        elif tag in {"b", "strong", "i", "em", "cite"}:
            if closing and self.emphasis is not None:
                self.builder.emphasis.append((self.emphasis, self.builder.length))
            self.emphasis = None if closing else self.builder.length
        elif closing and self.link is not None and tag == self.link_tag:
            href, start, end, begin = self.link
            self._linked(begin, href, start, end, self.link_marks.get("data-versionurl", (None,))[0])
            for text, place, length in version_day(self.link_marks):
                self._atom(text, place, length)
            self.link = None
        elif tag == "a" and not closing:
            marks = attributes(self.content, Token(tag, mark.start(), mark.end()))
            if "href" in marks:
                self.link, self.link_tag = (*marks["href"], self.builder.length), tag
                self.link_marks = marks
        elif carded := component(self.content, Token(tag, mark.start(), mark.end(), closing)):
            self._component(tag, carded)

    def _component(self, tag: str, carded: Component) -> None:
        """Begin a link that is a component's (`<Link href>` of MDX); its title is the link's text."""
        if carded.title is None:
            if not carded.closed:
                self.link, self.link_tag = (*carded.href, self.builder.length), tag
                self.link_marks = {}
            return
        begin = self.builder.length
        self._atom(" ".join(carded.title[0].split()), carded.title[1], carded.title[2] - carded.title[1])
        self._linked(begin, *carded.href)
        self.link = None

    def _atom(self, shown: str, start: int, length: int) -> None:
        self.builder.add(shown, self._origin(start), length)

    def _copy(self, start: int, end: int) -> None:
        """Add content as it stands, line by line."""
        if len(self.places) == 1:
            self.builder.add(self.content[start:end], self._origin(start))
            return
        while start < end:
            line_end = self.content.find("\n", start, end)
            stop = end if line_end < 0 else line_end
            self.builder.add(self.content[start:stop], self._origin(start))
            if line_end >= 0:
                after = (
                    self._origin(line_end + 1) if line_end + 1 < len(self.content) else self._origin(line_end)
                )
                before = self._origin(line_end - 1) + 1 if line_end else self._origin(line_end)
                self.builder.add("\n", before, max(0, after - before))
                stop += 1
            start = stop

    def _origin(self, place: int) -> int:
        """Return the document's place of a content character."""
        if len(self.places) == 1:
            return self.places[0][1] + place
        begun, origin = self.places[bisect_right(self.places, (place, _BEYOND)) - 1]
        return origin + place - begun


_BEYOND = 1 << 62


_BRACKET = lazy(r"\\.|[\[\]]|`[^`\n]{1,200}`")


def _closers(content: str) -> dict[int, int]:
    """Return the closing bracket of each opening one, in one pass."""
    if content.count("[") == 1 == content.count("]") and "\\" not in content and "`" not in content:
        opening, closing = content.index("["), content.index("]")
        return {opening: closing} if opening < closing else {}
    closers: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACKET.finditer(content) if "[" in content else ():
        if match[0] == "[":
            stack.append(match.start())
        elif match[0] == "]" and stack:
            closers[stack.pop()] = match.start()
    return closers
