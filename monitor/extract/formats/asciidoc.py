"""AsciiDoc (docs.asciidoctor.org/asciidoc): lists, bibliographies, footnotes, tables, links with text."""

import re

from monitor.extract.formats.light import LightExtractor
from monitor.extract.markup.light_markup import Dialect
from monitor.patterns import lazy

_DIALECT = Dialect(
    heading=lazy(r"(?P<mark>={1,6}|#{1,6})[ \t]+(?P<text>\S[^\n]*?)[ \t]*$"),
    item=lazy(r"[ \t]*(?:\*{1,5}|-|\.{1,5}|\d{1,4}\.|<\d{1,3}>|•)[ \t]+(?P<text>\S[^\n]*)"),
    inline=lazy(
        r"""
        \[\[\[[^\[\]\n]{1,80}\]\]\] | \[\[[^\[\]\n]{1,80}\]\] | <<[^<>\n]{1,120}>>  # anchors, references
        | `{1,2}\+?[^`\n]{1,400}\+?`{1,2}
        | (?<![\w/:.])(?:link:)?(?:\+\+)?(?P<url>(?:https?|ftp)://[^\s\[\]<>"]{1,4000}?)(?:\+\+)?
          \[(?P<label>[^\[\]\n^]{1,400}?)?(?:\^|,[ \t]*(?:window|role|opts|title|rel)\s*=[^\[\]\n]*)?\]
        | (?<![\w_/])_{1,2}(?P<italic>[^\s_](?:[^_\n]{0,398}[^\s_])?)_{1,2}(?![\w_])
        | (?<![\w*/])\*{1,2}(?P<plain>[^\s*](?:[^*\n]{0,398}[^\s*])?)\*{1,2}(?![\w*])
        | \+\+\+ | \{(?:nbsp|empty|zwsp)\}
        """,
        re.VERBOSE,
    ),
    inline_note=lazy(r"footnote(?:ref)?:[\w-]{0,60}\["),
    row=lazy(r"\|(?!===)[^\n]*"),
    ignored=lazy(
        r"//(?!/)[^\n]*|:!?\w[\w-]*!?:[^\n]*|\[[^\[\]\n]*\][ \t]*$|\.[^\W\d][^\n]*$|\|===|'{3}|<<<|\+[ \t]*$"
        r"|(?:include|image|toc|video)::"
    ),
    title=lazy(r"\A(?:\s*(?://[^\n]*|:[^\n]*)\n)*\s*=[ \t]+(?P<text>[^\n]+)"),
    listed=lazy(r"\[bibliography\b[^\[\]\n]*\]"),
    skipped=((lazy(r"(?P<fence>-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,})[^\n]*"), r"FENCE[ \t]*$"),),
    quoted=((lazy(r"(?P<fence>_{4,})[ \t]*$"), r"FENCE[ \t]*$"),),
)

EXTRACTOR = LightExtractor("asciidoc", _DIALECT)
