"""Applying edits to a file's bytes: all of them or none, only to the text they were made for; pure."""

import hashlib
from collections.abc import Iterable

from monitor.errors import UsageError
from monitor.model.document import Document
from monitor.model.finding import Amendment, Edit


def apply_edits(data: bytes, document: Document, amendments: Iterable[Amendment]) -> bytes:
    """Return the file's new bytes; bytes outside the edits stay as they are, encoding included.

    UsageError, and nothing applied, where the file is not the one that was read, cannot be edited
    in place, an edit no longer finds its text, two edits overlap, or the new text cannot be
    written in the file's encoding. Without edits the same bytes come back.
    """
    edits = _ordered(amendments)
    if not edits:
        return data
    if not document.editable:
        raise UsageError(f"{document.path}: not edited in place; edit it by hand")
    if document.base_byte or hashlib.sha256(data).hexdigest() != document.sha256:
        raise UsageError(f"{document.path}: it changed since it was read; check again, then fix")
    pieces: list[bytes] = []
    position = 0
    for edit in edits:
        begin, end = edit.span.byte_start, edit.span.byte_end
        if begin < position:
            raise UsageError(f"{document.path}:{edit.span.line}: two edits overlap; select one kind")
        if data[begin:end] != _encode(document, edit, edit.before):
            raise UsageError(
                f"{document.path}:{edit.span.line}: the text to change is not there; check again"
            )
        pieces += [data[position:begin], _encode(document, edit, edit.after)]
        position = end
    return b"".join([*pieces, data[position:]])


def _ordered(amendments: Iterable[Amendment]) -> list[Edit]:
    """Return the edits in file order, each once: citations that share an address ask for the same edit."""
    edits = {edit: None for amendment in amendments for edit in amendment.edits}
    return sorted(edits, key=lambda edit: (edit.span.byte_start, edit.span.byte_end))


def _encode(document: Document, edit: Edit, text: str) -> bytes:
    try:
        return document.as_written(text).encode(document.encoding, "surrogateescape")
    except UnicodeEncodeError:
        raise UsageError(
            f"{document.path}:{edit.span.line}: the new text does not fit {document.encoding}; edit by hand"
        ) from None
