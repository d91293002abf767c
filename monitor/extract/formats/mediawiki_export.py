"""MediaWiki's XML export (mediawiki.org/wiki/Help:Export): the wikitext of each page."""

from monitor.extract.embedded import embedded
from monitor.extract.formats import wikitext
from monitor.extract.markup.xml_nodes import read_xml
from monitor.model.citation import Citation, Extraction, Rejected
from monitor.model.document import Document
from monitor.model.values import replaced


class MediawikiExportExtractor:
    """Reads exports of wikis; of several revisions of a page the last one."""

    name = "mediawiki-export"

    def extract(self, document: Document) -> Extraction:
        """Return every citation of every page, in document order; faults of the XML stand in the notes."""
        notes: list[str] = []
        citations: list[Citation] = []
        rejected: list[Rejected] = []
        titles: list[str] = []
        for page in read_xml(document.text, notes).all("page"):
            revision = next((one for one in reversed(page.children) if one.name == "revision"), None)
            text = revision.first("text") if revision else None
            named = page.first("title")
            titles += [named.text] if named else []
            if text is None:
                continue
            found = wikitext.EXTRACTOR.extract(embedded(document, text.pieces(), "wikitext"))
            citations += found.citations
            rejected += found.rejected
            notes += found.notes
        return Extraction(
            document=document.path, format=self.name, title=titles[0] if len(titles) == 1 else None,
            citations=tuple(replaced(one, document=document.path) for one in citations),
            rejected=tuple(rejected), notes=tuple(notes),
        )  # fmt: skip


EXTRACTOR = MediawikiExportExtractor()
