"""DokuWiki (dokuwiki.org/wiki:syntax): headlines, lists, ((footnotes)), tables, [[address|label]] links."""

import re

from monitor.extract.dates.values import collect_hints
from monitor.extract.markup.light_markup import Dialect, passages, title
from monitor.extract.passage import Passage
from monitor.extract.patterns import lazy
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document

_DIALECT = Dialect(
    heading=lazy(r"[ \t]*(?P<mark>={2,6})[ \t]*(?P<text>[^=\s][^\n]*?)[ \t]*={2,6}[ \t]*$"),
    item=lazy(r"(?:[ ]{2,}|\t)[*-][ \t]*(?P<text>\S[^\n]*)"),
    inline=lazy(
        r"""
        \[\[(?P<url>[^\[\]|\n]{1,4000})(?:\|(?P<label>[^\[\]\n]{1,400}))?\]\]
        | \{\{[^{}\n]{1,400}\}\} | ''[^'\n]{1,400}'' | %%[^%\n]{1,400}%%
        | (?<![:/])//(?P<italic>[^\s/](?:[^/\n]{0,398}[^\s/])?)//(?!/)
        | \*\*(?P<plain>[^\s*](?:[^*\n]{0,398}[^\s*])?)\*\* | \\\\(?=\s)
        """,
        re.VERBOSE,
    ),
    inline_note=lazy(r"\(\("),
    row=lazy(r"[|^][^\n]*[|^][ \t]*$"),
    ignored=lazy(r"~~[A-Z]+~~|----+[ \t]*$"),
    skipped=((lazy(r"[^\n]*<(?P<fence>code|file|html|php)\b(?![^\n]*</)"), r"[^\n]*</FENCE>"),),
    level_falls=7,
)


class DokuwikiExtractor:
    """Reads DokuWiki pages."""

    name = "dokuwiki"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document as its reader sees it."""
        return passages(document.text, _DIALECT)

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        found = self.passages(document)
        named = title(document.text, _DIALECT, found)
        return read(document, found, collect_hints(document.text), title=named)


EXTRACTOR = DokuwikiExtractor()
