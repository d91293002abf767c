"""Typst markup (typst.app/docs/reference/syntax): headings, lists, footnotes, links; code is left out."""

import re

from monitor.extract.dates.values import collect_hints
from monitor.extract.markup.light_markup import Dialect, passages, title
from monitor.extract.passage import Passage
from monitor.extract.patterns import lazy
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document

_DIALECT = Dialect(
    heading=lazy(r"(?P<mark>={1,6})[ \t]+(?P<text>\S[^\n]*?)(?:[ \t]+<[\w:-]+>)?[ \t]*$"),
    item=lazy(r"[ \t]*(?:[-+]|\d{1,4}\.)[ \t]+(?P<text>\S[^\n]*)"),
    inline=lazy(
        r"""
        \#link\([ \t]*"(?P<url>[^"\n]{1,4000})"[ \t]*\)(?:\[(?P<label>[^\[\]\n]{1,400})\])?
        | `[^`\n]{1,400}` | (?<![\w/.])@[a-zA-Z][\w:-]{0,80} | <[\w:-]{1,80}>(?=[ \t]*$)
        | (?<![:\w])//[^\n]* | /\*.{0,400}?\*/
        | (?<![\w_/])_(?P<italic>[^\s_](?:[^_\n]{0,398}[^\s_])?)_(?![\w_])
        | (?<![\w*/])\*(?P<plain>[^\s*](?:[^*\n]{0,398}[^\s*])?)\*(?![\w*])
        | \\(?=[\s_*\#$@<\[\]])
        """,
        re.VERBOSE | re.MULTILINE,
    ),
    inline_note=lazy(r"#footnote\["),
    ignored=lazy(
        r"[ \t]*//[^\n]*"
        r"|[ \t]*#(?:set|show|import|include|let|bibliography|pagebreak|outline|figure)\b[^\n]*"
    ),
    title=lazy(r"#set[ \t]+document\([^)\n]*title:[ \t]*\"(?P<text>[^\"\n]+)\""),
    skipped=(
        (lazy(r"[ \t]*(?P<fence>`{3,})"), r"[ \t]*FENCE"),
        (lazy(r"[ \t]*/\*(?![^\n]*\*/)"), r"[^\n]*\*/"),
    ),
)


class TypstExtractor:
    """Reads Typst files."""

    name = "typst"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document as its reader sees it."""
        return passages(document.text, _DIALECT)

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        found = self.passages(document)
        named = title(document.text, _DIALECT, found)
        return read(document, found, collect_hints(document.text), title=named)


EXTRACTOR = TypstExtractor()
