"""Parts a reference into its sentences, in spite of initials and abbreviations."""

import re

from monitor.extract.words.caseless import Caseless
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_ABBREVIATED = Caseless(lambda: rf"(?:^|[\s(\[.])(?:[^\W\d_]|{any_of(Words.ABBREVIATIONS)})$")
_MONTH = lazy(lambda: rf"\b{any_of(Words.SHORT_MONTHS)}$", re.IGNORECASE)
_SENTENCE = lazy(
    # One sign outside of any choice: the engine then looks for those alone.
    r"(?P<stop>[.?!…。．！？](?:(?<=[.?!…])[.?!…]*[”\"’»)\]]*)?)(?P<gap>\s+|(?<=[。．！？]))(?=(?:[\"“„«‘(\[「『—–-]\s?)?[^\W_a-zа-яёіїєß-öø-ÿ])"
)

_LONGEST = 14
_WHOLE_WORD = 8
"""Letters in a row that end no abbreviation: all are shorter."""
_WORDY = lazy(r"\w")


def sentences(text: str) -> list[str]:
    """Split at sentence ends, not at abbreviations and initials."""
    pieces, begin = [], 0
    for match in _SENTENCE.finditer(text):
        if match["stop"] == ".":
            before = text[max(begin, match.start() - _LONGEST) : match.start()]
            whole = len(before) >= _WHOLE_WORD and before[-_WHOLE_WORD:].isalpha()
            if not whole and _ABBREVIATED.search(before):
                continue
            if text[match.end()].isdigit() and _MONTH.search(before):
                continue
        pieces.append(text[begin : match.end("stop")])
        begin = match.end()
    pieces.append(text[begin:])
    return [piece for piece in pieces if _WORDY.search(piece)]
