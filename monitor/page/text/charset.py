"""Bytes to text: byte order mark, header, meta declaration, guess; never raises."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_META = re.compile(rb"<meta[^<>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_PRESCAN_BYTES = 4096
_GUESS_BYTES = 32768
# What browsers really mean by a label (WHATWG Encoding standard): the Windows page is a superset.
_LABELS = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso-8859-15": "iso-8859-15", "latin1": "cp1252",
    "latin-1": "cp1252", "l1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949", "big5": "big5hkscs",
    "x-euc-jp": "euc_jp", "unicode": "utf-16", "utf8": "utf-8", "x-cp1251": "cp1251", "x-cp1252": "cp1252",
    "iso-8859-8-i": "iso-8859-8", "win-1251": "cp1251", "x-mac-roman": "mac_roman",
}  # fmt: skip
# Codecs that are no character sets, or that a page must not make us run.
_TEXT_CODEC = re.compile(
    r"utf|8859|125[0-8]|cp\d|koi8|big5|gb|euc|sjis|shift|jis|2022|johab|hz|mac|874|ascii|latin|hkscs"
)


def decode(body: bytes, content_type: str | None = None, *, markup: bool = True) -> str:
    """Return the text of a body.

    Order: byte order mark, a declaration that decodes (HTTP header, then meta or XML declaration),
    UTF-8 if it fits, else a guess. A declaration that does not fit the bytes is worth less than
    UTF-8 that does. Source: WHATWG HTML §13.2.3 (order), Encoding standard (labels).
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(_explicit(name, mark), "replace")
    utf8 = _strict(body, "utf-8")
    declared = _declared(body, content_type, markup=markup)
    for codec in declared:
        if codec == "utf-8" or (utf8 is not None and not body.isascii() and not _stateful(codec)):
            # Multi-byte UTF-8 that fits is no accident, whatever a stale template declares.
            if utf8 is not None:
                return utf8
            continue
        text = _strict(body, codec)
        if text is not None:
            return text
    if utf8 is not None:
        return utf8
    if declared:
        return _mostly(body, declared[0])
    return _guess(body)


def _explicit(name: str, mark: bytes) -> str:
    if name == "utf-8":
        return name
    return f"{name}-{'le' if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else 'be'}"


def _stateful(codec: str) -> bool:
    return codec.startswith(("utf-16", "utf_16", "utf-32", "iso2022", "iso-2022", "hz"))


def _declared(body: bytes, content_type: str | None, *, markup: bool) -> list[str]:
    """Return the codecs declared, first the header's, only such as exist and decode text."""
    labels: list[str] = []
    if content_type and (found := _PARAMETER.search(content_type[:500])):
        labels.append(found[1])
    if markup:
        head = body[:_PRESCAN_BYTES]
        if match := _XML.match(head) or _META.search(head):
            label = match[1].decode("ascii")
            # A declaration that could be read byte by byte is not UTF-16, whatever it says.
            labels.append("utf-8" if label.lower().startswith("utf-16") else label)
    codecs_ = []
    for label in labels:
        name = _LABELS.get(label.lower(), label.lower())
        if not _TEXT_CODEC.search(name):
            continue
        try:
            codecs_.append(codecs.lookup(name).name)
        except (LookupError, ValueError):
            continue
    return list(dict.fromkeys(codecs_))


def _strict(body: bytes, codec: str) -> str | None:
    try:
        # A capped body may end inside a character: an incremental decoder leaves that one out.
        return codecs.getincrementaldecoder(codec)("strict").decode(body, final=False)
    except (UnicodeError, LookupError, ValueError, AttributeError):
        return None


def _mostly(body: bytes, codec: str) -> str:
    """Decode with replacement characters; a single-byte reading where that loses too much."""
    try:
        text = body.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        return _guess(body)
    return text if text.count("\ufffd") * 50 <= len(text) else _guess(body)


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes

    sample = _letters(body)
    try:
        best = from_bytes(sample, steps=5, chunk_size=1024, threshold=0.3).best()
    except Exception:  # noqa: BLE001 - a guesser's failure must not become the page's
        best = None
    codec = best.encoding if best is not None else "cp1252"
    if codec in {"ascii", "utf_8"}:
        # The sample fits, the whole did not: a stray byte, not another alphabet.
        return body.decode("utf-8", "replace")
    return body.decode(codec, "replace")


def _letters(body: bytes) -> bytes:
    """Return the stretch of a body that tells most about its alphabet: around its first high bytes."""
    first = re.search(rb"[\x80-\xff]", body)
    start = max(0, first.start() - 256) if first else 0
    return body[start : start + _GUESS_BYTES]
