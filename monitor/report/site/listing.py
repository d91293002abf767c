"""What a page lists, each piece under a mark: a later night keeps those whose marks are the same."""

from collections.abc import Iterable

from monitor.report.site.pages import Made

_BEGIN, _AFTER_MARK, _LAST = "<!--", "-->", "/-->"
_END = _BEGIN + _LAST


def listed_before(page: str, made_of: str) -> dict[str, str]:
    """Return the pieces that a page lists, by their marks; none where it was made of something else.

    What comes from documents is escaped, so that no comment in such a page is anybody else's.
    """
    _, _, rest = page.partition(_BEGIN + made_of + _AFTER_MARK)
    pieces, end, _ = rest.rpartition(_END)
    return {one.partition(_AFTER_MARK)[0]: one for one in pieces.split(_BEGIN)[1:]} if end else {}


def piece(mark: str, made: str) -> str:
    """Return a piece with its mark, as `listed_before` finds it."""
    return f"{mark}{_AFTER_MARK}{made}\n"


def joined(made_of: str, pieces: Iterable[str]) -> Made:
    """Return pieces as a page holds them: of its own making, after what all of them are made of."""
    return Made(_BEGIN.join(("", piece(made_of, ""), *pieces, _LAST)))
