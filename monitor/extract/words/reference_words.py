"""The standing words of reference lists: headings, "Available from", media markers, link labels."""

import re
from functools import lru_cache

from monitor.extract.words.caseless import Caseless
from monitor.extract.words.vocabulary import Words, any_of

_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_ENUMERATOR = (
    r"(?:(?:\d{1,2}|[ivx]{1,4}|[a-z])(?:\.\d{1,2}){0,3}[.):]?\s{1,4}"
    rf"|(?:\d{{1,2}}|{_NUMERAL})[、．.]\s{{0,4}}|[(（]{_NUMERAL}[)）]\s{{0,4}}|第{_NUMERAL}[章节節]\s{{0,4}})?"
)
_EDGE = r"[^\w(（]{0,8}"


def _heading() -> str:
    """Return what a heading is made of: a list's name, with what may qualify and accompany it, in any order."""
    beside = f"(?:{any_of(Words.HEADING_QUALIFIERS)}|{any_of(Words.HEADING_COMPANIONS)})"
    joint = rf"(?:\s?[,/&+|·]\s?|\s(?:(?:{any_of(Words.AND)}|–|-)\s)?|(?=\W|$))"
    named = (
        rf"(?:(?:(?P<list>{any_of(Words.HEADINGS)})|{beside}|{any_of(Words.HEADING_TAILS)}){joint}){{1,7}}"
    )
    return rf"{named}|(?P<signs>{any_of(Words.HEADING_SIGNS)})"


@lru_cache(maxsize=1)
def _heading_pattern() -> Caseless:
    return Caseless(lambda: rf"{_EDGE}{_ENUMERATOR}{_EDGE}(?:{_heading()})(?:\s?[(（].{{0,40}}[)）])?{_EDGE}")


_LONGEST_HEADING = 160


def is_heading(text: str) -> bool:
    """Tell whether a line or heading opens a reference list: "References", "7.1 Official sources and links"."""
    match = _heading_pattern().fullmatch(text) if len(text) <= _LONGEST_HEADING else None
    return match is not None and bool(match["list"] or match["signs"])


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
