"""The writers: one line per format, imported when first used."""

import datetime as dt
from functools import lru_cache
from importlib import import_module

from monitor.amend.interface import Writer
from monitor.model.document import Document
from monitor.model.finding import Amendment
from monitor.model.run import Assessment

_WRITERS = {
    "text": ("monitor.amend.text", "TextWriter"),
    "markdown": ("monitor.amend.markdown", "MarkdownWriter"),
    "html": ("monitor.amend.html", "HtmlWriter"),
    "wikitext": ("monitor.amend.wikitext", "WikitextWriter"),
    "bibtex": ("monitor.amend.bibtex", "BibtexWriter"),
    "biblatex": ("monitor.amend.bibtex", "BibtexWriter"),
    "latex": ("monitor.amend.latex", "LatexWriter"),
    "rst": ("monitor.amend.rst", "RstWriter"),
    "csl-json": ("monitor.amend.csl", "CslWriter"),
    "csl-yaml": ("monitor.amend.csl", "CslWriter"),
    **dict.fromkeys(
        ("asciidoc", "org", "typst", "textile", "dokuwiki"), ("monitor.amend.light", "LightWriter")
    ),
    "cff": ("monitor.amend.csl", "CffWriter"),
    "notebook": ("monitor.amend.notebook", "NotebookWriter"),
    "ris": ("monitor.amend.ris", "RisWriter"),
}
_OTHER = ("monitor.amend.plain", "PlainWriter")


@lru_cache(maxsize=32)
def writer_for(name: str) -> Writer:
    """Return the writer of a document format; one that edits little for a format without its own."""
    module, cls = _WRITERS.get(name, _OTHER)
    made: Writer = getattr(import_module(module), cls)()
    return made


def propose(document: Document, assessment: Assessment, today: dt.date) -> Amendment | None:
    """Return the exact edit the assessment's finding asks for; None where there is nothing to write.

    `document` must hold the citation: spans are checked against it.
    """
    if assessment.citation.document != document.path:
        raise ValueError(f"{assessment.citation.document!r} is not {document.path!r}")
    return writer_for(document.format).amend(document, assessment, today)
