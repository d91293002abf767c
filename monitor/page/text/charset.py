"""A page's bytes to text: byte order mark, header, meta declaration, statistics; never raises."""

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

from monitor.text_io.encoding import codec_of, declared, guess, marked, zero_bytes

_PARAMETER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_SHIFT = b"\x1b$"
"""What ISO 2022 writes before its two-byte characters: plain ASCII to all others."""


class Decoded(NamedTuple):
    """A body's text; `certain` is False where neither the page nor its bytes say surely how to read it."""

    text: str
    certain: bool = True


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of a page's body; see `decoded`."""
    return decoded(body, content_type).text


def decoded(
    body: bytes, content_type: str | None = None, *, markup: bool = True, country: str | None = None
) -> Decoded:
    """Return the text of a body, and whether it is surely read right.

    Order: byte order mark, a declaration that decodes (HTTP header, then meta or XML declaration),
    UTF-8 if it fits, else what the statistics of languages say; `country` is the top-level domain of
    the page. A declaration that does not fit the bytes is worth less than UTF-8 that does. Source:
    WHATWG HTML §13.2.3 (order), Encoding standard (labels).
    """
    if mark := marked(body):
        return Decoded(body[len(mark[0]) :].decode(mark[1], "replace"))
    if wide := zero_bytes(body):
        return Decoded(body.decode(wide, "replace"))
    utf8 = _strict(body, "utf-8")
    header = _of_header(content_type[:500]) if content_type else None
    if header == "utf-8" and utf8 is not None:
        return Decoded(utf8)
    named = _declared(body, header, markup=markup)
    for codec in named:
        if codec == "utf-8" or (utf8 is not None and not body.isascii() and not _stateful(codec)):
            # Multi-byte UTF-8 that fits is no accident, whatever a stale template declares.
            if utf8 is not None:
                return Decoded(utf8)
            continue
        text = _strict(body, codec)
        if text is not None:
            return Decoded(text)
    if utf8 is not None and not (_SHIFT in body and body.isascii()):
        return Decoded(utf8)
    # A few stray bytes are not another alphabet.
    text = _mostly(body, named[0], 2) if named else _mostly(body, "utf-8", 5)
    if text is not None:
        return Decoded(text)
    found = guess(body, country=country)
    return Decoded(body.decode(found.codec, "replace"), found.certain)


def _stateful(codec: str) -> bool:
    return codec.startswith(("utf-16", "utf_16", "utf-32", "iso2022", "iso-2022", "hz"))


@lru_cache(maxsize=256)  # the web writes few
def _of_header(content_type: str) -> str | None:
    found = _PARAMETER.search(content_type)
    return codec_of(found[1]) if found else None


def _declared(body: bytes, header: str | None, *, markup: bool) -> list[str]:
    """Return the codecs declared, first the header's, only such as exist and decode text."""
    named = [header] if header else []
    if markup and (label := declared(body)):
        # A declaration that could be read byte by byte is not UTF-16, whatever it says.
        codec = codec_of("utf-8" if label.lower().startswith("utf-16") else label)
        if codec and codec != header:
            named.append(codec)
    return named


def _strict(body: bytes, codec: str) -> str | None:
    try:
        # A capped body may end inside a character: an incremental decoder leaves that one out.
        return codecs.getincrementaldecoder(codec)("strict").decode(body, final=False)
    except (UnicodeError, LookupError, ValueError, AttributeError):
        return None


def _mostly(body: bytes, codec: str, good: int) -> str | None:
    """Decode with replacement characters; None where that loses too much to be the right reading.

    `good` is how many characters outside ASCII there must be for each one lost, itself counted.
    """
    try:
        text = body.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        return None
    lost = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text if lost * 50 <= len(text) and lost * good <= foreign else None
