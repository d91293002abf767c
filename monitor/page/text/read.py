"""A response body to page text, by media type."""

import re

from monitor.model.page import PageText
from monitor.model.urls import host_key
from monitor.model.values import replaced
from monitor.page.text.charset import decoded
from monitor.page.text.html import read_html
from monitor.page.text.reader import MAX_VISIBLE_CHARS

MAX_BODY_BYTES = 32_000_000
_MARKUP_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|!--|title|meta|script|div|p|h1)",
    re.IGNORECASE,
)
_TEXT_TYPES = ("text/", "application/json", "application/javascript", "message/")
_MARKUP_TYPES = ("html", "xml", "application/rss", "application/atom")
_VAGUE = ("", "application/octet-stream", "binary/octet-stream", "unknown", "content/unknown", "*/*")


def page_text(body: bytes, content_type: str | None, url: str) -> PageText | None:
    """Return what a reader sees of a body; None for media that hold no text we can read.

    Reads HTML, XHTML, XML, plain text and PDF; a missing or vague type is sniffed (WHATWG MIME
    Sniffing §7). Never raises; bounded in time and memory for hostile bodies. `url` only helps
    where the type is silent.
    """
    body = body[:MAX_BODY_BYTES]
    media = (content_type or "").split(";")[0].strip().lower()
    kind = _kind(body, media, url)
    if kind == "pdf":
        from monitor.page.text.pdf import read_pdf

        return read_pdf(body)
    if kind is None:
        return None
    text, certain = decoded(body, content_type, markup=kind == "markup", country=_country(url))
    page = read_html(text) if kind == "markup" else _plain(text)
    return page if certain else replaced(page, legible=False)


def _country(url: str) -> str:
    """Return the top-level domain of an address."""
    return host_key(url).rpartition(".")[2]


def _kind(body: bytes, media: str, url: str) -> str | None:
    if b"%PDF-" in body[:1024]:
        return "pdf"
    if media == "application/pdf":
        return "markup" if _MARKUP_START.match(body[:2000]) else None
    if any(word in media for word in _MARKUP_TYPES) and not media.startswith("image/"):
        return "markup"
    looks_like_markup = bool(_MARKUP_START.match(body[:2000]))
    if media == "text/plain":
        return "text" if not _binary(body) else None
    if media.startswith(_TEXT_TYPES):
        return "markup" if looks_like_markup else "text"
    if media in _VAGUE:
        if looks_like_markup:
            return "markup"
        if not body or _binary(body):
            return None
        return "markup" if url.lower().endswith((".html", ".htm", "/")) and b"<" in body else "text"
    return None


def _binary(body: bytes) -> bool:
    """Tell whether a body holds bytes that no text holds (WHATWG MIME Sniffing, binary data byte)."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = body[:1445]
    return any(byte < 9 or byte in (11, *range(14, 27), *range(28, 32)) for byte in sample)


def _plain(text: str) -> PageText:
    lines = (" ".join(line.split()) for line in text[:MAX_VISIBLE_CHARS].splitlines())
    visible = "\n".join(line for line in lines if line)
    return PageText(visible=visible, main=visible)
