"""Sitemaps (sitemaps.org/protocol.html): lists of links, for `--links all`; they cite nothing."""

from monitor.extract.markup.link_lists import link_passage
from monitor.extract.markup.xml_nodes import read_xml
from monitor.extract.passage import Passage
from monitor.model.citation import Extraction
from monitor.model.document import Document


class SitemapExtractor:
    """Reads the addresses of sitemaps and of indexes of sitemaps."""

    name = "sitemap"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return each address as a passage of its own."""
        root = read_xml(document.text, [])
        return tuple(
            link_passage(None, one.text, place)
            for one in root.all("loc")
            if (place := one.place()) is not None
        )

    def extract(self, document: Document) -> Extraction:
        """Return no citation; faults of the XML stand in the notes."""
        notes: list[str] = []
        read_xml(document.text, notes)
        return Extraction(document=document.path, format=self.name, notes=tuple(notes))


EXTRACTOR = SitemapExtractor()
