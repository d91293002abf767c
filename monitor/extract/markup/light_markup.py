"""Lightweight markups whose blocks are told by how a line begins: one walk, a dialect a format.

AsciiDoc, Org, Typst, Textile and DokuWiki have no maintained parser that keeps places; what a citation
needs of them are headings, items, notes, table rows, quoted blocks and links. Code is left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from monitor.extract.passage import Builder, Group, Kind, Link, Passage
from monitor.patterns import lazy

_LINE = lazy(r"[^\n]*")
_LONGEST_NOTE = 4000
_SHORT_NOTE = 120
"""Characters of a footnote that may say no more than a date."""
_MARK = lazy(r"(?<!^)\[(fn:[\w-]{1,60}|\d{1,3})\]", re.MULTILINE)
_CELL = lazy(r"[|^](?:_\.)?")
_WEB = lazy(r"(?:https?|ftp)://|www\.", re.IGNORECASE)


class Dialect(Struct, frozen=True, kw_only=True, gc=False):
    """How a markup writes its blocks; every pattern is matched at the beginning of a line.

    `heading` and `item` hold a group `text`; `level` counts the group `mark` or, where headings grow
    smaller by fewer marks, `level_falls`. `skipped` and `quoted` are (opening, closing) lines, where a
    closing may use the opening's group `fence`. `inline` holds the groups `url` and `label` of links,
    `italic` for emphasis, `code` for what is left out; what matches without these is markup and dropped.
    """

    heading: re.Pattern[str]
    item: re.Pattern[str]
    inline: re.Pattern[str]
    note: re.Pattern[str] | None = None
    """A line that begins a footnote's text, groups `text` and `mark`: what refers to it."""
    inline_note: re.Pattern[str] | None = None
    """Where a footnote begins within a line; it ends at the bracket that closes its last one."""
    row: re.Pattern[str] | None = None
    """A row of a table."""
    cell: str = "|"
    """What parts its cells: a bar, or brackets around each."""
    ignored: re.Pattern[str] | None = None
    """Comments, attributes, block titles."""
    title: re.Pattern[str] | None = None
    """A line that names the document, group `text`."""
    listed: re.Pattern[str] | None = None
    """A line that says that the list below it is one of references."""
    skipped: tuple[tuple[re.Pattern[str], str], ...] = ()
    quoted: tuple[tuple[re.Pattern[str], str], ...] = ()
    level_falls: int = 0


Telling = Callable[[Sequence[str]], bool]
"""Tells whether the cells of a row name columns that hold sources."""


@dataclass(slots=True)
class _Walk:
    text: str
    dialect: Dialect
    telling: Telling
    lines: list[tuple[int, int]] = field(default_factory=list)
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    group: Group | None = None
    gap: int = 0
    listed: bool = False
    announced: bool = False
    """Whether the markup has just called what follows, its heading first, references."""
    inside: tuple[str, bool] | None = None
    """The closing line awaited, and whether what stands before it is quoted (else left out)."""
    quote: Group | None = None
    marked_at: int | None = None
    """Where the mark of the short footnote under way stands."""
    marks: dict[str, int] | None = None
    table: Group | None = None
    """The table whose first row was seen; `columns` is what that names, empty where it names none."""
    columns: list[str] = field(default_factory=list)
    cells: list[tuple[int, int]] = field(default_factory=list)

    def passages(self) -> Iterator[Passage]:
        at = 0
        while at < len(self.text):
            line = _LINE.match(self.text, at)
            end = line.end() if line else len(self.text)
            yield from self._line(at, end - self.text.endswith("\r", at, end))
            at = end + 1
        yield from self._flush()

    def _line(self, start: int, end: int) -> Iterator[Passage]:
        text, dialect = self.text, self.dialect
        if self.inside is not None:
            closing, quoted = self.inside
            if re.compile(closing, re.IGNORECASE).match(text, start, end):
                yield from self._flush()
                self.inside = self.quote = None
                return
            if not quoted:
                return
        elif (opened := self._opens(start, end)) is not None:
            yield from self._flush()
            self.inside = opened
            self.quote = Group() if opened[1] else None
            return
        if not text[start:end].strip():
            yield from self._flush()
            self.gap += 1
        elif dialect.listed is not None and dialect.listed.match(text, start, end):
            yield from self._flush()
            self.listed = self.announced = True
        elif dialect.ignored is not None and dialect.ignored.match(text, start, end):
            yield from self._flush()
        else:
            yield from self._content(start, end)

    def _opens(self, start: int, end: int) -> tuple[str, bool] | None:
        for quoted, pairs in ((False, self.dialect.skipped), (True, self.dialect.quoted)):
            for opening, closing in pairs:
                if (match := opening.match(self.text, start, end)) is not None:
                    fence = match.groupdict().get("fence") or ""
                    return closing.replace("FENCE", re.escape(fence)), quoted
        return None

    def _content(self, start: int, end: int) -> Iterator[Passage]:
        text, dialect = self.text, self.dialect
        if (heading := dialect.heading.match(text, start, end)) is not None:
            yield from self._flush()
            self.group, self.kind = None, Kind.HEADING
            mark = heading["mark"]
            marks = int(mark) if mark.isdigit() else len(mark)
            self.level = dialect.level_falls - marks if dialect.level_falls else marks
            self.lines = [heading.span("text")]
            yield from self._flush()
            self.listed, self.announced = self.announced, False
        elif (item := dialect.item.match(text, start, end)) is not None:
            yield from self._flush()
            self.group = self.group or Group()
            self.kind, self.lines = Kind.ITEM, [item.span("text")]
        elif dialect.note is not None and (note := dialect.note.match(text, start, end)) is not None:
            yield from self._flush()
            self.kind, self.lines = Kind.NOTE, [note.span("text")]
            if note.end("text") - note.start("text") < _SHORT_NOTE:
                self.marked_at = self._marks().get(note["mark"].strip("[]"))
        elif dialect.row is not None and dialect.row.match(text, start, end) is not None:
            yield from self._flush()
            self.group = self.group or Group()
            yield from self._row(start, end)
        else:
            if not self.lines and not text[start].isspace():
                self.group = None
            self.lines.append((start, end))

    def _row(self, start: int, end: int) -> Iterator[Passage]:
        """Yield a row: below a head that names columns as named fields, else as it stands."""
        cells = list(self._cells(start, end))
        if self.table is not self.group:
            shown = [_shown(self.text, *cell, self.dialect) for cell in cells]
            self.table, self.columns = self.group, shown if self.telling(shown) else []
        elif self.columns:
            # A row may be written a cell a line.
            self.cells += cells
            while len(self.cells) >= len(self.columns):
                row, self.cells = self.cells[: len(self.columns)], self.cells[len(self.columns) :]
                yield from self._record(row)
            return
        self.kind, self.lines = Kind.ROW, [(start, end)]
        yield from self._flush()

    def _cells(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where the cells of a row stand; a sign within a link parts none."""
        if self.dialect.cell == "[":
            while (opened := self.text.find("[", start, end)) >= 0:
                closed = _closing(self.text, opened + 1, end, "[")
                if closed is None:
                    return
                yield opened + 1, closed
                start = closed + 1
            return
        found = self.dialect.inline.finditer(self.text, start, end)
        links = [one.span() for one in found if one.groupdict().get("url")]
        begin = None
        for sign in _CELL.finditer(self.text, start, end):
            if any(first < sign.start() < last for first, last in links):
                continue
            if begin is not None:
                yield begin, sign.start()
            begin = sign.end()
        if begin is not None and self.text[begin:end].strip():
            yield begin, end

    def _record(self, cells: Sequence[tuple[int, int]]) -> Iterator[Passage]:
        builder = Builder()
        for name, (start, end) in zip(self.columns, cells, strict=True):
            while start < end and self.text[start].isspace():
                start += 1  # noqa: PLW2901
            if start < end:
                builder.add(f"\n{name}: " if builder.length else f"{name}: ", start, 0)
                _add_inline(builder, self.text, start, end, self.dialect)
        if (made := builder.passage(kind=Kind.RECORD, group=self.group)) is not None:
            yield made

    def _marks(self) -> Mapping[str, int]:
        """Return where each footnote's first mark stands; one at a line's beginning may be the note's own."""
        if self.marks is None:
            self.marks = {}
            for mark in _MARK.finditer(self.text):
                self.marks.setdefault(mark[1], mark.start())
        return self.marks

    def _flush(self) -> Iterator[Passage]:
        """Yield the block under way, then the footnotes that stand in it."""
        if not self.lines:
            return
        kind, lines = self.kind, self.lines
        if self.inside is not None and kind is Kind.PARAGRAPH:
            kind = Kind.QUOTE
        builder, notes = Builder(), list[tuple[int, int]]()
        for number, (start, end) in enumerate(lines):
            if number:
                builder.add("\n", lines[number - 1][1], max(start - lines[number - 1][1], 0))
            for begin, finish in self._without_notes(start, end, notes):
                _add_inline(builder, self.text, begin, finish, self.dialect)
        group = self.quote if kind is Kind.QUOTE else self.group
        listed = self.listed and kind is not Kind.HEADING
        made = builder.passage(kind=kind, level=self.level, group=group, gap=self.gap, listed=listed)
        if made is not None:
            yield made if self.marked_at is None else replace(made, marked_at=self.marked_at)
        for start, end in notes:
            _add_inline(builder, self.text, start, end, self.dialect)
            if (note := builder.passage(kind=Kind.NOTE)) is not None:
                yield note
        self.lines, self.kind, self.level, self.gap = [], Kind.PARAGRAPH, 0, 0
        self.marked_at = None

    def _without_notes(self, start: int, end: int, notes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield the parts of a line outside its footnotes; the footnotes' places go to `notes`."""
        pattern = self.dialect.inline_note
        while pattern is not None and (opened := pattern.search(self.text, start, end)) is not None:
            bracket = re.findall(r"[\[({]", opened[0])[-1]
            closed = _closing(
                self.text, opened.end(), min(len(self.text), opened.end() + _LONGEST_NOTE), bracket
            )
            if closed is None:
                break
            yield start, opened.start()
            notes.append((opened.end(), closed))
            start = closed + opened[0].count(bracket)
        if start < end:
            yield start, end


def _closing(text: str, start: int, end: int, opener: str) -> int | None:
    """Return where a bracket opened before `start` is closed; None if a blank line comes first."""
    closer = {"[": "]", "(": ")", "{": "}"}[opener]
    depth = 1
    for match in re.compile(rf"\n[ \t]*\n|[{re.escape(opener + closer)}]").finditer(text, start, end):
        if match[0] == closer:
            depth -= 1
        elif match[0] == opener:
            depth += 1
        else:
            return None
        if depth == 0:
            return match.start()
    return None


def _add_inline(builder: Builder, text: str, start: int, end: int, dialect: Dialect) -> None:
    """Add a stretch of a line: links with their labels, emphasis by its place, no markup, no code."""
    at = start
    for match in dialect.inline.finditer(text, start, end):
        groups = match.groupdict()
        builder.add(text[at : match.start()], at)
        begin = builder.length
        at = match.end()
        if (url := groups.get("url")) is not None:
            if groups.get("label"):
                builder.add(match["label"], match.start("label"))
            else:
                builder.add(url, match.start("url"))
            if _WEB.match(url):
                href_start, href_end = match.span("url")
                builder.links.append(
                    Link(start=begin, end=builder.length, href=url, href_start=href_start, href_end=href_end)
                )
        elif groups.get("italic") is not None:
            _add_inline(builder, text, *match.span("italic"), dialect)
            builder.emphasis.append((begin, builder.length))
        elif groups.get("plain") is not None:
            _add_inline(builder, text, *match.span("plain"), dialect)
    builder.add(text[at:end], at)


def _shown(text: str, start: int, end: int, dialect: Dialect) -> str:
    builder = Builder()
    _add_inline(builder, text, start, end, dialect)
    return " ".join("".join(builder.parts).split())


def passages(text: str, dialect: Dialect, telling: Telling) -> tuple[Passage, ...]:
    """Return the document as its reader sees it, block by block; `telling` knows the heads of tables."""
    return tuple(_Walk(text, dialect, telling).passages())


def title(text: str, dialect: Dialect, read: tuple[Passage, ...]) -> str | None:
    """Return what the document calls itself: its title line, else its first heading."""
    if dialect.title is not None and (named := dialect.title.search(text)) is not None:
        return named["text"].strip()[:200] or None
    return next((one.text.strip()[:200] for one in read if one.kind is Kind.HEADING), None)
