"""Assessments as bytes, alone and by the sheet.

A body is an assessment three times over: whole, in little (`gist.py`) and as a line of the JSON report. A
later night takes it over without reading it. A block holds the bodies of a sheet.
"""

import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, Self

from monitor.report.packing import SIZE, Packer

_SIZES = struct.Struct(">5I")
"""What a body begins with: the sizes of its parts."""


def body(packed: bytes, little: bytes, head: bytes = b"", tail: bytes = b"", made_from: bytes = b"") -> bytes:
    """Return an assessment as a body: packed, its gist, its JSON before and after what it was last night, and
    what its edit was made of.
    """
    sizes = _SIZES.pack(len(packed), len(little), len(head), len(tail), len(made_from))
    return b"".join((sizes, packed, little, head, tail, made_from))


class Parts(NamedTuple):
    """Where the parts of a body are."""

    packed: slice
    gist: slice
    head: slice
    tail: slice
    made_from: slice

    @classmethod
    def of(cls, body: bytes) -> Self:
        """Return where they are; struct.error or ValueError where they are not all there."""
        at, one, two, three, four, end = accumulate(_SIZES.unpack_from(body), initial=_SIZES.size)
        if end != len(body):
            raise ValueError("cut short")
        return cls(slice(at, one), slice(one, two), slice(two, three), slice(three, four), slice(four, end))


def lasting(body: bytes) -> bool:
    """Tell whether a body may be kept: what is pickled only the process that wrote it may read."""
    begin = _SIZES.size
    if len(body) < begin:  # kept, and damaged since
        return False
    packed, *others = _SIZES.unpack_from(body)
    whole = len(body) == begin + packed + sum(others)
    return whole and Packer.lasting(body, begin) and Packer.lasting(body, begin + packed)


def made_from(body: bytes) -> str:
    """Return what it was told that the edit was made of."""
    return body[Parts.of(body).made_from].decode()


def bare(of: bytes) -> bytes:
    """Return a body without its JSON."""
    parts = Parts.of(of)
    return body(of[parts.packed], of[parts.gist], made_from=of[parts.made_from])


def block(parts: Sequence[bytes]) -> bytes:
    """Return some bytes as one."""
    return b"".join((struct.pack(f">I{len(parts)}I", len(parts), *map(len, parts)), *parts))


def cut(block: bytes, begin: int = 0, end: int | None = None) -> list[bytes]:
    """Return the parts of a block, or those from one place to another."""
    (count,) = SIZE.unpack_from(block)
    sizes = struct.unpack_from(f">{count}I", block, SIZE.size)
    at = SIZE.size * (count + 1) + sum(sizes[:begin])
    places = accumulate(sizes[begin:end], initial=at)
    return [block[one:other] for one, other in pairwise(places)]
