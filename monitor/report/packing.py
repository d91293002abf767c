"""Frozen values to bytes and back, for spools of our own making: MessagePack, ten times as fast as pickle.

A value with a lone surrogate (a damaged document's text) is no UTF-8; such a one is pickled instead.
"""

import pickle
import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO, Generic, TypeVar

import msgspec

from monitor.errors import StoreError

T = TypeVar("T")

SIZE = struct.Struct(">I")
_PLAIN, _ODD = b"m", b"p"
# What MessagePack (its specification, "Formats") begins an array of many, one of three and a number with.
_MANY, _THREE, _NUMBER = b"\xdd", b"\x93", b"\xcf"
DAMAGED = (
    "the database is damaged: what it keeps of a finding cannot be read; restore a backup, or move it away "
    "and run again to start afresh"
)


class Packer(Generic[T]):
    """Writes values of one dataclass to a file, and reads them back. The file must be ours and new."""

    def __init__(self, kind: type[T]) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)

    def put(self, value: T, file: BinaryIO) -> None:
        """Append one value."""
        packed = self.pack(value)
        file.write(SIZE.pack(len(packed)) + packed)

    def take(self, file: BinaryIO) -> T | None:
        """Return the next value, or None at the end."""
        packed = take_packed(file)
        return None if packed is None else self.unpack(packed)

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

    def unpack(self, packed: bytes) -> T:
        """Return the value that `pack` turned into bytes; StoreError where they were kept and damaged."""
        if packed.startswith(_PLAIN):
            try:
                return self._decoder.decode(memoryview(packed)[1:])
            except msgspec.DecodeError as error:
                raise StoreError(f"{DAMAGED} ({error})") from error
        value: T = pickle.loads(packed[1:])  # noqa: S301 - written a moment ago by this process
        return value


class ListPacker(Generic[T]):
    """Writes many small tuples as one array that a single call reads back; `kind` is such a tuple's type."""

    def __init__(self, kind: type[T]) -> None:
        self._decoder = msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]

    @staticmethod
    def entry(packed: bytes, text: str | None, number: int) -> bytes | None:
        """Return what a packer packed, a text and a number as a tuple in bytes; None if that is pickled."""
        if not packed.startswith(_PLAIN):
            return None
        return b"".join((_THREE, packed[1:], _text(text), _NUMBER, number.to_bytes(8, "big")))

    @staticmethod
    def pack(entries: Sequence[bytes]) -> bytes:
        """Return entries as one array."""
        return b"".join((_MANY, len(entries).to_bytes(4, "big"), *entries))

    @staticmethod
    def pack_odd(value: T) -> bytes:
        """Return one tuple, of which something is no UTF-8, as an array."""
        return _ODD + pickle.dumps(value, pickle.HIGHEST_PROTOCOL)

    def unpack(self, packed: bytes) -> list[T]:
        """Return the tuples of an array; StoreError where one was kept and damaged."""
        if packed.startswith(_ODD):
            return [pickle.loads(packed[1:])]  # noqa: S301 - written a moment ago by this process
        try:
            return self._decoder.decode(packed)
        except msgspec.DecodeError as error:
            raise StoreError(f"{DAMAGED} ({error})") from error


@lru_cache(maxsize=1024)
def _text(text: str | None) -> bytes:
    return msgspec.msgpack.encode(text)


def take_packed(file: BinaryIO) -> bytes | None:
    """Return the next value's bytes as they were packed, or None at the end."""
    size = file.read(SIZE.size)
    return file.read(SIZE.unpack(size)[0]) if size else None


def all_packed(file: BinaryIO, at_once: int = 2**18) -> Iterator[bytes]:
    """Yield the bytes of every value to the end, read in large pieces."""
    held, at = b"", 0
    width, unpack = SIZE.size, SIZE.unpack_from
    while True:
        end = len(held)
        while at + width <= end:
            begin = at + width
            stop = begin + unpack(held, at)[0]
            if stop > end:
                break
            yield held[begin:stop]
            at = stop
        more = file.read(at_once)
        if not more:
            return
        held, at = held[at:] + more, 0
