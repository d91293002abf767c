"""The document formats as targets: what an extractor is given, in the plain form a mutant can still mean something in.

A text format gets the bytes as a file would hold them; a package gets them as the part that holds its text.
"""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress

from monitor.errors import UsageError
from monitor.extract.registry import FORMATS, extract
from monitor.model.citation import Extraction
from monitor.model.document import Document
from monitor.model.site import Site
from monitor.report.extraction import as_json, as_table
from monitor.text_io.document_text import decode

_CONTAINER = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
_OPF = '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
PARTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "docx": ("word/document.xml", {}),
    "odt": ("content.xml", {}),
    "epub": ("a.xhtml", {"META-INF/container.xml": _CONTAINER, "b.opf": _OPF}),
}
"""By format: the part an input stands for, and what the package holds besides."""


def packed(name: str, data: bytes) -> bytes:
    """Return a package of one format whose text is `data`."""
    part, others = PARTS[name]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for other, text in others.items():
            package.writestr(other, text)
        package.writestr(part, data)
    return made.getvalue()


def document(name: str, data: bytes) -> Document:
    """Return the document that a file of some format is read as; UsageError where it is none."""
    loader = FORMATS.loader(name)
    if loader is not None:
        text = loader(packed(name, data) if name in PARTS else data)
        return Document(path="d", text=text, format=name, editable=False)
    text, encoding, bom, notes = decode(data, "d")
    return Document(path="d", text=text, format=name, encoding=encoding, bom=bom, notes=notes)


def looked_over(source: Document, found: Extraction) -> None:
    """Fail where what was found does not stand where it says, or cannot be shown."""
    for citation in (*found.citations, *found.identified):
        assert (citation.url is None) == (citation.unlocated_reason is not None)
        for span in filter(None, (citation.span, citation.url_span, citation.quote_span)):
            assert source.span(span.start, span.end) == span
        for date in citation.access_dates:
            assert source.verbatim(date.span) == date.text
    assert len({one.key for one in found.citations}) == len(found.citations)
    json.loads("".join(as_json([found], explain=True)))
    assert all(line.isprintable() or line.endswith("\n") for line in as_table([found], explain=True))


def reader(name: str) -> Callable[[bytes], None]:
    """Return the target of one format."""

    def read(data: bytes) -> None:
        with suppress(UsageError):
            source = document(name, data)
            for links in (None, Site()):
                looked_over(source, extract(source, links=links))

    return read


READERS: Mapping[str, Callable[[bytes], None]] = {f"read-{name}": reader(name) for name in FORMATS.names}
