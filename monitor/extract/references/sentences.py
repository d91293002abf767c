"""Parts a reference into its sentences, in spite of initials and abbreviations."""

import re

from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_ABBREVIATED = lazy(lambda: rf"(?:^|[\s(\[.])(?:[^\W\d_]|{any_of(Words.ABBREVIATIONS)})$", re.IGNORECASE)
_MONTH = lazy(lambda: rf"\b{any_of(Words.SHORT_MONTHS)}$", re.IGNORECASE)
_SENTENCE = lazy(
    r"(?P<stop>[.?!…]+[”\"’»)\]]*|。|．|！|？)(?P<gap>\s+|(?<=[。．！？]))(?=(?:[\"“„«‘(\[「『—–-]\s?)?[^\W_a-zа-яёіїєß-öø-ÿ])"
)

_WORDY = lazy(r"\w")


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
    return [piece for piece in pieces if _WORDY.search(piece)]
