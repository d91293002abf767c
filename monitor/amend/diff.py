"""The unified diff `monitor fix` shows: exact in its lines, harmless on a terminal."""

import difflib
import unicodedata
from collections.abc import Iterator

from monitor.model.document import Document

CONTEXT = 2
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def unified(document: Document, before: bytes, after: bytes) -> Iterator[str]:
    """Yield the diff's lines with their line breaks; control characters are shown as escapes.

    The diff is for reading: a line that held control characters does not apply as a patch.
    """
    old, new = (_lines(document, data) for data in (before, after))
    name = _shown(document.path)
    for line in difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=CONTEXT, lineterm=""):
        yield _shown(line) + "\n"


def _lines(document: Document, data: bytes) -> list[str]:
    text = data[len(document.bom) :].decode(document.encoding, "replace")
    # As editors count them; splitlines() would also cut at form feeds and U+2028.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _shown(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char if char == "\t" or unicodedata.category(char) not in _HIDDEN else _escape(char) for char in text
    )


def _escape(char: str) -> str:
    """Return the escape people know from programs; the joiners that scripts need stay."""
    return char if char in "\u200c\u200d\u00ad" else char.encode("unicode_escape").decode("ascii")
