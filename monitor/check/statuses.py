"""HTTP statuses as a configuration names them: `403`, `200..=299`, `500..600`; a minus takes them away."""

import re
from functools import lru_cache

_STATUSES = re.compile(r"\s*(?P<sign>[+-]?)\s*(?P<first>\d{3})(?:\.\.(?P<closed>=?)(?P<last>\d{3}))?\s*")


def accept_fault(text: str) -> str | None:
    """Say what is wrong with one entry of an accept list, or None."""
    if not statuses(text)[0]:
        return f"{text!r} names no HTTP status; write 403, or a range as 200..=299; a minus takes it away"
    return None


@lru_cache(maxsize=256)
def statuses(text: str) -> tuple[range, bool]:
    """Return the statuses (100 to 599) an entry names, and whether it accepts them or takes them away.

    `..` leaves the last one out and `..=` takes it in, as in lychee. What cannot be read names none.
    """
    match = _STATUSES.fullmatch(text)
    if match is None:
        return range(0), True
    first = int(match["first"])
    last = first if match["last"] is None else int(match["last"]) - (match["closed"] != "=")
    if not 100 <= first <= last <= 599:
        return range(0), True
    return range(first, last + 1), match["sign"] != "-"
