"""Text of PDF files; bounded in pages, characters, time and what their streams may unpack to."""

import io
import logging
import time
from typing import Any

from monitor.model.page import PageText
from monitor.page.text.dates import iso_date

MAX_PAGES = 300
MAX_CHARS = 3_000_000
MAX_SECONDS = 8.0
MAX_BYTES = 32_000_000
MAX_STREAM_BYTES = 16_000_000
MAX_STREAM_ITEMS = 300_000
MAX_FORMS_PER_PAGE = 500


class _OutOfTimeError(Exception):
    """Raised between a page's operators once the time is spent."""


def read_pdf(body: bytes, *, max_seconds: float = MAX_SECONDS) -> PageText | None:
    """Return a PDF's text and title; None where it cannot be read (encrypted, broken, scans).

    What was read before a limit or a broken page is kept. `published` is the creation date.
    """
    if len(body) > MAX_BYTES:
        return None
    from pypdf import apply_configuration

    # The library warns of every oddity of a file; what matters ends in the result.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    title = published = None
    try:
        with apply_configuration(
            zlib_maximum_output_length=MAX_STREAM_BYTES,
            lzw_maximum_output_length=MAX_STREAM_BYTES,
            run_length_maximum_output_length=MAX_STREAM_BYTES,
            stream_parsing_work_maximum_count=MAX_STREAM_ITEMS,
            xform_maximum_invocations_per_extraction=MAX_FORMS_PER_PAGE,
        ):
            title, published = _read(body, pages, time.monotonic() + max_seconds)
    except Exception:  # noqa: BLE001 - a hostile or broken file may fail anywhere in any way
        if not pages:
            return None
    lines = (" ".join(line.split()) for page in pages for line in page[:MAX_CHARS].splitlines())
    visible = "\n".join(line for line in lines if line)
    if not visible:
        return None
    return PageText(title=title, visible=visible, main=visible, published=published)


def _read(body: bytes, pages: list[str], deadline: float) -> tuple[str | None, str | None]:
    from pypdf import PdfReader

    def watch(*_: Any) -> None:
        if time.monotonic() > deadline:
            raise _OutOfTimeError

    reader = PdfReader(io.BytesIO(body), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return None, None
    title, published = _information(reader.metadata)
    chars = 0
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES or chars >= MAX_CHARS or time.monotonic() > deadline:
            break
        try:
            text = page.extract_text(visitor_operand_before=watch)
        except _OutOfTimeError:
            break
        except Exception:  # noqa: BLE001, S112 - one broken page must not cost the others
            continue
        chars += len(text)
        pages.append(text)
    return title, published


def _information(information: Any) -> tuple[str | None, str | None]:
    if not information:
        return None, None
    title, created = information.get("/Title"), information.get("/CreationDate")
    date = iso_date(created.removeprefix("D:")) if isinstance(created, str) else None
    return " ".join(str(title or "").split())[:1000] or None, date
