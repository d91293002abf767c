"""Whether a page is the one a citation names, by title."""

from monitor.model.page import PageText
from monitor.page.fold import fold, tokens
from monitor.patterns import lazy

_SEPARATORS = lazy(r"\s[|\-:*~/>]+\s|\s?[|>]\s?|: ")
_NUMBER = lazy(r"\d+")
_MIN_CHARS = 8
_CLOSE = 88.0


def title_matches(cited: str | None, page: PageText) -> bool:
    """Tell whether the cited title stands in the page's title or headings, site names aside.

    False for no title, and for one too short to tell pages apart (under 2 words or 8 characters).
    """
    if not cited:
        return False
    wanted = _bare(cited)
    if len(wanted) < _MIN_CHARS or " " not in wanted:
        return False
    from rapidfuzz import fuzz  # with the first title: a start does without

    # A page's first heading is its title again, more often than not.
    for candidate in dict.fromkeys((page.title, *page.headings)):
        if not candidate:
            continue
        whole = _bare(candidate)
        for name in {whole, *(_bare(part) for part in segments(candidate))}:
            if name == wanted or (
                " " in name and fuzz.ratio(name, wanted) >= _CLOSE and _same_numbers(name, wanted)
            ):
                return True
        if wanted.count(" ") >= 3 and f" {wanted} " in f" {whole} ":
            return True
    return False


def segments(title: str) -> list[str]:
    """Split a title at what stands between a page's name and its site's."""
    return [part for part in _SEPARATORS.split(fold(title)) if part and tokens(part)]


def _bare(text: str) -> str:
    return " ".join(tokens(fold(text)))


def _same_numbers(a: str, b: str) -> bool:
    return _NUMBER.findall(a) == _NUMBER.findall(b)
