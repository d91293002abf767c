"""Wikitext in one pass: comments blanked, templates and references found, text as its reader sees it.

Not mwparserfromhell: its tree gives no places, and `{{a|` 20,000 times over keeps it busy for more
than ten minutes. Not wikitextparser: every node has its span, but 15 kB of templates within templates
take it more than 20 s (3.0.0; here less than 0.01 s) and a plain 100 kB ten times as long. Only the
parts a citation can hold are understood here; the rest is passed over.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from msgspec import Struct

from monitor.extract.markup.wiki_words import ARCHIVED, PLAIN, folded
from monitor.extract.passage import Builder, Group, Kind, Link, Passage
from monitor.patterns import lazy, next_at

_HIDDEN = lazy(
    r"<!--|<(?P<tag>nowiki|pre|syntaxhighlight|source|math|gallery|score|templatedata)(?:\s[^<>]{0,300})?(?<!/)>",
    re.IGNORECASE,
)
_MAX_NESTING = 20
_BRACES = lazy(r"\{\{|\}\}")
_MARKED = lazy(r"[\[{<&']")
_REF = lazy(r"<ref(?:\s[^<>]{0,400}?)?(?P<self>/)?>|</ref\s*>", re.IGNORECASE)
_PIPES = lazy(r"\{\{|\}\}|\[\[|\]\]|\||=")
_INLINE = lazy(
    r"(?P<ref><ref(?:\s[^<>]{0,400})?/>|<ref(?:\s[^<>]{0,400})?>.{0,20000}?</ref\s*>)"
    r"|(?P<template>\{\{)"
    r"|(?P<link>\[\[(?:[^\[\]|\n]{0,300}\|)?)|(?P<linkend>\]\])"
    r"|(?P<ext>\[(?P<href>(?:https?:|ftp:)?//[^\s\[\]<>\"|]{1,4000})[ \t\u00a0]*)"
    r"|(?P<tag></?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s[^<>]{0,400})?/?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(?P<emph>'{2,5})",
    re.DOTALL | re.IGNORECASE,
)
_SIGN = lazy(r"[<{\[\]&']")
"""What every mark begins with."""
LINKED = lazy(r"\[(?:https?:)?//[^\s\[\]]")
"""An external link in brackets."""
_SIGNS = {
    "!": "|", "=": "=", "nbsp": " ", "1er": "1", "·": "·", "'": "'", "'s": "'s", "'\"": "'\"", "\"'": "\"'",
    "spacedndash": " – ", "ndash": "–", "snd": " – ",
}  # fmt: skip
"""Templates that stand for a sign."""
_MAX_DEPTH = 8
_MAX_TEMPLATE = 60_000


class Template(Struct, frozen=True, gc=False):
    """A template at `start:end`, braces included; `name` is folded."""

    name: str
    start: int
    end: int


def blanked(text: str) -> str:
    """Return the text with comments and unparsed stretches as blanks of equal length, line ends kept."""
    parts: list[str] = []
    position = 0
    unclosed: set[str] = set()
    while mark := _HIDDEN.search(text, position):
        parts.append(text[position : mark.start()])
        end = _hidden_end(text, mark, unclosed)
        parts.append(re.sub(r"[^\n]", " ", text[mark.start() : end]) if end > mark.end() else mark[0])
        position = max(end, mark.end())
    return "".join((*parts, text[position:]))


def _hidden_end(text: str, mark: re.Match[str], unclosed: set[str]) -> int:
    """Return where a comment or unparsed stretch ends; 0 for a tag nothing closes (asked once a tag)."""
    if mark["tag"] is None:
        end = text.find("-->", mark.end())
        return end + 3 if end >= 0 else len(text)
    tag = mark["tag"].lower()
    closer = None if tag in unclosed else re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(text, mark.end())
    if closer is None:
        unclosed.add(tag)
        return 0
    return closer.end()


def templates(text: str) -> list[Template]:
    """Return every closed template in order of place, nested ones included, up to 20 deep."""
    found, stack = [], []
    for match in _BRACES.finditer(text):
        if match[0] == "{{":
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            if len(stack) >= _MAX_NESTING:
                continue
            name = re.compile(r"[^|{}\[\]]{0,120}").match(text, start + 2)
            found.append(Template(folded(name[0] if name else ""), start, match.end()))
    return sorted(found, key=lambda one: (one.start, -one.end))


def references(text: str) -> list[tuple[int, int]]:
    """Return the places of the bodies of `<ref>` tags, in order."""
    found, begin = [], -1
    for match in _REF.finditer(text):
        if match[0].startswith("</"):
            if begin >= 0:
                found.append((begin, match.start()))
            begin = -1
        elif not match["self"]:
            begin = match.end()
    return found


def parameters(text: str, template: Template) -> Mapping[str, tuple[int, int]]:
    """Return the places of a template's values by folded name, or number; empty for a giant."""
    made: dict[str, tuple[int, int]] = {}
    if template.end - template.start > _MAX_TEMPLATE:
        return made
    number = 0
    inner = text[template.start + 2 : template.end - 2]
    nested = "{{" in inner or "[[" in inner
    begin = template.start + 2
    for start, equals, end in pieces(text, begin, template.end - 2) if nested else _flat(inner, begin):
        if equals < 0:
            number += 1
            made[str(number)] = _stripped(text, start, end)
        else:
            place = _stripped(text, equals + 1, end)
            name = folded(text[start:equals])
            if place[0] < place[1] or name not in made:
                made[name] = place
    return made


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Return each parameter between a template's braces: its start, its first "=" or -1, its end."""
    depth, begin, equals = 0, -1, -1
    for match in _PIPES.finditer(text, start, end):
        sign = match[0]
        if sign in {"{{", "[["}:
            depth += 1
        elif sign in {"}}", "]]"}:
            depth = max(0, depth - 1)
        elif depth == 0 and sign == "|":
            if begin >= 0:
                yield begin, equals, match.start()
            begin, equals = match.end(), -1
        elif depth == 0 and begin >= 0 and equals < 0 and sign == "=":
            equals = match.start()
    if begin >= 0:
        yield begin, equals, end


def _flat(inner: str, begin: int) -> Iterator[tuple[int, int, int]]:
    """Return what `pieces` does for what a template holds that begins at a place, and holds no other."""
    name, *given = inner.split("|")
    start = begin + len(name) + 1
    for one in given:
        equals = one.find("=")
        end = start + len(one)
        yield start, start + equals if equals >= 0 else -1, end
        start = end + 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    value = text[start:end].lstrip()
    left = end - len(value)
    return left, left + len(value.rstrip())


class Wiki:
    """The text of one document with its templates indexed."""

    def __init__(self, text: str) -> None:
        self.text = blanked(text)
        self.templates = templates(self.text)
        self.by_start = {one.start: one for one in self.templates}
        self._starts = [one.start for one in self.templates]

    def templates_between(self, start: int, end: int) -> list[Template]:
        """Return the templates that begin in `text[start:end]`."""
        return self.templates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def around(self, places: list[tuple[int, int]], position: int) -> list[tuple[int, int]]:
        """Return the few places that may hold `position`, nearest first; `places` are in order."""
        index = bisect_right(places, (position, 1 << 60))
        return places[max(0, index - 4) : index][::-1]

    def holding(self, places: list[tuple[int, int]], position: int) -> tuple[int, int] | None:
        """Return the nearest of the places that holds `position`; `places` are in order."""
        return next(((s, e) for s, e in self.around(places, position) if s <= position < e), None)

    def templates_behind(self, position: int) -> list[Template]:
        """Return the templates behind a link, before the line ends or another link begins."""
        line_end = self.text.find("\n", position)
        stop = line_end if line_end >= 0 else len(self.text)
        further = self.text.find("://", position, stop)
        return self.templates_between(position, further if further >= 0 else stop)

    def passage(
        self, start: int, end: int, *, kind: Kind = Kind.NOTE, group: Group | None = None, dates: bool = False
    ) -> Passage | None:
        """Return `text[start:end]` as a passage; `dates` joins the parts of unknown templates."""
        builder = Builder()
        self._add(builder, start, end, 0, dates)
        return builder.passage(kind=kind, group=group)

    def shown(self, place: tuple[int, int] | None, *, dates: bool = False) -> str | None:
        """Return a value as plain text."""
        if place is None or place[0] >= place[1]:
            return None
        raw = self.text[place[0] : place[1]]
        if not _MARKED.search(raw):
            return raw
        made = self.passage(*place, dates=dates)
        return " ".join(made.text.split()) if made else None

    def _add(self, builder: Builder, start: int, end: int, depth: int, dates: bool) -> None:
        position = start
        link: tuple[str, int, int, int] | None = None
        emphasis: int | None = None
        while mark := next_at(_SIGN, _INLINE, self.text, position, end):
            if link is not None:
                position = self._until_bracket(builder, position, mark.start(), link)
                if position <= mark.start():
                    link = None
                    continue
            builder.add(self.text[position : mark.start()], position) if link is None else None
            position = mark.end()
            kind = mark.lastgroup if mark.lastgroup != "href" else "ext"
            kind = "ext" if mark["ext"] else kind
            if kind == "template":
                position = self._template(builder, mark.start(), end, depth, dates)
            elif kind == "ext" and link is None:
                link = (mark["href"], *mark.span("href"), builder.length)
            elif kind == "tag":
                builder.add("\n" if mark[0][:3].lower() == "<br" else "", mark.start(), len(mark[0]))
            elif kind == "entity":
                builder.add(unescape(mark[0]).replace("\xa0", " "), mark.start(), len(mark[0]))
            elif kind == "emph":
                if emphasis is not None:
                    builder.emphasis.append((emphasis, builder.length))
                emphasis = builder.length if emphasis is None else None
        if link is not None:
            position = self._until_bracket(builder, position, end, link)
        builder.add(self.text[position:end], position)

    def _until_bracket(self, builder: Builder, start: int, end: int, link: tuple[str, int, int, int]) -> int:
        """Add the label of an external link; past its bracket if that stands before `end`, else `end + 1`."""
        close = self.text.find("]", start, end)
        stop = close if close >= 0 else end
        builder.add(self.text[start:stop], start)
        if close < 0:
            return end + 1
        href, href_start, href_end, begin = link
        if builder.length == begin:
            builder.add(href, href_start)
        builder.links.append(
            Link(start=begin, end=builder.length, href=href, href_start=href_start, href_end=href_end)
        )
        return close + 1

    def _template(self, builder: Builder, start: int, end: int, depth: int, dates: bool) -> int:
        one = self.by_start.get(start)
        if one is None or one.end > end:
            return start + 2
        if depth < _MAX_DEPTH:
            self._render(builder, one, depth, dates)
        return one.end

    def _render(self, builder: Builder, one: Template, depth: int, dates: bool) -> None:
        if one.name in _SIGNS:
            builder.add(_SIGNS[one.name], one.start, one.end - one.start)
            return
        values = parameters(self.text, one)
        if ARCHIVED.fullmatch(one.name):
            if "url" in values:
                self._render_archived(builder, one, values, depth, dates)
            return
        numbered = [values[key] for key in values if key.isdigit()]
        linked = next((place for place in numbered if LINKED.match(self.text, *place)), None)
        if linked is not None:
            self._add(builder, *linked, depth + 1, dates)
        elif dates:
            for place in numbered:
                self._add(builder, *place, depth + 1, dates)
                builder.add(" ", place[1], 0)
        elif PLAIN.fullmatch(one.name) and numbered:
            self._add(
                builder,
                *(numbered[0] if one.name in {"abbr", "ill", "nihongo", "lien"} else numbered[-1]),
                depth + 1,
                dates,
            )

    def _render_archived(
        self, builder: Builder, one: Template, values: Mapping[str, tuple[int, int]], depth: int, dates: bool
    ) -> None:
        place = values["url"]
        href, snapshot = self.text[slice(*place)], archive_address(self.text, values)
        builder.add(" ", one.start, 0)
        begin = builder.length
        # German: the template prints the title itself, as the label of the snapshot's link.
        title = next((values[key] for key in ("text", "titel", "title", "titre") if key in values), None)
        if title is not None and title[0] < title[1]:
            self._add(builder, *title, depth + 1, dates)
        else:
            builder.add("Archived", one.start, one.end - one.start)
        end = builder.length
        builder.links.append(
            Link(
                start=begin, end=end, href=href, href_start=place[0], href_end=place[1],
                archive=snapshot if snapshot != href else None,
            )
        )  # fmt: skip
        builder.add(" ", one.end, 0)


def archive_address(text: str, values: Mapping[str, tuple[int, int]]) -> str | None:
    """Return the snapshot a webarchive template names; older ones hold original and timestamp apart."""
    url = _value(text, values, "url", "1")
    if url is None:
        return None
    stamp = re.sub(
        r"\D",
        "",
        _value(
            text,
            values,
            "wayback",
            "timestamp",
            "date",
            "2",
            "archiveis",
            "archivetoday",
            "horodatagearchive",
            "wayb",
        )
        or "",
    )
    if re.match(r"https?://(?:[\w.-]*archive|[\w.-]*wayback|[\w.-]*webcit|arquivo|perma)", url):
        return url
    return f"https://web.archive.org/web/{stamp}/{url}" if 8 <= len(stamp) <= 14 else None


def _value(text: str, values: Mapping[str, tuple[int, int]], *names: str) -> str | None:
    for name in names:
        if name in values and values[name][0] < values[name][1]:
            return text[values[name][0] : values[name][1]]
    return None


def innermost(
    containers: Iterable[tuple[int, int]], found: Iterable[Template]
) -> dict[Template, tuple[int, int]]:
    """Return the innermost container of each template that stands in one; both in order of place."""
    marks: list[tuple[int, int, tuple[int, int] | Template]] = [
        (start, 0, (start, end)) for start, end in containers
    ]
    marks += [(one.start, 1, one) for one in found]
    made: dict[Template, tuple[int, int]] = {}
    stack: list[tuple[int, int]] = []
    for place, _, what in sorted(marks, key=lambda mark: mark[:2]):
        while stack and stack[-1][1] <= place:
            stack.pop()
        if isinstance(what, Template):
            if stack:
                made[what] = stack[-1]
        else:
            stack.append(what)
    return made
