"""Org (orgmode.org/worg/org-syntax.html): headlines, lists, footnotes, tables, links."""

import re

from monitor.extract.formats.light import LightExtractor
from monitor.extract.markup.light_markup import Dialect
from monitor.patterns import lazy

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
    note=lazy(r"(?P<mark>\[fn:[\w-]{1,60}\])[ \t]+(?P<text>\S[^\n]*)"),
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

EXTRACTOR = LightExtractor("org", _DIALECT)
