"""Titles in quotation marks: MLA, IEEE, Chicago; British styles quote with single marks."""

from monitor.extract.passage import HOLE
from monitor.extract.references.authors import NAME_INITIALS
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

OPENING = {
    "“": "”",
    "„": '“”"',
    "‟": "”",
    '"': '"',
    "«": "»",
    "「": "」",
    "『": "』",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "”": "”",
    "»": "«",
}
"""What closes each opening mark; single marks that are apostrophes, too, are no opening ones."""
_OPENING = lazy(f"[{''.join(OPENING)}]")
_PAIRS = {opening: lazy(f"[{opening}{closing}]") for opening, closing in OPENING.items()}
CLOSING = frozenset('”“’»"」』》〉')
_BEGINS_WITHIN = 600
_LONGEST = 400
_MOST_WORDS = 30
_WORDS = 3
_SINGLE = lazy(
    r"(?:^|[,.:]\s)['‘](?P<title>(?![a-z]\s)[^'’\x00]{3,200}(?:['’][a-z][^'’\x00]{0,100}){0,4})['’](?=[\s,.(]|$)"
)
_SINGLE_FIRST = lazy(r"['‘](?P<title>.{3,300}?)['’](?=[,.\s])(?!s\s)")


def may_quote(text: str) -> bool:
    """Tell whether a text may hold a quotation mark; of ASCII there is but one."""
    return '"' in text or not text.isascii()


def quoted(text: str) -> str | None:
    """The first passage in quotation marks, if it stands where a title stands."""
    for mark in _OPENING.finditer(text, 0, _BEGINS_WITHIN) if may_quote(text) else ():
        place, char = mark.start(), mark[0]
        if place and text[place - 1].isalnum() and char in '"‘”»':
            continue
        end = _closing(text, place, char, OPENING[char])
        if end is None:
            continue
        inside = text[place + 1 : end]
        if char in "「『" and place and text[place - 1].isalnum() and text[end + 1 : end + 2].isalpha():
            # A word of a longer title: "潮の「見方」入門".
            continue
        if (
            HOLE in inside
            or len(inside.strip(" .,")) < 2
            or len(inside) > _LONGEST
            or len(inside.split()) > _MOST_WORDS
        ):
            continue
        before, after = text[:place].rstrip(), text[end + 1 :].lstrip()
        if char == "„" and NAME_INITIALS.match(before) and before.endswith(","):
            # Polish: "Jasińska M., Tytuł, „Czasopismo” 2014".
            return None
        if char == "«" and before and before[-1] not in ".,;:/)–—-" + HOLE:
            return None
        if _goes_on(before, after):
            return None
        if char in _WESTERN and _within_title(before, inside, after):
            continue
        return inside
    return None


_WESTERN = '"“‘„'
_BEFORE_TITLE = lazy(lambda: rf"{any_of(Words.BEFORE_TITLE)}$")


def _goes_on(before: str, after: str) -> bool:
    """Tell whether a clause goes on after its quoted first word: “Quay” as a word for wharf."""
    return len(after) > 1 and after[0].isalnum() and after[0].islower() and not before


def _within_title(before: str, inside: str, after: str) -> bool:
    """Tell whether quoted words are a part of the title: Ropes in the New “Wild Reeds” of the Valley."""
    if len(inside.split()) >= _WORDS or inside[-1] in ".,?!":
        return False
    word = before.rpartition(" ")[2]
    leads = word.isalpha() and word.islower() and _BEFORE_TITLE.search(before) is None
    return leads or (after[:1].isalnum() and (before[-1:].isalnum() or before.endswith((")", ")."))))


def single_quoted(text: str, *, first: bool = False) -> str | None:
    """The first passage in single quotation marks after a stop; `first` asks for one at the beginning."""
    match = _SINGLE_FIRST.match(text) if first else _SINGLE.search(text)
    return match["title"] if match else None


def _closing(text: str, place: int, opener: str, closers: str) -> int | None:
    depth = 0
    for mark in _PAIRS[opener].finditer(text, place + 1, place + _LONGEST + 20):
        index, char = mark.start(), mark[0]
        if char == opener and opener not in closers:
            depth += 1
            continue
        if char in '"’' and text[index + 1 : index + 2].isalnum():
            continue
        if depth == 0:
            return index
        depth -= 1
    return None
