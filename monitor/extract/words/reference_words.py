"""The standing words of reference lists: headings, "Available from", media markers, link labels."""

from functools import lru_cache

from monitor.extract.words.caseless import Caseless, lowered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of, beginnings
from monitor.extract.words.word_chain import WordChain
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
_BEFORE_WORDS = lazy(rf"{_EDGE}{_ENUMERATOR}{_EDGE}")


def _joint() -> str:
    return rf"\s?[,/&+|·]\s?|\s(?:(?:{any_of(Words.AND)}|–|-)\s)?"


# A list's name, with what qualifies and accompanies it.
_HEADING = WordChain(Words.HEADINGS, _BESIDE, lazy(_joint), lazy(lambda: rf"(?:{_joint()})?{_TAIL}"), most=7)


@lru_cache(maxsize=8)  # a line is asked for where its paragraph is cut, and again for each piece
def is_heading(text: str) -> bool:
    """Tell whether a line or heading opens a reference list: "References", "7.1 Official sources and links"."""
    if len(text) > _LONGEST_HEADING:
        return False
    low = lowered(text)
    if begun := beginnings(Words.HEADINGS).starts(low):
        # Most lines with such a word are prose: where a heading's words begin, none of them stands.
        others = (place for purpose in _BESIDE for place in beginnings(purpose).starts(low))
        places = [place for place in sorted({*begun, *others}) if _BEFORE_WORDS.fullmatch(low, 0, place)]
        if any(_HEADING.fills(low, place) for place in places):
            return True
    return not low.isascii() and _EAST_ASIAN.search(low) is not None and _SIGNS.fullmatch(low) is not None


@lru_cache(maxsize=1)
def closing_pattern() -> Caseless:
    """Return the pattern of a heading that ends a reference list for good; use with `fullmatch`."""
    return Caseless(
        r"(?:\d{1,2}\.?\s{1,4})?(?:authors?['’]?s?['’]?\s(?:addresses|address)|acknowledge?ments?|appendi(?:x|ces)(?:\s[a-z\d])?(?:[.:]\s{1,4}\S[^\n]{0,60})?"
        r"|about the authors?|copyright|licen[sc]e|contributors|index|contacts?|full copyright statement)[.:]?"
    )


@lru_cache(maxsize=1)
def retrieval_pattern() -> WordPattern:
    """Return the pattern of "Available from:" and its like, with the colon, before an address."""
    return WordPattern(
        Words.RETRIEVAL,
        lambda core: rf"(?<![^\W_])[\[(]?{core}(?:[\s:,-]{{1,4}}|(?=[<(\[\x00]|$))",
        before="[(",
        # Signs of other scripts in a class cost ten times what all else of a pattern does. No entry has these.
        plain={"（": "(", "：": ",", "–": "-", "—": "-"},
    )


@lru_cache(maxsize=1)
def medium_pattern() -> Caseless:
    """Return the pattern of a bracketed medium: "[Internet]", "[Электронный ресурс]", "[EB/OL]"."""
    core = any_of(Words.MEDIUM)
    return Caseless(rf"\\?[\[［]\s?{core}\s?\\?[\]］]", needs=("[", "［"))


_BEFORE_LABEL = lazy(r"[\s\[(«\"“]*")
_AFTER_LABEL = lazy(r"[\s\])»\"”.:]*")
_LABELS = WordChain(
    Words.LABELS, (), lazy(lambda: rf"\s?[-,/&+]\s?|\s{any_of(Words.AND)}\s"), _AFTER_LABEL, most=4
)


@lru_cache(maxsize=65536)  # asked of a link where it is found, and again where its entry is parted
def is_label(text: str) -> bool:
    """Tell whether the text of a link is no title: "here", "PDF", "[Full text] / HTML", or nothing but signs."""
    low = lowered(text)
    before = _BEFORE_LABEL.match(low)
    start = before.end() if before else 0
    return _LABELS.fills(low, start) or _AFTER_LABEL.fullmatch(low, start) is not None
