"""Addresses of the pages inside the site; stable across runs, safe on every file system."""

import hashlib
import re
from functools import lru_cache

from monitor.model.urls import canonical_url, host_key

PAGE_SIZE = 200
"""Citations on one page of a document or a host."""

_UNSAFE = re.compile(r"[^a-z0-9]+")


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@lru_cache(maxsize=4096)
def _slug(text: str) -> str:
    """Return a readable name that no other text shares, in lower case: some file systems fold case."""
    readable = _UNSAFE.sub("-", text.lower()).strip("-")[-40:].strip("-")
    return f"{readable}-{_digest(text, 8)}" if readable else _digest(text, 16)


def document_page(path: str, page: int = 1) -> str:
    """Return the address of a document's page."""
    return f"documents/{_slug(path)}{f'-p{page}' if page > 1 else ''}.html"


def host_page(host: str, page: int = 1) -> str:
    """Return the address of a host's page."""
    return f"hosts/{_slug(host)}{f'-p{page}' if page > 1 else ''}.html"


def source_page(url: str) -> str:
    """Return the address of the page of the source that `url` means."""
    digest = _digest(canonical_url(url), 12)
    return f"sources/{digest[:2]}/{_slug(host_key(url))}-{digest}.html"


def anchor(key: str) -> str:
    """Return the id of a citation on a page."""
    return "c-" + _digest(key, 12)
