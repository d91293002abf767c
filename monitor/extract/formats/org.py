"""Org (orgmode.org/worg/org-syntax.html): headlines, lists, footnotes, tables, links."""

import re

from monitor.extract.dates.values import collect_hints
from monitor.extract.markup.light_markup import Dialect, passages, title
from monitor.extract.passage import Passage
from monitor.extract.patterns import lazy
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document

_DIALECT = Dialect(
    heading=lazy(
        r"(?P<mark>\*{1,20})[ \t]+(?:(?:TODO|DONE)[ \t]+)?(?P<text>\S[^\n]*?)(?:[ \t]+:[\w@:]+:)?[ \t]*$"
    ),
    item=lazy(r"(?:[ \t]*(?:[-+]|\d{1,4}[.)])|[ \t]+\*)[ \t]+(?:\[[ Xx-]\][ \t]+)?(?P<text>\S[^\n]*)"),
    inline=lazy(
        r"""
        \[\[(?P<url>[^\[\]\n]{1,4000})\](?:\[(?P<label>[^\[\]\n]{1,400})\])?\]
        | \[fn:[\w-]{1,60}\] | \[cite(?:/[\w/-]{1,20})?:[^\[\]\n]{1,200}\] | <<[^<>\n]{1,120}>>
        | (?<![\w=~/?&])[=~][^\s=~](?:[^=~\n]{0,398}[^\s=~])?[=~](?![\w=~])
        | (?<![\w/:])/(?P<italic>[^\s/](?:[^/\n]{0,398}[^\s/])?)/(?![\w/])
        | (?<![\w*/])\*(?P<plain>[^\s*](?:[^*\n]{0,398}[^\s*])?)\*(?![\w*])
        """,
        re.VERBOSE,
    ),
    note=lazy(r"\[fn:[\w-]{1,60}\][ \t]+(?P<text>\S[^\n]*)"),
    inline_note=lazy(r"\[fn:[\w-]{0,60}:"),
    row=lazy(r"[ \t]*\|(?!-)[^\n]*"),
    ignored=lazy(
        r"[ \t]*#(?:[ \t][^\n]*)?$|[ \t]*#\+(?!begin_|end_)[\w-]+:[^\n]*"
        r"|[ \t]*\|-[^\n]*|[ \t]*:[\w-]+:[^\n]*",
        re.IGNORECASE,
    ),
    title=lazy(r"^#\+title:[ \t]*(?P<text>[^\n]+)", re.MULTILINE | re.IGNORECASE),
    skipped=(
        (
            lazy(r"[ \t]*#\+begin_(?P<fence>src|example|comment|export)\b", re.IGNORECASE),
            r"[ \t]*#\+end_FENCE",
        ),
        (lazy(r"[ \t]*:(?:properties|logbook):[ \t]*$", re.IGNORECASE), r"[ \t]*:end:"),
    ),
    quoted=((lazy(r"[ \t]*#\+begin_(?P<fence>quote|verse)\b", re.IGNORECASE), r"[ \t]*#\+end_FENCE"),),
)


class OrgExtractor:
    """Reads Org files."""

    name = "org"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document as its reader sees it."""
        return passages(document.text, _DIALECT)

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        found = self.passages(document)
        named = title(document.text, _DIALECT, found)
        return read(document, found, collect_hints(document.text), title=named)


EXTRACTOR = OrgExtractor()
