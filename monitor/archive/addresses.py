"""Addresses of captures: reading and writing `<prefix>/<timestamp>[modifier]/<url>` (RFC 7089 URI-M)."""

import re
from urllib.parse import urljoin

from monitor.archive.captures import IndexRow, instant, requestable

_CAPTURE = re.compile(
    r"/(\d{4,14})-?(?:[a-z]{2}_)?/(?:_embed/)?((?:https?:|ftp:)?/?/?[^\s]+)$", re.IGNORECASE
)
_LINK = re.compile(r"<([^<>]{1,4000})>\s*((?:;\s*[\w*-]{1,40}\s*=\s*(?:\"[^\"]{0,400}\"|[^\",;]{0,200}))*)")
_DEFAULT_PORT = re.compile(r"^(http://[^/:?#]+(?=:80(?:[/?#]|$))|https://[^/:?#]+(?=:443(?:[/?#]|$))):\d+")
_REL = re.compile(r";\s*rel\s*=\s*\"?([^\";]{0,100})", re.IGNORECASE)
_WAYBACK = re.compile(
    r"^https?://(?:web\.|www\.|wayback\.)?archive\.org/(?:_embed/)?(?:web/|wayback/)?(?=\d{4})", re.IGNORECASE
)


def raw_url(replay_url: str, stamp: str, original: str) -> str:
    """Return the address of the bytes as captured (`id_`)."""
    return f"{replay_url.rstrip('/')}/{stamp}id_/{requestable(original)}"


def view_url(replay_url: str, stamp: str, original: str) -> str:
    """Return the address to show people; crawlers of old glued a default port on."""
    shown = _DEFAULT_PORT.sub(r"\1", original)
    return f"{replay_url.rstrip('/')}/{stamp}/{shown}"


def parse_capture(url: str, base: str = "") -> tuple[str, str] | None:
    """Return (timestamp as written, original) of a capture's address, or None where it is none.

    Reads all three spellings of archived redirects: absolute, `//host/web/…` and `/web/…`.
    """
    match = _CAPTURE.search(urljoin(base, url) if base else url)
    if match is None:
        return None
    original = match[2]
    if not re.match(r"[a-z]+://", original, re.IGNORECASE):
        original = re.sub(r"^(https?:)?/*", lambda m: f"{(m[1] or 'http:')}//", original, count=1)
    return match[1], original


def cited_capture(url: str, replay_url: str) -> tuple[str, str] | None:
    """Return (timestamp, original) of an archive link found in a document, if it is of this archive."""
    prefix = replay_url.rstrip("/").split("://", 1)[-1]
    if url.split("://", 1)[-1].startswith(prefix + "/"):
        return parse_capture(url)
    if "archive.org" in replay_url or _WAYBACK.match(url):
        return parse_capture(url) if _WAYBACK.match(url) else None
    return None


def linked_original(link_header: str | None) -> str | None:
    """Return the address a `Link` header names as the original of a capture (RFC 7089 URI-R)."""
    for target, parameters in _LINK.findall((link_header or "")[:2_000_000]):
        rel = _REL.search(parameters)
        if rel is not None and "original" in rel[1].lower().split():
            return str(target)
    return None


def linked_captures(link_header: str | None) -> tuple[IndexRow, ...]:
    """Return the captures a `Link` header or a link-format TimeMap names (RFC 8288; commas in dates)."""
    rows = []
    for target, parameters in _LINK.findall((link_header or "")[:2_000_000]):
        rel = _REL.search(parameters)
        if rel is None or "memento" not in rel[1].lower().split():
            continue
        place = parse_capture(target)
        when = instant(place[0]) if place else None
        if place is not None and when is not None:
            rows.append(IndexRow(stamp=place[0], when=when, original=place[1]))
    return tuple(rows)
