"""The mark of a dead link in running text: "[dead link]", "(toter Link)"."""

from monitor.extract.words.caseless import Caseless
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of

_MARK = Caseless(lambda: rf"[ \t\xa0]?(?<![\[\]])[\[(]\s?{any_of(Words.DEAD_LINK)}\s?[\])](?![(\[\]:{{])")


def dead_mark(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where a citation at `start:end` marks its link as dead, in brackets of its own; None elsewhere.

    What is said in other words, or is the text of a link, is left to a person.

    >>> dead_mark("Weirs. http://weirs.example/p [dead link]. Accessed 3 May 2015.", 0, 63)
    (29, 41)
    """
    found = _MARK.search(text[start:end])
    if found is None:
        return None
    begin, finish = start + found.start(), start + found.end()
    held = text[begin - 1 : begin] == ">" and text[finish : finish + 1] == "<"
    return None if held else (begin, finish)


def unmarked(attribution: str | None) -> str | None:
    """Return an attribution without such marks: extraction keeps them, as all words of a reference."""
    parts = (attribution or "").split(", ")
    return ", ".join(part for part in parts if not _MARK.fullmatch(part)) or None
