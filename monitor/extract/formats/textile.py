"""Textile (textile-lang.com): "label":address links, lists, footnotes, tables."""

import re

from monitor.extract.dates.values import collect_hints
from monitor.extract.markup.light_markup import Dialect, passages, title
from monitor.extract.passage import Passage
from monitor.extract.patterns import lazy
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document

_DIALECT = Dialect(
    heading=lazy(r"h(?P<mark>[1-6])(?:\([^()\n]{0,80}\))?\.[ \t]+(?P<text>\S[^\n]*)"),
    item=lazy(r"[ \t]*[*#-]{1,5}[ \t]+(?P<text>\S[^\n]*)"),
    inline=lazy(
        r"""
        "(?P<label>[^"\n]{1,400})":(?P<url>(?:https?|ftp)://[^\s<>"]{1,4000}[^\s<>".,;:!?)\]])
        | (?<![\w@])@[^@\n]{1,400}@(?!\w) | \[\d{1,3}\](?=\W|$)
        | (?<![\w_/])_{1,2}(?P<italic>[^\s_](?:[^_\n]{0,398}[^\s_])?)_{1,2}(?![\w_])
        | (?<![\w*/])\*{1,2}(?P<plain>[^\s*](?:[^*\n]{0,398}[^\s*])?)\*{1,2}(?![\w*])
        """,
        re.VERBOSE | re.MULTILINE,
    ),
    note=lazy(r"fn\d{1,3}(?:\([^()\n]{0,80}\))?\.[ \t]+(?P<text>\S[^\n]*)"),
    row=lazy(r"[ \t]*\|[^\n]*\|[ \t]*$"),
    ignored=lazy(r"###\.[^\n]*|(?:table|p)(?:\([^()\n]{0,80}\))?\.[ \t]*$"),
    skipped=(
        (lazy(r"(?:bc|pre|notextile)(?:\([^()\n]{0,80}\))?\.[ \t]"), r"[ \t]*$"),
        (lazy(r"<(?P<fence>pre|code)\b"), r"[^\n]*</FENCE>"),
    ),
)


class TextileExtractor:
    """Reads Textile."""

    name = "textile"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document as its reader sees it."""
        return passages(document.text, _DIALECT)

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        found = self.passages(document)
        named = title(document.text, _DIALECT, found)
        return read(document, found, collect_hints(document.text), title=named)


EXTRACTOR = TextileExtractor()
