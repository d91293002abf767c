"""DOCX: WordprocessingML (ECMA-376 part 1, §17) to text, then the grammar of plain text.

Footnotes, endnotes and fields hold citations, which python-docx does not read; the few parts needed
are streamed with lxml, entities off.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from monitor.extract.formats.text import read_text
from monitor.extract.layouts.fields import named_rows
from monitor.extract.markup.package import Package, shown_link
from monitor.model.citation import Extraction
from monitor.model.document import Document
from monitor.patterns import lazy

MAX_CHARS = 40_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_FIELD = lazy(r"HYPERLINK\s+\"([^\"]{1,4000})\"")


def load(data: bytes) -> str:
    """Return the text of a DOCX file: a paragraph a block, link targets after their label.

    UsageError for a damaged, encrypted or oversized file.
    """
    with Package(data, "DOCX", _PARTS[0]) as package:
        return "\n\n".join(part for name in _PARTS if name in package and (part := _part(package, name)))[
            :MAX_CHARS
        ]


def _part(package: Package, name: str) -> str:
    folder, _, file = name.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    targets = _targets(package.read(rels)) if rels in package else {}
    return "\n\n".join(_paragraphs(package.read(name), targets))


def _targets(data: bytes) -> dict[str, str]:
    from lxml import etree

    found = {}
    for _, node in etree.iterparse(
        io.BytesIO(data), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    ):
        if node.tag.endswith("}Relationship") and node.get("TargetMode") == "External":
            found[node.get("Id", "")] = node.get("Target", "")
    return found


def _paragraphs(data: bytes, targets: dict[str, str]) -> Iterator[str]:
    from lxml import etree

    parts: list[str] = []
    links: list[tuple[str, int]] = []
    table = _Table()
    deep = 0
    events = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        recover=True, huge_tree=False,
    )  # fmt: skip
    try:
        for event, node in events:
            tag = node.tag
            if event == "start":
                if tag == f"{_W}fldSimple":
                    links.append((_target(node.get(f"{_W}instr", "")), len(parts)))
                elif tag == f"{_W}hyperlink":
                    links.append((targets.get(node.get(f"{_R}id", ""), ""), len(parts)))
                deep += tag == f"{_W}p"
                table.depth += tag == f"{_W}tbl"
                continue
            if tag == f"{_W}t":
                parts.append(node.text or "")
            elif tag in {f"{_W}tab", f"{_W}br", f"{_W}cr"}:
                parts.append("\n" if tag != f"{_W}tab" else " ")
            elif tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{_W}instrText":
                parts.append(shown_link(_target(node.text or ""), ""))
            elif tag in {f"{_W}hyperlink", f"{_W}fldSimple"} and links:
                href, begin = links.pop()
                parts.append(shown_link(href, "".join(parts[begin:])))
            elif tag == f"{_W}p":
                deep -= 1
                if deep <= 0 and table.depth:
                    table.cell.append("".join(parts).strip())
                elif deep <= 0:
                    yield "".join(parts).strip()
                if deep <= 0:
                    parts, links = [], []
                node.clear()
            elif tag in _Table.TAGS:
                yield from table.ended(tag)
    except etree.XMLSyntaxError:
        # Broken markup ends the reading; what came before it counts.
        pass
    if parts:
        yield "".join(parts).strip()


@dataclass(slots=True)
class _Table:
    """The cells of a table under way; one inside a cell is part of the cell."""

    TAGS: ClassVar = frozenset(f"{_W}{name}" for name in ("tc", "tr", "tbl"))

    depth: int = 0
    rows: list[list[str]] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)

    def ended(self, tag: str) -> Iterator[str]:
        """Take the end of a cell, a row or a table; yield the rows of a table that ended."""
        if tag.endswith("}tbl"):
            self.depth -= 1
            if not self.depth:
                yield from named_rows(self.rows)
                self.rows = []
        elif self.depth == 1 and tag.endswith("}tc"):
            self.row.append(" ".join(self.cell))
            self.cell = []
        elif self.depth == 1:
            self.rows.append(self.row)
            self.row = []


def _target(code: str) -> str:
    """Return the address a HYPERLINK field names, with the place on its page (ECMA-376 §17.16.5.25)."""
    named = _FIELD.search(code)
    if named is None:
        return ""
    place = _ANCHOR.search(code)
    return f"{named[1]}#{place[1]}" if place and "#" not in named[1] else named[1]


_ANCHOR = lazy(r"\\l\s{1,4}\"([^\"\s]{1,200})\"")


class DocxExtractor:
    """Reads the text of DOCX files."""

    name = "docx"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; spans address the derived text, not the file."""
        return read_text(document)


EXTRACTOR = DocxExtractor()
