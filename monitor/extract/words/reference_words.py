# ruff: noqa: E501 - one pattern, one line
"""The standing words of reference lists: headings, "Available from", media markers, link labels."""

import re
from functools import lru_cache

from monitor.extract.words.caseless import Caseless
from monitor.extract.words.vocabulary import Words, any_of


@lru_cache(maxsize=1)
def heading_pattern() -> Caseless:
    """Return the pattern of a heading that opens a reference list; use with `fullmatch`."""
    core = any_of(Words.HEADINGS)
    numeral = r"[一二三四五六七八九十]{1,3}"
    enumerator = rf"(?:(?:\d{{1,2}}|[ivx]{{1,4}}|[a-z])(?:\.\d{{1,2}}){{0,3}}[.):]?\s{{1,4}}|(?:\d{{1,2}}|{numeral})[、．.]\s{{0,4}}|[(（]{numeral}[)）]\s{{0,4}}|第{numeral}[章节節]\s{{0,4}})?"  # fmt: skip
    return Caseless(rf"[\s#=*_<\[【「:]{{0,8}}{enumerator}{core}(?:\s(?:and|&|und|et|y|e|i|и|та|en|og|och|ve|/)\s{core})?(?:\s?[(（].{{0,40}}[)）])?(?:\s+(?:used|consulted))?[\s#=*_>\]】」:：.-]{{0,8}}")  # fmt: skip


@lru_cache(maxsize=1)
def closing_pattern() -> re.Pattern[str]:
    """Return the pattern of a heading that ends a reference list for good; use with `fullmatch`."""
    return re.compile(
        r"(?:\d{1,2}\.?\s{1,4})?(?:authors?['’]?s?['’]?\s(?:addresses|address)|acknowledge?ments?|appendi(?:x|ces)(?:\s[A-Z\d])?(?:[.:]\s{1,4}\S[^\n]{0,60})?"
        r"|about the authors?|copyright|licen[sc]e|contributors|index|contacts?|full copyright statement)[.:]?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def retrieval_pattern() -> Caseless:
    """Return the pattern of "Available from:" and its like, with the colon, before an address."""
    core = any_of(Words.RETRIEVAL)
    return Caseless(rf"(?<![^\W_])[\[(（]?{core}(?:[\s:：,–—-]{{1,4}}|(?=[<(\[（\x00]|$))")


@lru_cache(maxsize=1)
def medium_pattern() -> Caseless:
    """Return the pattern of a bracketed medium: "[Internet]", "[Электронный ресурс]", "[EB/OL]"."""
    core = any_of(Words.MEDIUM)
    return Caseless(rf"\\?[\[［]\s?{core}\s?\\?[\]］]", needs=("[", "［"))


@lru_cache(maxsize=1)
def label_pattern() -> Caseless:
    """Return the pattern of link labels that are no titles; use with `fullmatch`."""
    core = any_of(Words.LABELS)
    joined = rf"{core}(?:(?:\s?[-,/&+]\s?|\s(?:and|und|et|y|e|i|и|та)\s){core}){{0,3}}"
    return Caseless(rf"[\s\[(«\"“]*(?:{joined})?[\s\])»\"”.:]*")
