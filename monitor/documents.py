"""Reads the watched documents: files to decoded text.

Reading never guesses silently: what was assumed about the encoding stands in `Document.notes`,
and a file that is no text ends in a `UsageError` that names it and says what to do.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from monitor.errors import UsageError
from monitor.files import shown
from monitor.model.document import Document
from monitor.text_io.document_text import decode
from monitor.text_io.encoding import HEAD_BYTES

MAX_BYTES = 64 * 2**20
"""A document is read whole up to this size; larger ones go through `read_sections`."""

MAX_STREAMED_BYTES = 4 * 2**30
SECTION_BYTES = 4 * 2**20


class Formats(Protocol):
    """What the reader must know of formats; `monitor.extract.registry.FORMATS` is one."""

    @property
    def suffixes(self) -> frozenset[str]:
        """Return the file name endings that are documents, lower case, with the dot."""
        ...

    def detect(self, path: str, head: bytes) -> str:
        """Return the format's name by content and name."""
        ...

    def loader(self, name: str) -> Callable[[bytes], str] | None:
        """Return the function that turns a binary file into text; None for a text format."""
        ...

    def streams(self, name: str) -> bool:
        """Tell whether a document of this format may be cut into sections."""
        ...


def read_document(
    path: str | Path, formats: Formats, *, format: str | None = None, url: str | None = None
) -> Document:
    """Read one document whole. `format` overrides detection; `url` is its public address.

    Raises UsageError for a missing, unreadable, binary or oversized file.
    """
    file = Path(path)
    size = _size(file)
    if size > MAX_BYTES:
        raise UsageError(
            f"{path}: {size / 2**20:.0f} MB is more than the {MAX_BYTES // 2**20} MB read at once; "
            "split the document"
        )
    data = _read(file)
    name = format or formats.detect(shown(file), data[:HEAD_BYTES])
    digest = hashlib.sha256(data).hexdigest()
    try:
        loader = formats.loader(name)
        loaded = loader(data) if loader is not None else None
    except UsageError as error:
        raise UsageError(f"{shown(file)}: {error}") from error
    if loaded is not None:
        return Document(path=shown(file), text=loaded, format=name, sha256=digest, url=url, editable=False)
    text, encoding, bom, notes = decode(data, shown(file))
    lone_cr = _lone_cr(text)
    return Document(
        path=shown(file),
        text=text.replace("\r", "\n") if lone_cr else text,
        lone_cr=lone_cr,
        format=name,
        encoding=encoding,
        bom=bom,
        sha256=digest,
        url=url,
        notes=notes,
    )


def read_sections(
    path: str | Path,
    formats: Formats,
    *,
    format: str | None = None,
    url: str | None = None,
    section_bytes: int = SECTION_BYTES,
) -> Iterator[Document]:
    """Read one document in sections, in memory bounded by `section_bytes`; a small one comes whole.

    Sections end at blank lines; their spans address the whole file (`Document.base`).
    """
    file = Path(path)
    size = _size(file)
    head = _head(file)
    name = format or formats.detect(shown(file), head)
    if size <= max(section_bytes, HEAD_BYTES) or not formats.streams(name) or _stateful(head):
        yield read_document(path, formats, format=name, url=url)
        return
    if size > MAX_STREAMED_BYTES:
        raise UsageError(f"{path}: {size / 2**30:.1f} GB is more than is read; split the document")
    yield from _sections(file, name, url, section_bytes)


def _lone_cr(text: str) -> bool:
    """Tell whether a file ends its lines with CR alone."""
    return "\r" in text and "\n" not in text


def _stateful(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head


def _sections(file: Path, name: str, url: str | None, section_bytes: int) -> Iterator[Document]:
    chars = offset = lines = 0
    encoding: str | None = None
    with file.open("rb") as stream:
        for data in _chunks(stream.read, section_bytes):
            decoded, guessed, bom, notes = decode(data, shown(file), encoding)
            encoding = encoding or (guessed if not data.isascii() else None)
            lone_cr = _lone_cr(decoded)
            text = decoded.replace("\r", "\n") if lone_cr else decoded
            yield Document(
                path=shown(file), text=text, format=name, encoding=guessed, bom=bom, url=url, notes=notes,
                lone_cr=lone_cr,
                sha256=hashlib.sha256(data).hexdigest(), base_char=chars, base_byte=offset, base_line=lines,
            )  # fmt: skip
            chars, offset, lines = chars + len(text), offset + len(data), lines + text.count("\n")


def _chunks(read: Callable[[int], bytes], section_bytes: int) -> Iterator[bytes]:
    rest = b""
    while data := read(section_bytes):
        data = rest + data
        cut = max(data.rfind(b"\n\n"), data.rfind(b"\n\r\n"))
        if cut < 0:
            cut = data.rfind(b"\n")
        if cut < 0:
            cut = data.rfind(b"\r\r")
        if cut < 0:
            cut = data.rfind(b"\r", 0, -1)
        if cut < 0 and len(data) < 4 * section_bytes:
            rest = data
            continue
        # Without any line end a cut falls where it must; never inside a UTF-8 character.
        end = cut + 1 if cut >= 0 else len(data)
        while cut < 0 and end < len(data) and data[end] & 0xC0 == 0x80:
            end += 1
        yield data[:end]
        rest = data[end:]
    if rest:
        yield rest


def _size(file: Path) -> int:
    try:
        if file.is_dir():
            raise UsageError(f"{file}: is a folder; give a file, or let `find_documents` walk it")
        return file.stat().st_size
    except FileNotFoundError:
        raise UsageError(f"{file}: no such file; check the spelling or the working directory") from None
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}); check its permissions") from None


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}); check its permissions") from None


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror}); check its permissions") from None
