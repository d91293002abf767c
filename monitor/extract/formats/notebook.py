"""Jupyter notebooks (nbformat 4, nbformat.readthedocs.io): the Markdown cells, read as one document.

nbformat validates a notebook but gives no places; the cells' text is decoded with the way back to the
file. Code and raw cells and outputs are left alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from monitor.extract.embedded import Embedded, embedded
from monitor.extract.formats import markdown
from monitor.extract.markup.json_strings import decoded, strings
from monitor.extract.markup.link_lists import outward
from monitor.extract.passage import Passage
from monitor.model.citation import Extraction
from monitor.model.document import Document


class NotebookExtractor:
    """Reads Jupyter notebooks."""

    name = "notebook"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the Markdown cells as their reader sees them."""
        inner = cells(document)
        return tuple(outward(inner, markdown.EXTRACTOR.passages(inner)))

    def extract(self, document: Document) -> Extraction:
        """Return every citation of the Markdown cells in document order; spans are places of the file."""
        inner = cells(document)
        found = markdown.EXTRACTOR.extract(inner)
        notes = found.notes if inner.text else (*found.notes, "the notebook has no Markdown cells")
        return replace(found, format=self.name, notes=notes)


def cells(document: Document) -> Embedded:
    """Return the Markdown cells of a notebook as one document whose places are those of the file."""
    return embedded(document, _written(document.text), "markdown")


def _written(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the text of the Markdown cells with its places, a blank line between cells."""
    sources: dict[int, list[tuple[int, int]]] = {}
    kinds: dict[int, str] = {}
    for path, start, end in strings(text):
        match path:
            case ("cells", int(cell), "cell_type"):
                kinds[cell] = text[start:end]
            case ("cells", int(cell), "source") | ("cells", int(cell), "source", int()):
                sources.setdefault(cell, []).append((start, end))
            case _:
                pass
    for cell, lines in sources.items():
        if kinds.get(cell) == "markdown":
            for start, end in lines:
                yield from decoded(text, start, end)
            yield "\n\n", lines[-1][1], 0


EXTRACTOR = NotebookExtractor()
