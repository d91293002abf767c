"""HTML: blocks become passages, links keep the place of their target, hidden parts are left out."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from urllib.parse import urljoin

from msgspec import Struct, field, structs

from monitor.extract.layouts.columns import TableColumns
from monitor.extract.markup.html_attributes import (
    Component,
    Marks,
    component,
    hidden_day,
    is_component,
    is_hidden,
    may_have,
    version_day,
)
from monitor.extract.markup.html_elements import (
    BLOCKS,
    CELLS,
    GROUPS,
    HEADINGS,
    INNER,
    ITEMS,
    NOTES,
    SKIPPED,
    VOID,
)
from monitor.extract.markup.html_text import add_text
from monitor.extract.passage import Builder, Group, Kind, Link, Passage, clean, joined
from monitor.patterns import lazy
from monitor.text_io.html_tokens import Token, attributes, tokens

_KINDS = {"tr": Kind.ROW}
_NOTE_ID = lazy(
    r"(?:fn|ftn|edn|_ftn|_edn|cite[_-]?note|footnote|endnote|note|ref|bib|cit)[-_:.]?[\w.-]*\d", re.IGNORECASE
)
_REFERENCE_CLASS = lazy(
    r"(?:^|[\s_-])(?:(?P<listed>references|reflist|(?:mso)?bibliography|works-?cited[\w-]*|csl-(?:bib-body|entry)|mw-references[\w-]*|citations|citations?-(?:list|item|card|grid|entry))"
    r"|footnotes?|endnotes?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LICENSE = lazy(r"//creativecommons\.org/(?:licenses|publicdomain)/", re.IGNORECASE)
_DIGIT = lazy(r"\d")
_HANGING = lazy(r"\s{0,80}<pre>(?:[ ]{3,}|\t)(?:[^\s<]|<[iba])", re.IGNORECASE)
_TITLED = lazy(r"[\"“„«»]|\(\d{4}")
MAX_DEPTH = 4000


class _Reader(Struct):
    """Turns tokens into passages; one instance reads one stretch of a document."""

    text: str
    builder: Builder = field(default_factory=Builder)
    skipping: list[str] = field(default_factory=list)
    link: tuple[str, int, int, int] | None = None
    link_name: str = "a"
    link_marks: Marks = field(default_factory=dict)
    base: str | None = None
    emphasis: int | None = None
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    groups: list[Group] = field(default_factory=list)
    notes: list[tuple[str, bool]] = field(default_factory=list)
    """The open elements that hold notes, and whether their class calls them references."""
    note: bool = False
    named: tuple[str, str] | None = None
    """The block that has an id and may be a note: its name and id."""
    marks: dict[str, int] = field(default_factory=dict)
    """Where the first link to each id of the page stands."""
    preformatted: int = 0
    hanging: bool = False
    title: str | None = None
    table: TableColumns = field(default_factory=TableColumns)
    footing: int = 0
    term: Passage | None = None
    quoting: int = 0
    quote_group: Group | None = None
    aside: tuple[Builder, Kind, bool] | None = None
    held: list[Passage] = field(default_factory=list)
    made: list[Passage] = field(default_factory=list)
    citing: bool = False
    """A `cite` with a class is open: a whole reference, which the blocks in it (icons) do not part."""

    def read(self, found: Iterable[Token]) -> list[Passage]:
        """Return the passages of a token stream; what an item quotes follows the whole item."""
        in_title = False
        for token in found:
            if token.name:
                if token.name == "title":
                    in_title = not token.closing
                self._tag(token)
            elif in_title:
                self.title = self.title or clean(unescape(self.text[token.start : token.end]))
            elif not self.skipping and not token.raw:
                verbatim = self.preformatted > 0 and not self.hanging
                add_text(self.builder, self.text, token.start, token.end, verbatim=verbatim)
        self._unquote()
        self._emit(self._flush())
        return self.made

    def _emit(self, passages: Iterable[Passage]) -> None:
        (self.made if self.aside is None else self.held).extend(passages)

    def _tag(self, token: Token) -> None:
        name = token.name
        if name == "base" and self.base is None:
            self.base = attributes(self.text, token).get("href", (None,))[0]
        if self.skipping:
            self._skip(token)
        elif name in SKIPPED and not token.closing:
            if name != "head" and self.text[token.end - 2] != "/":
                self.skipping.append(name)
        elif name == "br":
            self.builder.add("\n", token.start, token.end - token.start)
        elif name in CELLS:
            self._cell(token)
        elif self.table.in_named_cell and name in INNER:
            if self.builder.length and not self.builder.ends_blank:
                self.builder.add("\n", token.start, token.end - token.start)
        elif name == "blockquote":
            self._quote(token)
        elif (name == "div" and self.citing) or (name == "pre" and self._hangs(token)):
            pass
        elif name in BLOCKS:
            self._parted(token)
        elif is_component(self.text, token) and (carded := component(self.text, token)) is not None:
            self._component(token, carded)
        else:
            self._inline(token)

    def _component(self, token: Token, carded: Component) -> None:
        """Begin a link that is a component's; one with a title of its own is an item, and says it."""
        if carded.title is None and carded.closed:
            return
        href, start, end = carded.href
        if carded.title is not None and not carded.closed:
            self._emit(self._flush())
            self.kind = Kind.ITEM
        self._end_link()
        self.link, self.link_name = (self._based(href), start, end, self.builder.length), token.name
        self.link_marks = {}
        if carded.title is not None:
            shown, begin, finish = carded.title
            self.builder.add(" ".join(shown.split()), begin, finish - begin)
            self._end_link()
            self.builder.add("\n", token.end, 0)

    def _parted(self, token: Token) -> None:
        """End what a block's edge ends, and take it; a term alone may name what follows it."""
        if self.aside is not None and token.name == "li":
            # The item that quotes is over, whether the quote was closed or not.
            self._emit(self._flush())
            self._unquote()
        if ended := self._flush():
            made = ended[-1]
            defined = token.name == "dt" and token.closing
            self.term = made if defined and not (made.links or _DIGIT.search(made.text)) else None
            self._emit(ended)
        if token.name == "footer" and not (token.closing or self.notes or self.quoting):
            # Nothing in a page's footer goes on with the list above it.
            self._emit((Passage(text=" ", pieces=((0, token.start, 0),), kind=Kind.HEADING, level=1),))
        (self._end_block if token.closing else self._begin_block)(token)

    def _hangs(self, token: Token) -> bool:
        """Tell whether one `pre` goes on in the next, which begins with an indented line."""
        if not token.closing:
            hung, self.hanging = self.hanging, False
            return hung
        self.hanging = _HANGING.match(self.text, token.end) is not None
        if self.hanging:
            self.builder.add("\n", token.start, token.end - token.start)
        return self.hanging

    def _quote(self, token: Token) -> None:
        """Begin or end a block quote; in an item its text is set aside, for the item goes on after it."""
        if not token.closing:
            if not self.quoting and self.kind is Kind.ITEM and self.builder.length:
                self._end_link()
                self.emphasis = None
                self.aside, self.builder = (self.builder, self.kind, self.note), Builder()
            self._emit(self._flush())
            if not self.quoting:
                self.kind = Kind.PARAGRAPH
                self.quote_group = Group()
            self.quoting += 1
        elif self.quoting:
            self._emit(self._flush())
            self.quoting -= 1
            if not self.quoting:
                self._unquote()

    def _unquote(self) -> None:
        self.quoting = 0
        if self.aside is not None:
            self.builder, self.kind, self.note = self.aside
            self.aside = None

    def _cell(self, token: Token) -> None:
        """Begin or end a cell; it says what it holds only together with its column's name."""
        if token.closing:
            self.table.end_cell(self.builder, heads=token.name == "th")
            return
        heads = token.name == "th" and not (self.table.may_name_row and self._names_row(token))
        name = self.table.begin_cell(self.builder, heads=heads)
        if self.builder.length:
            self.builder.add("\n\n" if name is None else "\n", token.start, token.end - token.start)
        if name is not None:
            self.builder.add(f"{name}: ", token.end, 0)
            self.kind = Kind.RECORD

    def _names_row(self, token: Token) -> bool:
        return attributes(self.text, token).get("scope", ("",))[0].lower() in {"row", "rowgroup"}

    def _skip(self, token: Token) -> None:
        if token.name == self.skipping[-1] and token.closing:
            self.skipping.pop()
        elif (
            token.name == self.skipping[-1]
            and token.name not in VOID
            and len(self.skipping) < MAX_DEPTH
            and self.text[token.end - 2] != "/"
        ):
            self.skipping.append(token.name)

    def _end_block(self, token: Token) -> None:
        name = token.name
        if name == "table":
            self.table = TableColumns()
        elif name == "footer":
            self.footing = max(0, self.footing - 1)
        elif name == "pre":
            self.preformatted = max(0, self.preformatted - 1)
        if name in GROUPS and self.groups:
            self.groups.pop()
        if self.notes and self.notes[-1][0] == name:
            self.notes.pop()
        if self.named is not None and self.named[0] == name:
            self.named = None
        self.kind, self.level, self.note = Kind.PARAGRAPH, 0, False

    def _begin_block(self, token: Token) -> None:
        name = token.name
        if name == "table":
            self.table = TableColumns()
        elif name == "tr":
            self.table.next_row()
        elif name == "footer":
            self.footing += 1
        elif name == "pre":
            self.preformatted += 1
        if name in GROUPS and len(self.groups) < MAX_DEPTH:
            self.groups.append(Group())
        self._begin_notes(token)
        self.level = HEADINGS.get(name, 0)
        item = name in ITEMS or (name == "p" and self.kind is Kind.ITEM)
        self.kind = Kind.HEADING if self.level else Kind.ITEM if item else _KINDS.get(name, Kind.PARAGRAPH)

    def _begin_notes(self, token: Token) -> None:
        """Tell by class and id whether a block holds notes, or references, or is one."""
        name = token.name
        marks = attributes(self.text, token) if may_have(self.text, token, "class", "id") else {}
        named = _REFERENCE_CLASS.search(marks["class"][0]) if "class" in marks else None
        nested = bool(self.notes) and self.notes[-1][0] == name
        if (named or nested) and len(self.notes) < MAX_DEPTH:
            listed = bool(self.notes and self.notes[-1][1]) or (named is not None and bool(named["listed"]))
            self.notes.append((name, listed))
        own = marks.get("id", ("",))[0]
        self.note = name in NOTES and own != "" and _NOTE_ID.match(own) is not None
        if name in NOTES and (own or (self.named is not None and self.named[0] == name)):
            self.named = (name, own) if own else None

    def _inline(self, token: Token) -> None:
        name = token.name
        if name == "a":
            self._anchor(token)
        elif token.closing and name == self.link_name and is_component(self.text, token):
            self._end_link()
        elif name == "time" and not token.closing:
            self._time(token)
        elif name == "img" and self.link is not None and self.builder.length == self.link[3]:
            # The link around a picture is called as the picture is.
            alt = " ".join(attributes(self.text, token).get("alt", ("",))[0].split())
            self.builder.add(alt, token.start, token.end - token.start)
        elif name == "q":
            self.builder.add("”" if token.closing else "“", token.start, token.end - token.start)
        elif name in {"b", "strong", "i", "em", "cite"}:
            if token.closing and self.emphasis is not None:
                self.builder.emphasis.append((self.emphasis, self.builder.length))
            self.emphasis = None if token.closing else self.builder.length
            if name == "cite":
                self.citing = not token.closing and "class" in attributes(self.text, token)
        elif name in {"span", "div"} and not token.closing and is_hidden(self.text, token):
            self.skipping.append(name)

    def _anchor(self, token: Token) -> None:
        self._end_link()
        if token.closing:
            return
        marks = attributes(self.text, token)
        if "href" not in marks or self._licenses(marks):
            return
        href, start, end = marks["href"]
        self.link, self.link_name = (self._based(href), start, end, self.builder.length), token.name
        self.link_marks = marks
        if href.startswith("#"):
            self.marks.setdefault(href[1:], token.start)

    def _time(self, token: Token) -> None:
        """Read the day of a `time` element instead of its text where the text does not say it."""
        closing = self.text.find("</time", token.end)
        if (day := hidden_day(self.text, token, closing)) is not None:
            shown, start, end = day
            self.builder.add(shown, start, end - start)
            self.skipping.append(token.name)

    def _based(self, href: str) -> str:
        """Return a target as the page's `base` makes it (HTML §4.2.3); jumps within the page stay."""
        if self.base is None or not href.strip() or href.lstrip().startswith("#"):
            return href
        try:
            return urljoin(self.base, href.strip())
        except ValueError:
            return href

    def _licenses(self, marks: Mapping[str, tuple[str, int, int]]) -> bool:
        """Tell whether a link names the page's own licence, and no source."""
        named = "rel" in marks and "license" in marks["rel"][0].lower().split()
        return named or (self.footing > 0 and _LICENSE.search(marks["href"][0]) is not None)

    def _end_link(self) -> None:
        if self.link is not None and self.builder.length > self.link[3]:
            href, start, end, begin = self.link
            self.builder.links.append(
                Link(
                    start=begin, end=self.builder.length, href=href, href_start=start, href_end=end,
                    archive=self.link_marks.get("data-versionurl", (None,))[0],
                )
            )  # fmt: skip
            for text, place, length in version_day(self.link_marks):
                self.builder.add(text, place, length)
        self.link = None

    def _flush(self) -> list[Passage]:
        """Return the passage that ends here, and what was held for after it."""
        made: list[Passage] = []
        around = None
        if self.link is not None:
            # A link right before a block is around it: "<a href=…><li>".
            around = self.link if self.link[3] == self.builder.length else None
            self._end_link()
        self.emphasis, self.citing = None, False
        if self.builder.length:
            ended = self._passage()
            made = [ended] if ended is not None else made
        elif self.builder.emphasis:
            self.builder.emphasis = []
        if self.aside is None and self.held:
            made += self.held
            self.held = []
        self.link = (*around[:3], 0) if around is not None else None
        return made

    def _passage(self) -> Passage | None:
        """Return what the builder holds, which begins anew; None if it is blank."""
        kind = Kind.NOTE if (self.note or self.notes) and self.kind is not Kind.HEADING else self.kind
        if self.quoting and (self.aside is not None or kind is Kind.PARAGRAPH):
            kind = Kind.QUOTE
        group = self.quote_group if kind is Kind.QUOTE else self.groups[-1] if self.groups else None
        listed = bool(self.notes and self.notes[-1][1])
        made = self.builder.passage(kind=kind, level=self.level, group=group, listed=listed)
        if made is not None and self.named is not None and self.named[1] in self.marks:
            made = structs.replace(made, marked_at=self.marks[self.named[1]])
        if made is not None and self.term is not None and kind is Kind.ITEM:
            return _under(self.term, made)
        return made


def _under(term: Passage, description: Passage) -> Passage:
    """Return a description with its term as the title, where it names none and only says whose and where."""
    labels = [description.text[one.start : one.end] for one in description.links]
    titled = description.emphasis or _TITLED.search(description.text)
    if titled or not labels or any(" " in label.strip() or "." not in label for label in labels):
        return description
    title = structs.replace(term, text=f"“{term.text.strip()}”,", pieces=((0, term.pieces[0][1], 0),))
    return joined([title, description])


def html_passages(
    text: str, start: int = 0, end: int | None = None
) -> tuple[tuple[Passage, ...], str | None]:
    """Return the passages of a stretch of HTML, and the page's title."""
    reader = _Reader(text)
    return tuple(reader.read(tokens(text, start, end))), reader.title
