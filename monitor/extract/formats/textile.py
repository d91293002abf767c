"""Textile (textile-lang.com): "label":address links, lists, footnotes, tables."""

import re

from monitor.extract.formats.light import LightExtractor
from monitor.extract.markup.light_markup import Dialect
from monitor.patterns import lazy

_DIALECT = Dialect(
    heading=lazy(r"h(?P<mark>[1-6])(?:\([^()\n]{0,80}\))?\.[ \t]+(?P<text>\S[^\n]*)"),
    item=lazy(r"[ \t]*[*#-]{1,5}[ \t]+(?P<text>\S[^\n]*)"),
    inline=lazy(
        r"""
        "(?P<label>[^"\n]{1,400}?)(?:\([^()"\n]{1,120}\))?":(?P<url>(?:https?|ftp)://[^\s<>"]{1,4000}[^\s<>".,;:!?)\]])
        | (?<![\w@])@[^@\n]{1,400}@(?!\w) | \[\d{1,3}\](?=\W|$)
        | (?<![\w_/])_{1,2}(?P<italic>[^\s_](?:[^_\n]{0,398}[^\s_])?)_{1,2}(?![\w_])
        | (?<![\w*/])\*{1,2}(?P<plain>[^\s*](?:[^*\n]{0,398}[^\s*])?)\*{1,2}(?![\w*])
        """,
        re.VERBOSE | re.MULTILINE,
    ),
    note=lazy(r"fn(?P<mark>\d{1,3})(?:\([^()\n]{0,80}\))?\.[ \t]+(?P<text>\S[^\n]*)"),
    row=lazy(r"[ \t]*\|[^\n]*\|[ \t]*$"),
    ignored=lazy(r"###\.[^\n]*|(?:table|p)(?:\([^()\n]{0,80}\))?\.[ \t]*$"),
    skipped=(
        (lazy(r"(?:bc|pre|notextile)(?:\([^()\n]{0,80}\))?\.[ \t]"), r"[ \t]*$"),
        (lazy(r"<(?P<fence>pre|code)\b"), r"[^\n]*</FENCE>"),
    ),
)

EXTRACTOR = LightExtractor("textile", _DIALECT)
