"""OpenDocument text (OASIS ODF 1.3): content.xml to text, then the grammar of plain text.

odfpy builds a tree of objects and loses notes' places in the text; one part is read here.
"""

from monitor.extract.formats.text import read_text
from monitor.extract.layouts.fields import named_rows
from monitor.extract.markup.package import Package, shown_link
from monitor.extract.markup.xml_nodes import Node, read_xml
from monitor.model.citation import Extraction
from monitor.model.document import Document

_BLOCKS = ("p", "h")
_BREAKS = {"line-break": "\n", "tab": " ", "s": " "}


def load(data: bytes) -> str:
    """Return the text of an ODT file: a paragraph a block, notes after the paragraph they stand in.

    UsageError for a damaged, encrypted or oversized file.
    """
    with Package(data, "OpenDocument", "content.xml") as package:
        text = package.read("content.xml").decode("utf-8", "replace")
    root = read_xml(text, [])
    body = next(root.all("body"), root)
    inside = {id(inner) for block in body.all(*_BLOCKS, "table") for inner in block.all(*_BLOCKS, "table")}
    blocks = []
    for block in body.all(*_BLOCKS, "table"):
        if id(block) not in inside:
            notes: list[Node] = []
            shown = _rows(block, notes) if block.name == "table" else [_text(block, notes)]
            blocks += [*shown, *(_text(note, []) for note in notes)]
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def _rows(table: Node, notes: list[Node]) -> list[str]:
    """Return the rows of a table; what stands in a cell's own table is part of the cell."""
    rows = [
        [" ".join(_text(block, notes).strip() for block in cell.all(*_BLOCKS)) for cell in row.children]
        for row in table.all("table-row")
    ]
    return list(named_rows(rows))


def _text(block: Node, notes: list[Node]) -> str:
    """Return a block's text, link targets after their labels; its notes' bodies go to `notes`."""
    parts: list[str] = []
    for one in block.content:
        if not isinstance(one, Node):
            parts.append(one[0])
        elif one.name == "note":
            notes.extend(one.all("note-body"))
        elif one.name == "a":
            label = _text(one, notes)
            parts += [label, shown_link(one.attributes.get("href", ""), label)]
        elif one.name in _BREAKS:
            parts.append(_BREAKS[one.name])
        elif one.name not in {"annotation", "tracked-changes"}:
            parts.append(_text(one, notes))
    return "".join(parts)


class OdtExtractor:
    """Reads the text of OpenDocument files."""

    name = "odt"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; spans address the derived text, not the file."""
        return read_text(document)


EXTRACTOR = OdtExtractor()
