r"""LaTeX: bibliography items, footnotes, lists and paragraphs become passages of the citation grammar.

Also what bibliographies are made of: `.bbl` files of BibLaTeX (`\field`, `\verb`), databases inside
`filecontents`, Texinfo's `@url`. Code environments and comments are left out.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from msgspec import structs

from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints, parse_date
from monitor.extract.formats.bibtex import read_database
from monitor.extract.layouts.annotated import may_be_annotated
from monitor.extract.layouts.fields import telling
from monitor.extract.markup.tex_inline import closing, tex_passage, tex_text
from monitor.extract.markup.tex_tables import table_records
from monitor.extract.passage import Group, Kind, Passage, clean, plain
from monitor.extract.reading import read
from monitor.extract.records.records import Record, ordered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import AccessDate, Citation, Extraction
from monitor.model.document import Document
from monitor.patterns import lazy, next_at

_MARK = lazy(
    r"(?P<code>\\begin\{(?P<env>verbatim\*?|lstlisting|minted|Verbatim|comment|tikzpicture|equation\*?|align\*?|alltt)\})"
    r"|(?P<database>\\begin\{filecontents\*?\})"
    r"|(?P<entry>\\entry\{)"
    r"|(?P<bibliography>\\begin\{(?:thebibliography|references|biblist\*?|CSLReferences)\}(?:\s{0,3}[\[{][^\]}\n]{0,200}[\]}]){0,3})"
    r"|(?P<bibend>\\end\{(?:thebibliography|references|biblist\*?|CSLReferences)\})"
    r"|(?P<bibitem>\\bibitem(?:\s{0,3}%[^\n]*\n)?\s{0,3}(?=[\[{]))"
    r"|(?P<heading>\\(?P<level>part|chapter|section|subsection|subsubsection|paragraph)\*?\s{0,3}(?:\[[^\]\n]{0,200}\]\s{0,3})?(?=\{))"
    r"|(?P<note>\\(?:footnote|footnotetext|thanks|endnote|sidenote|marginpar|marginnote)\s{0,3}(?:\[\d{0,4}\]\s{0,3})?(?=\{))"
    r"|(?P<item>\\item(?![a-zA-Z])(?:\s{0,3}\[[^\]\n]{0,100}\])?|(?<![^\n])[ \t]{0,8}@itemx?(?![a-zA-Z]))"
    r"|(?P<table>\\begin\{(?P<tabular>tabular[xy]?\*?|longtable\*?|tabulary|tabu)\})"
    r"|(?P<edge>\\(?:begin|end)\{[a-zA-Z*]{1,40}\}"
    r"|(?<![^\n])[ \t]{0,8}"
    r"@(?:(?:end|itemize|enumerate|[fv]?table|node|menu|quotation|example|group)\b[^\n]*))"
    r"|(?<![^\n])@(?:chapter|(?P<deep>(?:sub){0,2}section)|unnumbered\w{0,12}|appendix\w{0,12})"
    r"[ \t]{1,9}(?P<titled>[^\n]{1,200})"
    r"|(?P<comment>(?<!\\)%[^\n]*)"
    r"|(?P<blank>\n[ \t\r]*\n\s*)"
)
_SIGN = lazy(r"\\|%|\n[ \t\r]*\n|@| (?<![^\n] )[ \t]{0,7}@|\t(?<![^\n]\t)[ \t]{0,7}@")
_LEVELS = {"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
_TITLE = lazy(r"\\title\s{0,3}(?:\[[^\]]{0,200}\]\s{0,3})?(?=\{)")
_ENTRY = lazy(r"^[ \t]*\\entry\{(?P<key>[^{}\n]{0,200})\}\{[^{}\n]*\}", re.MULTILINE)
_FIELD = lazy(r"\\field\{(?P<name>\w+)\}(?=\{)")
_VERB = lazy(r"\\verb\{(?P<name>url|urlraw)\}\s*\\verb (?P<value>[^\n]*?)\s*\n")
_FAMILY = lazy(r"family=\{(?P<name>[^{}\n]{1,100})\}")
_PREFIX = lazy(r"^(?:[ \t]*##+[ \t]?)", re.MULTILINE)
_MAX_PASSAGE = 100_000
_EDGES = frozenset({"edge", "table"})


class LatexExtractor:
    """Reads LaTeX."""

    name = "latex"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document as its reader sees it."""
        return tuple(_Walk(document.text).passages())

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        hints = collect_hints(document.text)
        walk = _Walk(document.text)
        found = read(document, tuple(walk.passages()), hints, title=_title(document.text))
        citations: list[Citation | None] = [*found.citations, *_entries(document)]
        rejected, notes = list(found.rejected), list(found.notes)
        for start, end in walk.databases:
            cited, refused, said = read_database(document, start, end, hints)
            citations.extend(cited)
            rejected.extend(refused)
            notes.extend(said)
        return replace(found, citations=ordered(citations), rejected=tuple(rejected), notes=tuple(notes))


def _title(text: str) -> str | None:
    match = _TITLE.search(text)
    close = closing(text, match.end(), match.end() + 1000) if match else -1
    return clean(tex_text(text[match.end() + 1 : close])) if match and close > 0 else None


class _Walk:
    """Cuts a document into passages at items, notes, headings and blank lines."""

    def __init__(self, text: str) -> None:
        # Texinfo inside a program's comments: "##" says nothing to TeX at the beginning of a line.
        self.text = _PREFIX.sub(lambda match: " " * len(match[0]), text)
        self.in_comments = self.text != text
        self.whole = may_be_annotated(text)
        self.databases: list[tuple[int, int]] = []
        self.group: Group | None = None
        self.notes = Group()
        self.listed = False
        self.kind = Kind.PARAGRAPH

    def passages(self) -> Iterator[Passage]:
        """Return the passages in order, notes after the paragraph they stand in."""
        text = self.text
        notes: list[tuple[int, int]] = []
        start = position = 0
        in_item = False
        while mark := next_at(_SIGN, _MARK, text, position, len(text)):
            what = mark.lastgroup if mark.lastgroup not in {"env", "level", "tabular"} else None
            what = what or ("code" if mark["code"] else "table" if mark["table"] else "heading")
            if what == "note":
                close = closing(text, mark.end(), min(len(text), mark.end() + 20_000))
                if close > 0:
                    notes.append((mark.start(), close + 1))
                position = close + 1 if close > 0 else mark.end()
                continue
            if what == "comment" or (what == "blank" and in_item):
                position = mark.end()
                continue
            yield from self._flush(start, mark.start(), notes)
            notes = []
            start = position = self._after(mark, what)
            if what == "table":
                end = text.find(f"\\end{{{mark['tabular']}}}", mark.end(), mark.end() + _MAX_PASSAGE)
                records = tuple(table_records(text, mark.end(), end, telling)) if end >= 0 else ()
                yield from records
                start = position = end if records else position
            if what == "titled":
                yield plain(
                    text,
                    mark.start("titled"),
                    mark.end("titled"),
                    kind=Kind.HEADING,
                    level=2 if mark["deep"] else 1,
                )
            elif what == "heading":
                yield from self._heading(mark, position)
            elif what in {"bibliography", "bibitem"} and self.kind is not Kind.ITEM:
                # LaTeX itself prints "References" here.
                self.group, self.listed = Group(), True
            if what in {"bibliography", "bibitem", "item"}:
                self.kind = Kind.ITEM
                in_item = what != "bibliography"
            elif what in {"bibend", "heading", "titled", "edge", "table"}:
                in_item = False
                self.kind = Kind.PARAGRAPH if what not in _EDGES else self.kind
                self.listed = self.listed and what in _EDGES
        yield from self._flush(start, len(text), notes)

    def _after(self, mark: re.Match[str], what: str) -> int:
        text = self.text
        if what in {"code", "database"}:
            name = mark["env"] or re.search(r"filecontents\*?", mark[0])[0]  # type: ignore[index] # the mark holds it
            end = text.find(f"\\end{{{name}}}", mark.end())
            end = end if end >= 0 else len(text)
            if what == "database":
                self.databases.append((mark.end(), end))
            return min(len(text), end + len(name) + 6)
        if what == "entry":
            end = text.find("\\endentry", mark.end())
            return end + len("\\endentry") if end >= 0 else mark.end()
        if what == "heading":
            close = closing(text, mark.end(), min(len(text), mark.end() + 1000))
            return close + 1 if close > 0 else mark.end()
        if what == "bibitem":
            opening = mark.end()
            if text[opening] == "[":
                bracket = _bracket_end(text, opening)
                opening = text.find("{", bracket, bracket + 200)
            close = closing(text, opening, min(len(text), opening + 500)) if opening >= 0 else -1
            return close + 1 if close > 0 else mark.end()
        return mark.end()

    def _heading(self, mark: re.Match[str], end: int) -> Iterator[Passage]:
        made = tex_passage(self.text, mark.end() + 1, max(mark.end() + 1, end - 1), kind=Kind.HEADING)
        if made is not None:
            yield Passage(text=made.text, pieces=made.pieces, kind=Kind.HEADING, level=_LEVELS[mark["level"]])

    def _flush(self, start: int, end: int, notes: list[tuple[int, int]]) -> Iterator[Passage]:
        # A reader meets the paragraph without its notes; most hold no source and need no passage.
        text = self.text
        position = start
        for note_start, note_end in [*notes, (end, end)]:
            if position < note_start and (self.whole or _telling(text, position, note_start)):
                stop = min(note_start, position + _MAX_PASSAGE)
                group = self.group if self.kind is Kind.ITEM else None
                made = tex_passage(text, position, stop, kind=self.kind, group=group)
                if made is not None:
                    made = structs.replace(made, listed=self.listed)
                    yield self._flat(self._titled(made) if self.kind is Kind.ITEM else made)
            if note_end > note_start and _telling(text, note_start, note_end):
                inner = text.index("{", note_start)
                made = tex_passage(text, inner + 1, note_end - 1, kind=Kind.NOTE, group=self.notes)
                if made is not None:
                    yield self._flat(made)
            position = note_end

    def _titled(self, passage: Passage) -> Passage:
        r"""Mark the title, which BibTeX's styles put after the authors and a `\newblock`."""
        breaks = [piece[0] for piece in passage.pieces if self.text.startswith("\\newblock", piece[1])]
        if len(breaks) < 2:
            return passage
        words = passage.text[breaks[0] : breaks[1]]
        start = breaks[0] + len(words) - len(words.lstrip())
        block = _BLOCK.match(passage.text, start, breaks[0] + len(words.rstrip()))
        return (
            structs.replace(passage, emphasis=(block.span("title"), *passage.emphasis)) if block else passage
        )

    def _flat(self, passage: Passage) -> Passage:
        """Make blanks of line ends, which mean nothing in TeX; in a program's comments they do."""
        return passage if self.in_comments else structs.replace(passage, text=passage.text.replace("\n", " "))


# No "In Proceedings of ...", no address. "[C/OL]", "// Proceedings", ", 2014" end a title.
_BLOCK = lazy(
    lambda: (
        rf"(?!(?=I){any_of(Words.IN_BOOK)}\s)(?P<title>(?:(?!://|\b(?:19|20)\d\d\b)[^“”]){{3,400}}?)\s?(?:\[[A-Z]{{1,3}}(?:/[A-Z]{{2}})?\])?\s?"
        r"(?:(?:,\s(?:[^\W\d_]{3,9}\.?\s)?(?:19|20)\d\d)?[.,．]?|//\s.*)$"
    ),
    re.DOTALL,
)
_TELLING = lazy(r"://|www\.|\\url|\\href|@url|@uref|(?:19|20)\d\d")


def _telling(text: str, start: int, end: int) -> bool:
    return _TELLING.search(text, start, end) is not None


_BRACKET = lazy(r"\[(?:[^\[\]{}\\]|\\.|\{(?:[^{}]|\{[^{}]{0,200}\}){0,300}\}){0,600}\]", re.DOTALL)


def _bracket_end(text: str, opening: int) -> int:
    match = _BRACKET.match(text, opening)
    return match.end() if match else opening + 1


def _entries(document: Document) -> Iterator[Citation | None]:
    """Return the entries of a BibLaTeX `.bbl` file."""
    text = document.text
    starts = [match.start() for match in _ENTRY.finditer(text)]
    for start, following in pairwise([*starts, len(text)]):
        stop = text.find("\\endentry", start, following)
        stop = stop + 9 if stop >= 0 else start + len(text[start:following].rstrip())
        yield _entry(document, start, stop)


def _entry(document: Document, start: int, stop: int) -> Citation | None:
    text = document.text
    fields: dict[str, tuple[int, int]] = {}
    for match in _FIELD.finditer(text, start, stop):
        close = closing(text, match.end(), stop)
        if close > 0:
            fields.setdefault(match["name"], (match.end() + 1, close))
    record = Record(start=start + len(text[start:stop]) - len(text[start:stop].lstrip()), end=stop)
    if verb := _VERB.search(text, start, stop):
        record.locate(verb["value"], *verb.span("value"))
    parts = [
        text[slice(*fields[name])].strip() for name in ("urlyear", "urlmonth", "urlday") if name in fields
    ]
    if parts and all(part.isdigit() for part in parts) and len(parts[0]) == 4:
        places = [fields[name] for name in ("urlyear", "urlmonth", "urlday") if name in fields]
        span = document.span(min(place[0] for place in places), max(place[1] for place in places))
        iso = "-".join([parts[0], *(f"{int(part):02d}" for part in parts[1:])])
        record.add_date(AccessDate(date=_possible(iso), text=document.verbatim(span), span=span))
    record.title = tex_text(text[slice(*fields["title"])]) if "title" in fields else None
    names = [tex_text(match["name"]) for match in _FAMILY.finditer(text, start, stop)][:10]
    record.attribution = [
        ", ".join(names),
        *(tex_text(text[slice(*fields[name])]) for name in ("journaltitle", "booktitle") if name in fields),
    ]
    return record.citation(document)


def _possible(iso: str) -> str | None:

    parsed = parse_date(iso, DateHints())
    return parsed.date if parsed else None


EXTRACTOR = LatexExtractor()
