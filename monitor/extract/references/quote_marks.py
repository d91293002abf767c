"""Quotation marks and the words that announce a quotation, in the languages of reference lists."""

import re
from collections.abc import Iterator

from monitor.extract.references.east_asian import holds_east_asian
from monitor.extract.words.caseless import Caseless, lowered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

MARKS = {"“": "”", '"': '"', "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "”": "”"}
"""The closing marks of each opening one; single marks are left out, for they are apostrophes too."""

_OPENING = lazy(f"[{''.join(MARKS)}]")
_PAIRS = {opening: lazy(f"[{opening}{closing}]") for opening, closing in MARKS.items()}
LEAST_WORDS = 5
_LONGEST = 6000
_MOST_UNCLOSED = 40

_CUE_BEFORE = Caseless(
    lambda: (
        rf"(?<![^\W_])(?:{any_of(Words.QUOTE_CUES)}|{any_of(Words.QUOTE_CUES_BEFORE)})\s?[\s:：,*_–—-]{{0,6}}$"
    ),
)
LABEL = lazy(
    lambda: (
        rf"[ \t]*[*_•·+–—-]{{0,3}}[ \t]*[*_]{{0,3}}{any_of(Words.QUOTE_CUES)}"
        r"(?:\s\d{1,2})?\s?[*_]{0,3}\s?[:：][*_]{0,3}\s{0,4}"
    ),
    re.IGNORECASE,
)
"""A label as in "Quote: ", at the beginning of a line or sentence."""


def long_enough(text: str) -> bool:
    """Tell whether quoted words can be an excerpt rather than a name."""
    return len(text.split()) >= LEAST_WORDS or holds_east_asian(text, 2 * LEAST_WORDS)


def quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Return start and end of each passage in quotation marks, the marks included."""
    position, unclosed = start, 0
    if text.isascii() and text.find('"', start, end) < 0:
        return
    while unclosed < _MOST_UNCLOSED and (mark := _OPENING.search(text, position, end)):
        position = mark.end()
        if mark.start() > start and text[mark.start() - 1].isalnum():
            continue
        close = _closing(text, mark.start(), min(end, mark.start() + _LONGEST))
        if close is None:
            unclosed += 1
            continue
        position = close + 1
        yield mark.start(), position


def _closing(text: str, opening: int, end: int) -> int | None:
    """Return the place of the mark that closes the one at `opening`; nested pairs are passed over."""
    opener, closers, depth = text[opening], MARKS[text[opening]], 0
    for mark in _PAIRS[opener].finditer(text, opening + 1, end):
        place, char = mark.start(), mark[0]
        if char == opener and opener not in closers:
            depth += 1
        elif text[place + 1 : place + 2].isalnum():
            continue
        elif depth == 0:
            return place
        else:
            depth -= 1
    return None


def announced(text: str, start: int, place: int) -> bool:
    """Tell whether a word such as "quote" or "says" stands right before `place`."""
    begin = max(start, place - 40)
    # With the character before, which may be of the same word.
    return _CUE_BEFORE.compiled.search(lowered(text[max(begin - 1, 0) : place]), min(begin, 1)) is not None


def is_quotation(text: str) -> bool:
    """Tell whether a whole paragraph is a quotation: in quotation marks, or labelled as one."""
    shown = text.strip()
    if LABEL.match(shown):
        return True
    spans = list(quotations(shown, 0, min(len(shown), _LONGEST)))
    return bool(spans) and spans[0][0] == 0 and len(shown) - spans[-1][1] < 20 and long_enough(shown)


def bare(text: str) -> str:
    """Return a quotation without its label and the marks that enclose it whole."""
    # A label ends in a colon, which few quotations hold.
    label = LABEL.match(text) if ":" in text or "：" in text else None
    text = text[label.end() :] if label else text
    closers = MARKS.get(text[:1], "")
    inner = text[1:-1]
    if len(text) > 2 and text[-1] in closers and not any(mark in inner for mark in text[0] + closers):
        return inner.strip()
    return text
