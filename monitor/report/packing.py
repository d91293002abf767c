"""Frozen values to bytes and back, for spools of our own making: MessagePack, ten times as fast as pickle.

A value with a lone surrogate (a damaged document's text) is no UTF-8; such a one is pickled instead.
"""

import pickle
import struct
from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from monitor.errors import StoreError

T = TypeVar("T")

SIZE = struct.Struct(">I")
_PLAIN, _ODD = b"m", b"p"
_MANY = b"\xdd"
"""What MessagePack (its specification, "Formats") begins an array of many with, before their number."""
DAMAGED = (
    "the database is damaged: what it keeps of a finding cannot be read; restore a backup, or move it away "
    "and run again to start afresh"
)

FOREIGN = (
    "the sheets kept in the reports folder (.citation-monitor-sheets) hold what this program never keeps; "
    "remove that file and run again"
)


class Packer(Generic[T]):
    """Turns values of one type into bytes and back."""

    def __init__(self, kind: type[T]) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._many = msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]

    def pack(self, value: T) -> bytes:
        """Return a value as bytes; equal values of one program give equal bytes."""
        try:
            return _PLAIN + self._encoder.encode(value)
        except UnicodeEncodeError:
            return _ODD + pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def lasting(packed: bytes, at: int = 0) -> bool:
        """Tell whether the bytes at a place may be kept: what is pickled only its own process may read."""
        return packed.startswith(_PLAIN, at)

    def unpack(self, packed: bytes, *, own: bool = True) -> T:
        """Return the value that `pack` turned into bytes; StoreError where they were kept and damaged.

        What is not this process's `own`, but read from a file, is never unpickled.
        """
        if packed.startswith(_PLAIN):
            try:
                return self._decoder.decode(memoryview(packed)[1:])
            except msgspec.DecodeError as error:
                raise StoreError(f"{DAMAGED} ({error})") from error
        if not own:
            raise StoreError(FOREIGN)
        value: T = pickle.loads(packed[1:])  # noqa: S301 - written a moment ago by this process
        return value

    def unpack_all(self, packed: Sequence[bytes]) -> list[T]:
        """Return as many values as `unpack` would one by one: all in one call, if none is odd."""
        if not all(one.startswith(_PLAIN) for one in packed):
            return [self.unpack(one) for one in packed]
        try:
            return self._many.decode(b"".join((_MANY, SIZE.pack(len(packed)), *(one[1:] for one in packed))))
        except msgspec.DecodeError as error:
            raise StoreError(f"{DAMAGED} ({error})") from error
