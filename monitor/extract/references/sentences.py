# ruff: noqa: E501 - one pattern, one line
"""Parts a reference into its sentences, in spite of initials and abbreviations."""

import re

_ABBREVIATED = re.compile(
    r"(?:^|[\s(\[.])(?:[^\W\d_]|no|vol|vols|ed|eds|pp?|dr|mr|mrs|ms|st|vs|etc|et al|cf|ca|univ|dept|fig|rev|conf|proc|int|assoc|natl|sci|tech|res|"
    r"inc|ltd|corp|co|jr|sr|prof|hrsg|bzw|z\.b|d\.h|u\.a|n|s|v|av|nr|ul|им|ред|изд|вып|том|гл|стр|см|т|с|р|u\.s|u\.k|u\.n|e\.g|i\.e|approx|min|max|trans|comp|supp?l|abs|bd|jg|hg|kap|čl|odst|poz)$",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$", re.IGNORECASE)
_SENTENCE = re.compile(
    r"(?P<stop>[.?!…]+[”\"’»)\]]*|。|．|！|？)(?P<gap>\s+|(?<=[。．！？]))(?=(?:[\"“„«‘(\[「『—–-]\s?)?[^\W_a-zа-яёіїєß-öø-ÿ])"
)


def sentences(text: str) -> list[str]:
    """Split at sentence ends, not at abbreviations and initials."""
    pieces, begin = [], 0
    for match in _SENTENCE.finditer(text):
        before = text[max(begin, match.start() - 14) : match.start()]
        if match["stop"] == "." and _ABBREVIATED.search(before):
            continue
        if match["stop"] == "." and _MONTH.search(before) and text[match.end()].isdigit():
            continue
        pieces.append(text[begin : match.end("stop")])
        begin = match.end()
    pieces.append(text[begin:])
    return [piece for piece in pieces if re.search(r"\w", piece)]
