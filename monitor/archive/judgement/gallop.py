"""Finding the nearest capture that holds a quote among hundreds, in few looks. Pure.

A page's wording lasts: captures that hold a quote stand in runs. So beyond the first few neighbours
the search leaps outward, farther each time, and closes in by halves on the near end of the run it
meets (galloping search; Bentley and Yao 1976).
"""

from collections.abc import Sequence
from itertools import pairwise

GROWTH = 2

Known = bool | None
"""Whether a capture holds the quote; None where nobody looked."""


def next_look(sides: Sequence[Sequence[Known]]) -> tuple[int, int] | None:
    """Return (side, index) of the capture to look at next; None where looking on would tell nothing.

    `sides` are the captures before and after the access date, nearest first.
    """
    if any(True in side for side in sides):
        for number, side in enumerate(sides):
            if True in side:
                first = side.index(True)
                last = max((i for i in range(first) if side[i] is False), default=-1)
                if first - last > 1:
                    return number, (first + last) // 2
        return None
    unread = [number for number, side in enumerate(sides) if None in side]
    if not unread:
        return None
    number = min(unread, key=lambda n: (sum(known is not None for known in sides[n]), n))
    return number, _outward(sides[number])


def _outward(side: Sequence[Known]) -> int:
    """Return the next index of a leap, or the middle of the widest gap once the end was reached."""
    last = max((i for i, known in enumerate(side) if known is not None), default=-1)
    if last < len(side) - 1:
        return min(len(side) - 1, max(last, 0) * GROWTH + (last >= 0))
    read = [-1, *(i for i, known in enumerate(side) if known is not None)]
    gaps = [(after - before, before) for before, after in pairwise(read)]
    width, start = max(gaps, key=lambda gap: (gap[0], -gap[1]))
    return start + width // 2
