"""reStructuredText: blocks by indentation and blank lines, inline links with their targets.

docutils gives a node no place inside its line and follows `include`; the few constructs that carry
citations are read here instead. Literal blocks and directives' contents are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from monitor.extract.dates.hints import collect_hints
from monitor.extract.layouts.fields import telling
from monitor.extract.markup.rst_tables import Row, drawn_table, list_table
from monitor.extract.passage import Builder, Group, Kind, Link, Passage, clean
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document
from monitor.patterns import lazy

_BLOCK = lazy(r"^(?=[^\S\n]*\S)[^\n]*(?:\n(?=[^\S\n]*\S)[^\n]*)*", re.MULTILINE)
_ADORNMENT = lazy(r"([=\-~^\"'`#*+.:_<>])\1{2,}[ \t]*\r?$")
_TARGET = lazy(
    r"^[ \t]*\.\.[ \t]+_(?P<name>`[^`\n]{1,200}`|(?!_)[^:\n`]{1,200}):[ \t]*(?:\n[ \t]+)?(?P<url>\S{1,4000})",
    re.MULTILINE,
)
_ANONYMOUS = lazy(r"^[ \t]*(?:\.\.[ \t]+__:|__)[ \t]+(?P<url>\S{1,4000})", re.MULTILINE)
_NOTE = lazy(r"[ \t]*\.\.[ \t]+\[(?P<label>[#*\w][\w.:#-]{0,60}|\*|#)\][ \t]*")
_NAMED_PLACE = lazy(r"[ \t]*\.\.[ \t]+_[^:\n]{1,200}:[ \t]*\r?\n")
_LETTERED = lazy(r"[ \t]*\(?[a-zA-Z]{1,6}[.)]")
_DIRECTIVE = lazy(
    r"[ \t]*(?:__[ \t]+\S+[ \t\r]*$|\.\.(?:[ \t]+(?:\|[^|\n]+\|[ \t]*)?(?P<name>[\w:+.-]+)::|[ \t]|$))",
    re.MULTILINE,
)
_WORDED_NAMES = """
note seealso warning tip important hint caution attention danger error admonition topic sidebar epigraph
rubric versionadded versionchanged deprecated todo container only footer header pull-quote highlights
compound table
"""
_WORDED = frozenset(_WORDED_NAMES.split())
"""Directives whose arguments are words for the reader."""
_UNREAD = lazy(
    r"(?:[\w:+.-]*(?:code|literal|highlight|doctest|plot|graph|uml|mermaid|tikz|console|prompt|command|exec|ipython|jupyter|test(?:code|output|setup)|math|raw|auto\w+|program|tree|table|image|bib)[\w:+.-]*"
    r"|include|index|role|default-role|meta|contents|sectnum|replace|unicode|date|target-notes|class|title|youtube|video|button-link)",
    re.IGNORECASE,
)
"""Directives whose contents are no words: code, pictures, lists of files, settings."""
_ITEM = lazy(
    r"^(?P<indent>[ \t]*)(?:[*+\-•‣](?=[ \t])|"
    r"(?:\(?(?:\d{1,3}|[a-zA-Z]|#|[ivxlc]{1,6})[.)])(?=[ \t]\S)|\|(?=[ \t]))[ \t]+",
    re.MULTILINE,
)
_INLINE = lazy(
    r"(?P<continued>\\\r?\n[ \t]*)"
    r"|(?P<embedded>(?<!`)`(?P<label>[^`<\n]{0,300}(?:\n[^`<\n]{1,300}){0,4}?)\s?<(?P<url>[^<>`]{1,2000})>`__?)"
    r"|(?P<literal>``[^`\n]{1,400}(?:\n[^`\n]{1,400})?``)"
    r"|(?P<role>(?P<prefix>:[\w:+.-]{1,40}:)`(?P<shown>[^`\n]{1,300})`)"
    r"|(?P<named>`(?P<name>[^`\n]{1,200}(?:\n[^`\n]{1,200})?)`__?)"
    r"|(?P<footref>\[(?:#?[\w.-]{1,40}|\*)\]_)"
    r"|(?P<simple>(?<![\w:/.?=&%#-])(?P<word>[A-Za-z0-9][\w.-]{0,60}?)__?(?![\w/]))"
    r"|(?P<interpreted>`(?P<inner>[^`\n]{1,300})`)"
    r"|(?P<strong>\*\*(?=\S)|(?<=\S)\*\*)|(?P<emph>(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*]))"
    r"|(?P<escape>\\(?=[^\w\s]))|(?P<joined>\\[ ])"
)
_SIGN = lazy(r"[\\`:\[*_]")
"""What every mark begins with, but for a word before "_"."""
_LAST_WORD = lazy(r"[\w.-]+\Z")
_LONGEST_WORD = 62
_WEB = lazy(r"[a-z][a-z+]*://|www\.", re.IGNORECASE)
_LIST_TABLE = lazy(r"[ \t]*\.\.[ \t]+list-table::", re.IGNORECASE)
_FIELD = lazy(r"^[ \t]*(?P<colon>:)[\w -]{1,40}:[ \t]+", re.MULTILINE)
_FOOTNOTE_MARK = lazy(r"\[(#?[\w.-]{1,40})\]_")
_OWN_MARK = lazy(r"\[(#?[\w.-]{1,40})\][ \t]*$")


class RstExtractor:
    """Reads reStructuredText."""

    name = "rst"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document as its reader sees it."""
        return tuple(_passages(document.text))

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        passages = self.passages(document)
        title = next((clean(one.text) for one in passages if one.kind is Kind.HEADING), None)
        return read(document, passages, collect_hints(document.text), title=title)


def _folded(name: str) -> str:
    return " ".join(name.strip("` ").replace("\\", "").split()).casefold()


def _targets(text: str) -> Mapping[str, tuple[str, int, int]]:
    found: dict[str, tuple[str, int, int]] = {}
    if "_" in text:
        for match in _TARGET.finditer(text):
            found.setdefault(_folded(match["name"]), (match["url"], *match.span("url")))
        for number, match in enumerate(_ANONYMOUS.finditer(text)):
            found.setdefault(f"\0{number}", (match["url"], *match.span("url")))
    return found


def _marks(text: str) -> Mapping[str, int]:
    """Return where each footnote's first mark stands."""
    found: dict[str, int] = {}
    for mark in _FOOTNOTE_MARK.finditer(text):
        found.setdefault(mark[1], mark.start())
    return found


def _passages(text: str) -> Iterator[Passage]:
    reader, marks = _Inline(text, _targets(text)), _marks(text)
    levels: dict[str, int] = {}
    skipped: int | None = None
    tabled = 0
    group: Group | None = None
    notes = Group()
    for match in _BLOCK.finditer(text):
        start, end = match.span()
        indent = _indent(text, start)
        if start < tabled or (skipped is not None and indent > skipped):
            continue
        skipped = None
        while (named := _NAMED_PLACE.match(text, start, end)) and named.end() < end:
            start = named.end()
        if drawn := drawn_table(text, start):
            rows, tabled = drawn
            group = Group()
            yield from _rows(text, rows, reader, group)
            continue
        heading = _heading(text, start, end, levels)
        if heading is not None:
            (first, last), level, rest = heading
            yield Passage(
                text=text[first:last], pieces=((0, first, last - first),), kind=Kind.HEADING, level=level
            )
            start = rest
            if not text[start:end].strip():
                continue
        end = start + len(text[start:end].rstrip())
        literal = text.startswith(">>>", start + indent)
        for first, last, kind in _parts(text, start, end):
            literal = literal or (kind is not None and text.endswith("::", first, last))
            if kind is None:
                skipped = _indent(text, first)
                group = Group()
                yield from _rows(text, _listed(text, first), reader, group)
                continue
            if first == last:
                continue
            if kind is Kind.ITEM or kind is Kind.NOTE:
                made = reader.passage(first, last, kind, group if kind is Kind.ITEM else notes)
                if made is not None and (own := _OWN_MARK.search(text[max(0, first - 60) : first])):
                    made = replace(made, marked_at=marks.get(own[1]))
            else:
                group = Group()
                made = reader.passage(first, last, kind, None)
            if made is not None:
                yield made
        if literal:
            skipped = indent


def _listed(text: str, first: int) -> Iterable[Row]:
    """Return the rows of the list table that a directive at `first` is; none for another directive."""
    return list_table(text, first) if _LIST_TABLE.match(text, text.rfind("\n", 0, first) + 1) else ()


def _rows(text: str, rows: Iterable[Row], reader: "_Inline", group: Group) -> Iterator[Passage]:
    """Return a table's rows; a cell says what it holds only together with its column's name."""
    columns: list[str] = []
    for number, row in enumerate(rows):
        if number == 0:
            names = [clean(" ".join(text[start:end] for start, end in cell)) or "" for cell in row]
            columns = names if telling(names) else []
            if columns:
                continue
        builder = Builder()
        for place, cell in enumerate(row):
            for line, (start, end) in enumerate(cell):
                if line or builder.length:
                    builder.add("\n" if columns or line else "\n\n", start, 0)
                if line == 0 and place < len(columns):
                    builder.add(f"{columns[place] or '-'}: ", start, 0)
                reader.read(builder, start, end)
        made = builder.passage(kind=Kind.RECORD if columns else Kind.ROW, group=group)
        if made is not None:
            yield made


def _indent(text: str, start: int) -> int:
    begin = text.rfind("\n", 0, start) + 1
    match = re.compile(r"[ \t]*").match(text, begin)
    return match.end() - begin if match else 0


def _heading(
    text: str, start: int, end: int, levels: dict[str, int]
) -> tuple[tuple[int, int], int, int] | None:
    """Return a title's place, its level, and where the block goes on; None where no title begins."""
    first_end = _line_end(text, start, end)
    second = min(first_end + 1, end)
    second_end = _line_end(text, second, end)
    over = _ADORNMENT.match(text[start:first_end])
    if over and second < end:
        third = min(second_end + 1, end)
        third_end = _line_end(text, third, end)
        if text[third:third_end].strip() == text[start:first_end].strip():
            sign = over[1] * 2
            return (
                _trim(text, second, second_end),
                levels.setdefault(sign, len(levels) + 1),
                min(third_end + 1, end),
            )
    under = _ADORNMENT.match(text[second:second_end])
    shown = text[start:first_end].strip()
    long_enough = len(text[second:second_end].strip()) + 3 >= len(shown)
    if under and second < end and shown and not over and long_enough:
        return (
            _trim(text, start, first_end),
            levels.setdefault(under[1], len(levels) + 1),
            min(second_end + 1, end),
        )
    return None


def _line_end(text: str, start: int, end: int) -> int:
    place = text.find("\n", start, end)
    return place if place >= 0 else end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    raw = text[start:end]
    return start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int, Kind | None]]:
    """Cut a block into its list items and notes; kind None for a directive whose content is left out."""
    cuts: list[tuple[int, int, Kind | None]] = []
    for line in re.compile(r"^[^\n]*", re.MULTILINE).finditer(text, text.rfind("\n", 0, start) + 1, end):
        begin = max(line.start(), start)
        if note := _NOTE.match(text, line.start(), end):
            cuts.append((begin, note.end(), Kind.NOTE))
        elif directive := _DIRECTIVE.match(text, line.start(), end):
            cuts.append((begin, directive.end(), _directed(directive["name"])))
        elif item := _ITEM.match(text, line.start(), end):
            # "A. Reed" within a paragraph is a name; a list of letters begins with its block.
            within = begin > start and (not cuts or cuts[-1][2] is not Kind.ITEM)
            if within and _LETTERED.match(text, line.start(), end):
                continue
            if not cuts or cuts[-1][2] is not None:
                cuts.append((begin, item.end(), Kind.ITEM))
        elif (field := _FIELD.match(text, line.start(), end)) and (
            not cuts or cuts[-1][2] not in {None, Kind.HEADING}
        ):
            cuts.append((begin, field.end("colon"), Kind.PARAGRAPH))
    if not cuts or cuts[0][0] > start:
        cuts.insert(0, (start, start, Kind.PARAGRAPH))
    for (_, inner, kind), (following, _, _) in zip(cuts, [*cuts[1:], (end, end, None)], strict=True):
        if kind is Kind.HEADING:
            # The arguments and options of a directive: only what is indented below them is read.
            yield following, following, Kind.PARAGRAPH
        elif following > inner or kind is None:
            yield inner, following, kind


def _directed(name: str | None) -> Kind | None:
    """Return PARAGRAPH for a directive to read, HEADING where only what is below it is, None for none."""
    if name is None or _UNREAD.fullmatch(name):
        return Kind.PARAGRAPH if name == "table" else None
    return Kind.PARAGRAPH if name.lower() in _WORDED else Kind.HEADING


def _next_mark(text: str, position: int, end: int) -> re.Match[str] | None:
    """Return what `_INLINE.search` would, faster: only where there is a sign of a mark it is tried."""
    place = position
    while sign := _SIGN.search(text, place, end):
        begin = place = sign.start()
        if sign[0] == "_" and (word := _LAST_WORD.search(text, max(position, place - _LONGEST_WORD), place)):
            begin = word.start()
        if mark := _INLINE.match(text, begin, end):
            return mark
        place += 1
    return None


class _Inline:
    """Reads inline markup of one document."""

    def __init__(self, text: str, targets: Mapping[str, tuple[str, int, int]]) -> None:
        self.text, self.targets = text, targets
        self.anonymous = 0

    def passage(self, start: int, end: int, kind: Kind, group: Group | None) -> Passage | None:
        """Return `text[start:end]` as its reader sees it."""
        builder = Builder()
        self.read(builder, start, end)
        return builder.passage(kind=kind, group=group)

    def read(self, builder: Builder, start: int, end: int) -> None:
        """Add `text[start:end]` as its reader sees it."""
        position = start
        emphasis: int | None = None
        while mark := _next_mark(self.text, position, end):
            builder.add(self.text[position : mark.start()], position)
            position = mark.end()
            if mark["emph"] or mark["strong"]:
                if emphasis is not None:
                    builder.emphasis.append((emphasis, builder.length))
                emphasis = builder.length if emphasis is None else None
            else:
                self._mark(builder, mark)
        builder.add(self.text[position:end], position)

    def _mark(self, builder: Builder, mark: re.Match[str]) -> None:
        if mark["embedded"]:
            url = mark["url"]
            shown = mark.span("label") if mark["label"].strip() else mark.span("url")
            target = self.targets.get(_folded(url.rstrip("_"))) if url.endswith("_") else None
            href = target or (re.sub(r"\\?\s+", "", url), *mark.span("url"))
            self._link(builder, shown, href)
        elif mark["named"]:
            self._link(builder, mark.span("name"), self._target(mark[0], mark["name"]))
        elif mark["simple"]:
            target = self._target(mark[0], mark["word"])
            if target is None:
                builder.add(mark[0], mark.start())
            else:
                self._link(builder, mark.span("word"), target)
        elif mark["role"]:
            # A role that cites holds a key, not words.
            if "cite" not in mark["prefix"] and "ref" not in mark["prefix"]:
                builder.add(self.text[slice(*mark.span("shown"))], mark.start("shown"))
        elif mark["interpreted"]:
            builder.add(mark["inner"], mark.start("inner"))
        elif mark["literal"] and "://" not in mark[0]:
            builder.add(mark[0][2:-2], mark.start() + 2)

    def _target(self, written: str, name: str) -> tuple[str, int, int] | None:
        """Return where a reference leads; an anonymous one, "name__", to the next anonymous target."""
        if not written.endswith("__"):
            return self.targets.get(_folded(name))
        target = self.targets.get(f"\0{self.anonymous}")
        self.anonymous += target is not None
        return target

    def _link(self, builder: Builder, shown: tuple[int, int], href: tuple[str, int, int] | None) -> None:
        begin = builder.length
        builder.add(self.text[shown[0] : shown[1]], shown[0])
        if href is not None and _WEB.match(href[0]) and builder.length > begin:
            builder.links.append(
                Link(start=begin, end=builder.length, href=href[0], href_start=href[1], href_end=href[2])
            )


EXTRACTOR = RstExtractor()
