"""Assessments as bytes, alone and by the sheet.

A body is an assessment three times over: whole, in little (`gist.py`) and as a line of the JSON report. A
later night takes it over without reading it. A block holds the bodies of a sheet.
"""

import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise

from monitor.report.packing import SIZE, Packer

_SIZES = struct.Struct(">5I")
"""What a body begins with: the sizes of its parts."""


def body(packed: bytes, gist: bytes, head: bytes = b"", tail: bytes = b"", made_from: bytes = b"") -> bytes:
    """Return an assessment as a body: packed, its gist, its JSON before and after what it was last night, and
    what its edit was made of.
    """
    sizes = _SIZES.pack(len(packed), len(gist), len(head), len(tail), len(made_from))
    return b"".join((sizes, packed, gist, head, tail, made_from))


def packed(body: bytes) -> bytes:
    """Return the assessment as it was packed."""
    return body[_SIZES.size : _SIZES.size + SIZE.unpack_from(body)[0]]


def gist(body: bytes) -> bytes:
    """Return the gist of it."""
    size, little, *_ = _SIZES.unpack_from(body)
    return body[_SIZES.size + size : _SIZES.size + size + little]


def lasting(body: bytes) -> bool:
    """Tell whether a body may be kept: what is pickled only the process that wrote it may read."""
    begin = _SIZES.size
    if len(body) < begin:  # kept, and damaged since
        return False
    packed, *others = _SIZES.unpack_from(body)
    whole = len(body) == begin + packed + sum(others)
    return whole and Packer.lasting(body, begin) and Packer.lasting(body, begin + packed)


def json(body: bytes) -> tuple[bytes, bytes]:
    """Return its JSON before and after what it was last night; nothing where it has none."""
    packed, gist, head, tail, _ = _SIZES.unpack_from(body)
    at = _SIZES.size + packed + gist
    return body[at : at + head], body[at + head : at + head + tail]


def made_from(body: bytes) -> str:
    """Return what it was told that the edit was made of."""
    size = _SIZES.unpack_from(body)[-1]
    return body[-size:].decode() if size else ""


def bare(body: bytes) -> bytes:
    """Return a body without its JSON."""
    packed, gist, head, tail, made_from = _SIZES.unpack_from(body)
    at = _SIZES.size + packed + gist
    sizes = _SIZES.pack(packed, gist, 0, 0, made_from)
    return b"".join((sizes, body[_SIZES.size : at], body[at + head + tail :]))


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
