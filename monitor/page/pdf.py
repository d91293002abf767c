"""Text of PDF files; bounded in pages, characters and time."""

import io
import logging
import time

from monitor.model.page import PageText
from monitor.page.dates import iso_date

MAX_PAGES = 300
MAX_CHARS = 3_000_000
MAX_SECONDS = 20.0
MAX_BYTES = 32_000_000


def read_pdf(body: bytes, *, max_seconds: float = MAX_SECONDS) -> PageText | None:
    """Return a PDF's text and title; None where it cannot be read (encrypted, broken, scans)."""
    if len(body) > MAX_BYTES:
        return None
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    deadline = time.monotonic() + max_seconds
    pages: list[str] = []
    title = published = None
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        title, published = _information(reader)
        chars = 0
        for number, page in enumerate(reader.pages):
            if number >= MAX_PAGES or chars >= MAX_CHARS or time.monotonic() > deadline:
                break
            text = page.extract_text()
            chars += len(text)
            pages.append(text)
    except (Exception, RecursionError):  # noqa: BLE001 - hostile or broken files fail in any way
        if not pages:
            return None
    visible = "\n".join(" ".join(line.split()) for line in "\n".join(pages).splitlines() if line.strip())
    if not visible:
        return None
    return PageText(title=title, visible=visible, main=visible, published=published)


def _information(reader: object) -> tuple[str | None, str | None]:
    information = getattr(reader, "metadata", None)
    if not information:
        return None, None
    title = information.get("/Title")
    created = information.get("/CreationDate")
    date = iso_date(created.removeprefix("D:")) if isinstance(created, str) else None
    return (" ".join(str(title).split())[:1000] or None) if title else None, date
