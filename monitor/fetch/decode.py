"""Content decoding with a cap: gzip, deflate, br as announced or sniffed (RFC 9110 §8.4).

Servers lie both ways: plain text announced as gzip, gzip bytes not announced. What decodes is kept,
what does not is kept as it came; nothing ever grows past the cap (compression bombs).
"""

import zlib
from typing import Protocol

GZIP_MAGIC = b"\x1f\x8b"
_GZIP_MEDIA = ("gzip", "x-tar", "octet-stream", "zip", "x-gtar", "svgz")
_STEP = 65536
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")
_IDENTITY = frozenset({"", "identity", "none", "utf-8", "utf8", "chunked", "binary", "8bit", "7bit"})
"""What servers write into Content-Encoding that encodes nothing."""


class Decoder(Protocol):
    """Turns coded bytes into plain ones, never more than asked for at once."""

    def feed(self, data: bytes, limit: int) -> bytes:
        """Return at most `limit` decoded bytes; ValueError where the data is not so coded."""
        ...


class _Plain:
    def feed(self, data: bytes, limit: int) -> bytes:
        return data[:limit]


class _Zlib:
    """gzip and zlib streams, several members in a row; raw deflate as its second guess."""

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._inner = zlib.decompressobj(wbits)
        self._produced = False
        self._members = 1

    @property
    def unfinished(self) -> bool:
        """Tell whether the stream still lacks its end mark."""
        return self._members == 1 and not self._inner.eof

    def feed(self, data: bytes, limit: int) -> bytes:
        out = bytearray()
        while data and len(out) < limit:
            try:
                out += self._inner.decompress(data, limit - len(out))
            except zlib.error as error:
                if self._members > 1:
                    # Padding or junk after a complete member: what came before stands.
                    break
                if self._wbits != zlib.MAX_WBITS or self._produced or out:
                    raise ValueError(str(error)) from error
                self._wbits = -zlib.MAX_WBITS
                self._inner = zlib.decompressobj(self._wbits)
                continue
            self._produced = self._produced or bool(out)
            data = self._inner.unconsumed_tail
            if self._inner.eof:
                data = self._inner.unused_data
                self._members += 1
                if self._members > 64:
                    break
                self._inner = zlib.decompressobj(self._wbits)
        return bytes(out)


class _Brotli:
    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]

        self._inner = brotli.Decompressor()
        self._error = brotli.error

    def feed(self, data: bytes, limit: int) -> bytes:
        out = bytearray()
        while len(out) < limit:
            try:
                piece = self._inner.process(data, output_buffer_limit=min(_STEP, limit - len(out)))
            except self._error as error:
                raise ValueError(str(error)) from error
            data = b""
            if not piece:
                break
            out += piece
        return bytes(out[:limit])


def looks_coded(data: bytes) -> bool:
    """Tell whether bytes are no text in any encoding of the web: control characters that no text holds."""
    some = data[:1024]
    odd = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in some)
    # UTF-16 and UTF-32 without a mark hold a zero in every other character or more, at even distance.
    return odd > 0.05 * len(some) and odd - some.count(0) > 0.02 * len(some)


def decoder_for(coding: str | None, content_type: str | None, first: bytes) -> Decoder:
    """Choose the decoder by the announced coding, checked against the first bytes.

    A gzip file served as a file (media type gzip, tar …) is not undone unless announced.
    """
    announced = (coding or "").strip().lower().rpartition(",")[2].strip()
    if first.startswith(GZIP_MAGIC):
        media = (content_type or "").partition(";")[0].lower()
        if announced in ("gzip", "x-gzip", "deflate") or not any(name in media for name in _GZIP_MEDIA):
            return _Zlib(16 + zlib.MAX_WBITS)
        return _Plain()
    if announced == "deflate":
        return _Zlib(zlib.MAX_WBITS)
    if announced == "br":
        return _Brotli()
    return _Plain()


class BodyBuffer:
    """Collects a body up to a cap, decoding as it comes. `fault` says why decoding stopped short."""

    def __init__(self, coding: str | None, content_type: str | None, cap: int) -> None:
        self._coding, self._content_type, self._cap = coding, content_type, cap
        self._decoder: Decoder | None = None
        self._head = b""
        self._out = bytearray()
        self._unproven = b""
        self._raw = 0
        self._announced = (coding or "").strip().lower()
        self._unreadable = False
        self.fault: str | None = None
        self.truncated = False

    @property
    def full(self) -> bool:
        """Tell whether more bytes would change nothing."""
        return self.truncated or self.fault is not None

    def add(self, data: bytes) -> None:
        """Take a piece of the body as it came."""
        if self._decoder is None:
            self._head += data
            if len(self._head) < len(GZIP_MAGIC):
                return
            data, self._head = self._head, b""
            self._decoder = decoder_for(self._coding, self._content_type, data)
            if isinstance(self._decoder, _Plain) and self._announced not in _IDENTITY and looks_coded(data):
                self.fault = f"{self._announced[:40]} is not understood"
                self._unreadable = True
        self._raw += len(data)
        room = self._cap - len(self._out)
        if not self._out and not isinstance(self._decoder, _Plain):
            self._unproven += data
        try:
            self._out += self._decoder.feed(data, room + 1)
        except ValueError as error:
            if self._out:
                self.fault = str(error)
            else:
                # Announced as coded and is not: what came is what there is, if it can be text.
                self._plainly(self._unproven, room, str(error))
        if self._out:
            self._unproven = b""
        if len(self._out) > self._cap or self._raw > self._cap:
            del self._out[self._cap :]
            self.truncated = True

    def _plainly(self, data: bytes, room: int, fault: str) -> None:
        self._decoder = _Plain()
        if looks_coded(data):
            self.fault = fault
            self._unreadable = True
        else:
            self._out += data[: room + 1]

    @property
    def unfinished(self) -> bool:
        """Tell whether a compressed body ended before its end mark, although nothing was capped."""
        return isinstance(self._decoder, _Zlib) and self._decoder.unfinished and not self.truncated

    def body(self) -> bytes:
        """Return what was collected; nothing where it could not be decoded at all."""
        if self._unreadable:
            return b""
        return bytes(self._out) or self._head
