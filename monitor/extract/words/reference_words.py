"""The standing words of reference lists: headings, "Available from", media markers, link labels."""

import re
from collections.abc import Sequence
from functools import lru_cache

from monitor.extract.words.caseless import Caseless, lowered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import BLANK, any_of, beginnings, words_in
from monitor.extract.words.word_pattern import WordPattern
from monitor.patterns import lazy

_NUMERAL = r"[一二三四五六七八九十]{1,3}"
_ENUMERATOR = (
    r"(?:(?:\d{1,2}|[ivx]{1,4}|[a-z])(?:\.\d{1,2}){0,3}[.):]?\s{1,4}"
    rf"|(?:\d{{1,2}}|{_NUMERAL})[、．.]\s{{0,4}}|[(（]{_NUMERAL}[)）]\s{{0,4}}|第{_NUMERAL}[章节節]\s{{0,4}})?"
)
_EDGE = r"[^\w(（]{0,8}"
_TAIL = rf"(?:\s?[(（].{{0,40}}[)）])?{_EDGE}"


_LONGEST_HEADING = 160
_SIGNS = lazy(lambda: rf"{_EDGE}{_ENUMERATOR}{_EDGE}{any_of(Words.HEADING_SIGNS)}{_TAIL}")
_EAST_ASIAN = lazy("[^\\x00-\\u303f]")
_BESIDE = (Words.HEADING_QUALIFIERS, Words.HEADING_COMPANIONS, Words.HEADING_TAILS)
_OF_HEADINGS = (Words.HEADINGS, *_BESIDE)
_BEFORE_WORDS = lazy(rf"{_EDGE}{_ENUMERATOR}{_EDGE}")


@lru_cache(maxsize=8)  # a line is asked for where its paragraph is cut, and again for each piece
def is_heading(text: str) -> bool:
    """Tell whether a line or heading opens a reference list: "References", "7.1 Official sources and links"."""
    if len(text) > _LONGEST_HEADING:
        return False
    low = lowered(text)
    # Most lines with such a word are prose: where a heading's words begin, none of them stands.
    begun = sorted({place for purpose in _OF_HEADINGS for place in beginnings(purpose).starts(low)})
    places = [place for place in begun if _BEFORE_WORDS.fullmatch(low, 0, place)]
    if places and (names := words_in(Words.HEADINGS, low)):
        beside = tuple(one for purpose in _BESIDE for one in words_in(purpose, low))
        pattern = _heading(names, beside)
        if any((match := pattern.fullmatch(low, place)) and match["list"] for place in places):
            return True
    return not low.isascii() and _EAST_ASIAN.search(low) is not None and _SIGNS.fullmatch(low) is not None


@lru_cache(maxsize=512)
def _heading(names: Sequence[str], beside: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of a heading's words: a list's name, with what qualifies and accompanies it."""
    joint = rf"(?:\s?[,/&+|·]\s?|\s(?:(?:{any_of(Words.AND)}|–|-)\s)?|(?=\W|$))"
    parts = "|".join([f"(?P<list>{'|'.join(names)})", *beside]).replace(" ", BLANK)
    return re.compile(rf"(?:(?:{parts}){joint}){{1,7}}{_TAIL}")


@lru_cache(maxsize=1)
def closing_pattern() -> re.Pattern[str]:
    """Return the pattern of a heading that ends a reference list for good; use with `fullmatch`."""
    return re.compile(
        r"(?:\d{1,2}\.?\s{1,4})?(?:authors?['’]?s?['’]?\s(?:addresses|address)|acknowledge?ments?|appendi(?:x|ces)(?:\s[A-Z\d])?(?:[.:]\s{1,4}\S[^\n]{0,60})?"
        r"|about the authors?|copyright|licen[sc]e|contributors|index|contacts?|full copyright statement)[.:]?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def retrieval_pattern() -> WordPattern:
    """Return the pattern of "Available from:" and its like, with the colon, before an address."""
    return WordPattern(
        Words.RETRIEVAL,
        lambda core: rf"(?<![^\W_])[\[(（]?{core}(?:[\s:：,–—-]{{1,4}}|(?=[<(\[（\x00]|$))",
        before="[(（",
    )


@lru_cache(maxsize=1)
def medium_pattern() -> Caseless:
    """Return the pattern of a bracketed medium: "[Internet]", "[Электронный ресурс]", "[EB/OL]"."""
    core = any_of(Words.MEDIUM)
    return Caseless(rf"\\?[\[［]\s?{core}\s?\\?[\]］]", needs=("[", "［"))


@lru_cache(maxsize=1)
def label_pattern() -> WordPattern:
    """Return the pattern of link labels that are no titles; use with `fullmatch`."""
    return WordPattern(Words.LABELS, _label)


def _label(core: str) -> str:
    joined = rf"{core}(?:(?:\s?[-,/&+]\s?|\s{any_of(Words.AND)}\s){core}){{0,3}}"
    return rf"[\s\[(«\"“]*(?:{joined})?[\s\])»\"”.:]*"
