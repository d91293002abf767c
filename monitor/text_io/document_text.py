"""A watched document's bytes to text that can be written back, byte for byte."""

from monitor.errors import UsageError
from monitor.text_io.encoding import HEAD_BYTES, codec_of, declared, guess, marked, zero_bytes


def decode(data: bytes, path: str, known: str | None = None) -> tuple[str, str, bytes, tuple[str, ...]]:
    """Return text, encoding, byte order mark and notes. Line ends are kept as they are.

    Order: byte order mark, `known`, UTF-8, what the file declares, statistics, Windows-1252.
    UsageError for a binary file.
    """
    if mark := marked(data):
        bom, encoding = mark
        text, notes = _lenient(data[len(bom) :], encoding)
        return text, encoding, bom, notes
    if b"\0" in data[:HEAD_BYTES]:
        wide = zero_bytes(data)
        if wide is None:
            raise UsageError(
                f"{path}: is a binary file, no text; exclude it, or export it as text, HTML or Markdown"
            )
        text, notes = _lenient(data, wide)
        return text, wide, b"", (f"read as {wide}, by its zero bytes", *notes)
    if b"\0" in data and data.count(b"\0") > len(data) // 100:
        raise UsageError(
            f"{path}: is a binary file, no text; exclude it, or export it as text, HTML or Markdown"
        )
    for encoding in _candidates(data, known):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding in {"utf-8", known} or text.isascii():
            return text, encoding, b"", ()
        if text.encode(encoding, "surrogateescape") == data:
            return text, encoding, b"", (f"read as {encoding}, as the file declares",)
    return _guessed(data)


def _candidates(data: bytes, known: str | None) -> list[str]:
    label = declared(data)
    return [name for name in (known, "utf-8", codec_of(label) if label else None) if name]


def _lenient(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace" if not encoding.startswith("utf-8") else "surrogateescape")
        return text, (f"some bytes are no valid {encoding}; they are shown as replacement characters",)


def _guessed(data: bytes) -> tuple[str, str, bytes, tuple[str, ...]]:
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= char <= "\udcff" for char in text)
    multibyte = sum(char > "\x7f" for char in text) - broken
    if multibyte > broken:
        return text, "utf-8", b"", (f"{broken} bytes are no valid utf-8; the rest is",)
    for encoding in (guess(data).codec, "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
            same = text.encode(encoding) == data
        except UnicodeError:
            continue
        if same:
            return (
                text,
                encoding,
                b"",
                (f"read as {encoding}, guessed; declare the encoding or save it as UTF-8",),
            )
    return data.decode("latin-1"), "latin-1", b"", ("read as latin-1 for want of anything better",)
