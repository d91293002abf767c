"""How alike two citations of one source are: by title (rapidfuzz) and access date."""

import re

from monitor.model.citation import Citation

_NOISE = re.compile(r"[\W_]+")


def folded_title(text: str | None) -> str:
    """Return a title without case and punctuation."""
    return _NOISE.sub(" ", (text or "")[:500].casefold()).strip()


def likeness(one: str | None, other: str | None) -> float:
    """Return how alike two titles are, 0 to 100; a title cut short counts if what is left is long."""
    from rapidfuzz import fuzz

    first, second = folded_title(one), folded_title(other)
    if not first or not second:
        return 0.0
    score = fuzz.ratio(first, second)
    short, long = sorted((first, second), key=len)
    if len(short) >= 20 and long.startswith(short):
        score = max(score, 95.0)
    return float(max(score, fuzz.token_sort_ratio(first, second) - 2))


def accessed_on(citation: Citation, date: str) -> bool:
    """Tell whether a citation holds an access date that agrees with `date` at the coarser precision."""
    return any(
        one.date is not None and (one.date.startswith(date) or date.startswith(one.date))
        for one in citation.access_dates
    )
