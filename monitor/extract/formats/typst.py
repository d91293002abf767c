"""Typst markup (typst.app/docs/reference/syntax): headings, lists, footnotes, links; code is left out."""

import re

from monitor.extract.formats.light import LightExtractor
from monitor.extract.markup.light_markup import Dialect
from monitor.patterns import lazy

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
    row=lazy(r"[ \t]*(?:table\.header\()?\[[^\n]*\]\)?,?[ \t]*$"),
    cell="[",
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

EXTRACTOR = LightExtractor("typst", _DIALECT)
