"""DokuWiki (dokuwiki.org/wiki:syntax): headlines, lists, ((footnotes)), tables, [[address|label]] links."""

import re

from monitor.extract.formats.light import LightExtractor
from monitor.extract.markup.light_markup import Dialect
from monitor.patterns import lazy

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

EXTRACTOR = LightExtractor("dokuwiki", _DIALECT)
