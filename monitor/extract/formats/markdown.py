"""Markdown: markdown-it-py finds the blocks, `markdown_inline` reads what stands in them.

Only the block rules of the parser run: its inline rules give no places, and cost most of its time.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from msgspec import structs

from monitor.errors import advice
from monitor.extract.dates.hints import collect_hints
from monitor.extract.formats.html_passages import html_passages
from monitor.extract.layouts.fields import telling
from monitor.extract.markup.markdown_blocks import FRONT_MATTER, Lines, blocks
from monitor.extract.markup.markdown_inline import Definition, add_inline, definitions
from monitor.extract.markup.yaml_head import can_read
from monitor.extract.passage import Builder, Group, Kind, Passage, clean, plain
from monitor.extract.reading import read
from monitor.extract.records.records import ordered
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import is_heading
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import Extraction
from monitor.model.document import Document
from monitor.patterns import lazy

if TYPE_CHECKING:
    from markdown_it.token import Token

_LISTED = lazy(r"^references:[ \t]*\r?$", re.MULTILINE)
_FRONT_TITLE = lazy(r"^title\s*[:=]\s*[\"']?(.{1,200}?)[\"']?\s*$", re.MULTILINE)
_TARGET = lazy(
    r"\[(?P<label>(?!\^)(?:[^\[\]\\]|\\.){1,200})\]:[ \t]+(?:<\w+://[^<>\n]{1,4000}>|\w+://[^\s<>]{1,4000})"
    r"(?P<title>[ \t]+(?:\"[^\"]{1,400}\"|'[^']{1,400}'))?[ \t]*"
)
_AIM = lazy(r"\](?=\[(?P<label>(?:[^\[\]\\]|\\.){1,200})\])")
# "An entry looks like this:": what follows is an example.
_SHOWS_HOW = lazy(lambda: rf"\b{any_of(Words.SHOWS_HOW)}\b[^\n]*:\s*$", re.IGNORECASE)
# Indented lines that all are comments: "    // Marsh, B. Title. https://…".
_COMMENTED = lazy(r"(?:[ \t]*(?://|#|\*|--)[^\n]*(?:\n|$)|[ \t]*\n)+")
_LONGEST_TITLE = 120
_INDENT = lazy(r"[ \t]*(?:>[ \t]*)*")
_FOOTNOTE = lazy(r"\s{0,3}\[\^([^\]\s]{1,40})\]:")
_MARK = lazy(r"\[\^([^\]\s]{1,40})\](?!:)")
_SHORT_NOTE = 120
"""Characters of a footnote that may say no more than a date."""


class MarkdownExtractor:
    """Reads Markdown: lists, paragraphs, footnotes, tables, embedded HTML; never code."""

    name = "markdown"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document as its reader sees it."""
        return tuple(_passages(document.text))

    def stretches(self, document: Document) -> Iterator[tuple[int, int]]:
        """Yield the places of what holds inline markup or HTML: everything but code."""
        lines, tokens = blocks(document.text)
        seen = -1
        for token in tokens:
            if token.map is not None and token.type in ("inline", "html_block") and token.map[0] > seen:
                seen = token.map[1] - 1
                yield lines.bounds(token.map[0])[0], lines.bounds(seen)[1]

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        passages = self.passages(document)
        title = _title(document.text, passages)
        found = read(document, passages, collect_hints(document.text), title=title)
        return _with_head(document, found)


def _with_head(document: Document, found: Extraction) -> Extraction:
    """Add the references that a YAML head lists, as pandoc, Quarto and R Markdown read them."""
    front = FRONT_MATTER.match(document.text)
    if front is None or front[1] != "---" or not _LISTED.search(front[0]):
        return found
    if not can_read():
        lost = f"the references in its YAML head are read with the extra `yaml`: {advice('yaml')}"
        return replace(found, notes=(*found.notes, lost))
    from monitor.extract.formats.csl_yaml import listed_items

    notes: list[str] = []
    begin = document.text.index("---") + 3
    head = "\n" * begin + document.text[begin : front[0].rindex("---")]
    listed = ordered(listed_items(document, head, notes))
    return replace(found, citations=ordered((*listed, *found.citations)), notes=(*found.notes, *notes))


def _title(text: str, passages: tuple[Passage, ...]) -> str | None:
    front = FRONT_MATTER.match(text)
    named = _FRONT_TITLE.search(front[0]) if front else None
    if named:
        return clean(named[1])
    return next((clean(passage.text) for passage in passages if passage.kind is Kind.HEADING), None)


def _passages(text: str) -> Iterator[Passage]:
    front = FRONT_MATTER.match(text)
    defined = definitions(text[front.end() if front else 0 :])
    if front and (named := _FRONT_TITLE.search(front[0])):
        # A page that is called "Bibliography" is one, from its first line to its last.
        yield plain(text, *named.span(1), kind=Kind.HEADING)
    lines, tokens = blocks(text)
    yield from _Walk(text, lines, defined).passages(tokens)


class _Walk:
    """Walks the parser's flat block tokens; one passage a block, one for all paragraphs of a list item."""

    def __init__(self, text: str, lines: Lines, defined: Mapping[str, Definition]) -> None:
        self.text, self.lines, self.defined = text, lines, defined
        self.builder = Builder()
        self.groups: list[Group] = []
        self.items = 0
        self.heading = self.section = 0
        self.row = False
        self.row_place = 0
        self.columns: list[str] = []
        self.column = -1
        self.headed = False
        self.noted = False
        self.marks: Mapping[str, int] | None = None
        self.quoting = 0
        self.quoted_in = 0
        self.quote_group: Group | None = None
        self.aside: Builder | None = None
        self.held: list[Passage] = []
        self.made: list[Passage] = []
        self.folded = "\r" in text or "\x00" in text

    def passages(self, tokens: "list[Token]") -> list[Passage]:
        """Return the passages of a block token stream; what an item quotes follows the whole item."""
        for token in tokens:
            handle = self.handlers.get(token.type)
            if handle is not None:
                handle(self, token)
        self._flush(Kind.ITEM)
        return self.made

    def _emit(self, passages: Iterable[Passage]) -> None:
        (self.made if self.aside is None else self.held).extend(passages)

    def _begin_group(self, _token: "Token") -> None:
        self._flush(Kind.ITEM)
        self.groups.append(Group())

    def _end_group(self, _token: "Token") -> None:
        self._flush(Kind.ITEM)
        self.groups.pop()

    def _item(self, token: "Token") -> None:
        self._flush(Kind.ITEM)
        self.items += token.nesting

    def _begin_heading(self, token: "Token") -> None:
        self.heading = int(token.tag[1])
        self.section = self.lines.bounds(token.map[0])[0] if token.map else self.section

    def _end_heading(self, _token: "Token") -> None:
        self._flush(Kind.HEADING)
        self.heading = 0

    def _begin_head(self, _token: "Token") -> None:
        self.columns, self.headed = [], True

    def _end_head(self, _token: "Token") -> None:
        self.headed = False
        self.columns = self.columns if telling(self.columns) else []

    def _begin_cell(self, _token: "Token") -> None:
        self.column += 1

    def _begin_row(self, token: "Token") -> None:
        self.column = -1
        self.row, self.row_place = True, self.lines.bounds(token.map[0])[0] if token.map else 0

    def _end_row(self, _token: "Token") -> None:
        self._flush(Kind.RECORD if self.columns and not self.headed else Kind.ROW)
        self.row = False

    def _code(self, token: "Token") -> None:
        """Read a block of code that is none: further paragraphs of a footnote, a reference set off."""
        if token.map is not None and (self.noted or self._told(token.content, token.map[0])):
            self._indented(*token.map)

    def _html(self, token: "Token") -> None:
        if token.map is None:
            return
        first, after = token.map
        self._flush(Kind.ITEM if self.items else Kind.PARAGRAPH)
        start, end = self.lines.bounds(first)[0], self.lines.bounds(after - 1)[1]
        self._emit(html_passages(self.text, start, end)[0])

    def _told(self, content: str, first: int) -> bool:
        """Tell whether an indented block is a reference: under such a heading, or a comment; no example."""
        if "://" not in content or "{" in content:
            return False
        start, end = self.lines.bounds(max(0, first - 2))
        if _SHOWS_HOW.search(self.text, max(start, end - _LONGEST_TITLE), end):
            return False
        title = self.text[self.section : self.text.find("\n", self.section) + 1 or None].strip()
        listed = title.strip("# ") and len(title) < _LONGEST_TITLE and is_heading(title)
        return bool(listed) or _COMMENTED.fullmatch(content) is not None

    def _indented(self, first: int, after: int) -> None:
        """Read what CommonMark without footnotes takes for code: the further paragraphs of a footnote."""
        quoted = False
        pieces: list[tuple[str, int]] = []
        for line in range(first, after):
            start, end = self.lines.bounds(line)
            mark = _INDENT.match(self.text, start, end)
            quoted = quoted or bool(mark and ">" in mark[0])
            start = mark.end() if mark else start
            if start < end:
                pieces.append((self.text[start:end], start))
        add_inline(self.builder, pieces, self.defined)
        self._flush(Kind.QUOTE if quoted else Kind.PARAGRAPH)

    def _quote(self, _token: "Token") -> None:
        """Begin a block quote: in a list item its text is set aside, for the item goes on after it."""
        if not self.quoting:
            self.quoted_in = self.items
            self.quote_group = Group()
            if self.builder.length:
                self.aside, self.builder = self.builder, Builder()
        self.quoting += 1

    def _unquote(self, _token: "Token") -> None:
        self._flush(Kind.PARAGRAPH)
        self.quoting -= 1
        if not self.quoting and self.aside is not None:
            self.builder, self.aside = self.aside, None

    def _only_targets(self, content: str) -> bool:
        """Tell whether a paragraph holds nothing but targets of links that stand elsewhere."""
        named = [_TARGET.fullmatch(line.strip()) for line in content.split("\n")]
        return all(one is not None and self._aimed_at(one["label"], one["title"]) for one in named)

    def _aimed_at(self, label: str, title: str | None) -> bool:
        """Tell whether links aim at a target.

        A numbered target without a title can be an item of a list of references; not where its link
        stands under the same heading.
        """
        numbered = title is None and re.search(r"\d", label) is not None
        return self._aims.get(label, -1) >= (self.section if numbered else 0)

    @cached_property
    def _aims(self) -> Mapping[str, int]:
        """Where the last link by each label stands: "[Weirs][label]"."""
        return {aim["label"]: aim.start() for aim in _AIM.finditer(self.text)}

    def _inline(self, token: "Token") -> None:
        if token.map is None:
            return
        targets = not self.row and token.content.startswith("[") and "]:" in token.content
        if targets and self._only_targets(token.content):
            return
        pieces = self._cell(token.content) if self.row else self._pieces(token.content, *token.map)
        if self.row and self.headed:
            self.columns.append(token.content)
        named = self.row and not self.headed and self.column < len(self.columns) and pieces
        if self.builder.length and pieces:
            self.builder.add("\n" if named else "\n\n", pieces[0][1], 0)
        if named:
            # A cell says what it holds only together with its column's name.
            self.builder.add(f"{clean(self.columns[self.column]) or '-'}: ", pieces[0][1], 0)
        add_inline(self.builder, pieces, self.defined)
        if not self.items and not self.row and not self.heading:
            note = _FOOTNOTE.match(token.content)
            self.noted = note is not None
            into = self.made if self.aside is None else self.held
            begin = len(into)
            self._flush(Kind.NOTE if self.noted else Kind.PARAGRAPH)
            if note is not None:
                for place, made in enumerate(into[begin:], begin):
                    if len(made.text) < _SHORT_NOTE:
                        into[place] = structs.replace(made, marked_at=self._marks().get(note[1]))

    def _marks(self) -> Mapping[str, int]:
        """Return where each footnote's first mark stands."""
        if self.marks is None:
            found: dict[str, int] = {}
            for mark in _MARK.finditer(self.text):
                found.setdefault(mark[1], mark.start())
            self.marks = found
        return self.marks

    def _pieces(self, content: str, first: int, after: int) -> list[tuple[str, int]]:
        """Return the content's lines with the place of each in the document."""
        if after == first + 1 and not self.folded and content:
            place = self.text.rfind(content, *self.lines.bounds(first))
            return [(content, place)] if place >= 0 else []
        pieces: list[tuple[str, int]] = []
        number = first
        for written in content.split("\n"):
            for line in range(number, after):
                start, end = self.lines.bounds(line)
                at = self._place(written, start, end)
                if at is not None:
                    pieces.append((self.text[at : at + len(written)], at))
                    number = line + 1
                    break
        return pieces

    def _place(self, written: str, start: int, end: int) -> int | None:
        if not self.folded:
            at = self.text.rfind(written, start, end) if written else -1
            return at if at >= 0 else None
        source = self.text[start:end].replace("\x00", "\ufffd").replace("\r", " ")
        at = source.rfind(written) if written else -1
        return start + at if at >= 0 else None

    def _cell(self, content: str) -> list[tuple[str, int]]:
        if not content:
            return []
        end = self.text.find("\n", self.row_place)
        at = self.text.find(content, self.row_place, end if end >= 0 else len(self.text))
        if at < 0 and "|" in content:
            # The parser undoes the escape that keeps a bar in its cell.
            content = content.replace("|", "\\|")
            at = self.text.find(content, self.row_place, end if end >= 0 else len(self.text))
        if at < 0:
            return []
        self.row_place = at + len(content)
        return [(content, at)]

    def _flush(self, kind: Kind) -> None:
        if not self.builder.length:
            return
        if self.quoting and kind in {Kind.PARAGRAPH, Kind.ITEM}:
            listed = self.items > self.quoted_in and self.aside is None
            kind = kind if listed else Kind.QUOTE
        group = self.groups[-1] if self.groups else None
        made = self.builder.passage(
            kind=kind, level=self.heading, group=self.quote_group if kind is Kind.QUOTE else group
        )
        if made is not None:
            self._emit((made,))
        if self.aside is None and self.held:
            self.made += self.held
            self.held = []

    handlers: ClassVar[dict[str, Callable[["_Walk", "Token"], None]]] = {
        "blockquote_open": _quote, "blockquote_close": _unquote,
        **dict.fromkeys(("bullet_list_open", "ordered_list_open", "table_open"), _begin_group),
        **dict.fromkeys(("bullet_list_close", "ordered_list_close", "table_close"), _end_group),
        "list_item_open": _item, "list_item_close": _item,
        "heading_open": _begin_heading, "heading_close": _end_heading,
        "thead_open": _begin_head, "thead_close": _end_head,
        "th_open": _begin_cell, "td_open": _begin_cell,
        "tr_open": _begin_row, "tr_close": _end_row,
        "inline": _inline, "code_block": _code, "html_block": _html,
    }  # fmt: skip
    """What is done at each of the parser's tokens; the others say nothing of passages."""


EXTRACTOR = MarkdownExtractor()
