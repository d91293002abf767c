"""EPUB 3 (W3C): the XHTML documents of the spine, one after the other, read as HTML.

ebooklib reads whole books into objects; three kinds of parts are needed.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from monitor.errors import UsageError
from monitor.extract.formats import html
from monitor.extract.markup.package import Package
from monitor.extract.markup.xml_nodes import read_xml
from monitor.model.citation import Extraction
from monitor.model.document import Document

_CONTAINER = "META-INF/container.xml"
_MOST_PARTS = 2_000


def load(data: bytes) -> str:
    """Return the book's XHTML in reading order; UsageError for a damaged, encrypted or oversized file."""
    with Package(data, "EPUB", _CONTAINER) as package:
        container = read_xml(package.read(_CONTAINER).decode("utf-8", "replace"), [])
        named = next(container.all("rootfile"), None)
        opf = named.attributes.get("full-path", "") if named else ""
        if opf not in package:
            raise UsageError("an EPUB file whose list of contents is missing; open and save it again")
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in _spine(package, opf))


def _spine(package: Package, opf: str) -> Iterator[str]:
    """Yield the names of the documents in reading order."""
    root = read_xml(package.read(opf).decode("utf-8", "replace"), [])
    folder = posixpath.dirname(opf)
    items = {one.attributes.get("id"): one.attributes for one in root.all("item")}
    for number, ref in enumerate(root.all("itemref")):
        attributes = items.get(ref.attributes.get("idref"), {})
        name = posixpath.normpath(posixpath.join(folder, unquote(attributes.get("href", ""))))
        if number < _MOST_PARTS and name in package and "html" in attributes.get("media-type", "html"):
            yield name


class EpubExtractor:
    """Reads the text of EPUB books."""

    name = "epub"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; spans address the derived text, not the file."""
        return replace(html.EXTRACTOR.extract(document), format=self.name)


EXTRACTOR = EpubExtractor()
