"""Text of cited PDF files."""

from typing import TYPE_CHECKING, Any

from monitor.model.page import PageText
from monitor.page.text.dates import iso_date
from monitor.text_io.pdf import EncryptedPdfError, NoReaderError, PdfLimits, PdfText, Watch, read_into

if TYPE_CHECKING:
    from monitor.text_io.pdf import PdfPage

MAX_SECONDS = 8.0
MAX_BYTES = 32_000_000
MAX_PAGES = 300
MAX_CHARS = 3_000_000


def read_pdf(body: bytes, *, max_seconds: float = MAX_SECONDS) -> PageText | None:
    """Return a PDF's text and title; None where it cannot be read (encrypted, broken, scans, no extra `pdf`).

    What was read before a limit or a broken page is kept. `published` is the creation date.
    """
    if len(body) > MAX_BYTES:
        return None
    found = PdfText()
    try:
        read_into(found, body, PdfLimits(MAX_PAGES, MAX_CHARS, max_seconds), _text)
    except (EncryptedPdfError, NoReaderError):
        return None
    except Exception:  # noqa: BLE001 - a hostile or broken file may fail anywhere in any way
        if not found.pages:
            return None
    lines = (" ".join(line.split()) for page in found.pages for line in page[:MAX_CHARS].splitlines())
    visible = "\n".join(line for line in lines if line)
    if not visible:
        return None
    title, published = _information(found.information)
    return PageText(title=title, visible=visible, main=visible, published=published)


def _text(page: "PdfPage", watch: Watch) -> str:
    return page.extract_text(visitor_operand_before=watch)


def _information(information: Any) -> tuple[str | None, str | None]:
    if not information:
        return None, None
    title, created = information.get("/Title"), information.get("/CreationDate")
    date = iso_date(created.removeprefix("D:")) if isinstance(created, str) else None
    return " ".join(str(title or "").split())[:1000] or None, date
