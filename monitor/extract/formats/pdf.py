"""PDF: the text layer and the link annotations, then the grammar of plain text.

pypdf reads the pages. A link annotation (ISO 32000-2 §12.5.6.5) whose address the text does not show
is written behind the line it lies on.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from monitor.errors import UsageError, advice
from monitor.extract.formats.text import read_text
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import Extraction
from monitor.model.document import Document
from monitor.patterns import lazy
from monitor.text_io.pdf import (
    EncryptedPdfError,
    NoReaderError,
    OutOfTimeError,
    PdfLimits,
    PdfText,
    Watch,
    read_into,
)

if TYPE_CHECKING:
    from monitor.text_io.pdf import PdfPage

MAX_CHARS = 10_000_000
MAX_PAGE_CHARS = 400_000
MAX_LINKS_PER_PAGE = 1_000
MAX_STREAM_BYTES = 32 * 2**20
"""Of one page's content; more is drawings, or a bomb."""
LIMITS = PdfLimits(pages=2_000, chars=MAX_CHARS, seconds=600, stream_bytes=MAX_STREAM_BYTES)

_GAP = lazy(r"\s+")
_WEB = lazy(r"(?:https?|ftp)://", re.IGNORECASE)


def load(data: bytes) -> str:
    """Return the text of a PDF file, pages parted by blank lines.

    UsageError for a damaged or encrypted file, for one without a text layer, and without the extra `pdf`.
    """
    found = PdfText()
    try:
        read_into(found, data, LIMITS, _page)
    except NoReaderError:
        raise UsageError(f"a PDF, which is read with the extra `pdf`: {advice('pdf')}") from None
    except EncryptedPdfError:
        raise UsageError("an encrypted PDF; save it without a password") from None
    except RecursionError:
        raise UsageError("a PDF whose parts contain each other; it was not read") from None
    except Exception as error:  # noqa: BLE001 - pypdf raises anything on a damaged file
        raise UsageError(
            f"a damaged PDF ({type(error).__name__}: {str(error)[:80]}); export it again"
        ) from None
    text = _joined(_without_furniture([page.strip() for page in found.pages if page.strip()]))
    if not text.strip():
        raise UsageError("a PDF without a text layer (scanned pages?); run text recognition on it first")
    return text[:MAX_CHARS]


_NUMBER = lazy(
    lambda: (
        rf"(?:{any_of(Words.PAGE_SAID)}\s|p\.\s?)?[-–—]?\s?(?:\d{{1,3}}|[ivxl]{{1,6}})\s?[-–—]?(?:\s?(?:/|{any_of(Words.PAGES_OF)})\s?\d{{1,4}})?"
    ),
    re.IGNORECASE,
)
_DIGITS = lazy(r"\d+")
_ENDED = '.!?)]”"»'


def _without_furniture(pages: list[str]) -> list[str]:
    """Take the page numbers off, and running heads and feet: what several pages begin or end with."""
    for place in (0, -1):
        for _ in range(2):
            split = [page.split("\n") for page in pages]
            edges = Counter(_DIGITS.sub("#", lines[place].strip()) for lines in split)
            pages = [
                "\n".join(lines[1:] if place == 0 else lines[:-1])
                if len(lines) > 1
                and (
                    _NUMBER.fullmatch(edge := lines[place].strip())
                    or (1 < edges[_DIGITS.sub("#", edge)] >= len(pages) // 3)
                )
                else "\n".join(lines)
                for lines in split
            ]
    return pages


def _joined(pages: list[str]) -> str:
    """Join pages; one that ends inside a sentence goes on without a blank line."""
    return "".join(page + ("\n" if page.rstrip()[-1:] not in _ENDED else "\n\n") for page in pages).rstrip(
        "\n"
    )


def _page(page: "PdfPage", watch: Watch) -> str:
    links = _links(page)
    try:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MAX_STREAM_BYTES:
            return ""
        lines: list[tuple[float, str]] = []
        text = page.extract_text(
            visitor_operand_before=watch,
            visitor_text=lambda part, cm, tm, *_: lines.append((_height(cm, tm), part)) if links else None,
        )
    except OutOfTimeError:
        raise
    except RecursionError:
        return ""
    except Exception:  # noqa: BLE001 - one broken page is not the end of a document
        return ""
    text = (text or "")[:MAX_PAGE_CHARS]
    bare = _GAP.sub("", text)
    for href, bottom, top in links:
        if _GAP.sub("", href).rstrip("/") not in bare:
            text = _beside(text, href, [part for height, part in lines if bottom - 3 <= height <= top + 3])
    return text


def _height(cm: Any, tm: Any) -> float:
    return float(tm[5]) * float(cm[3]) + float(cm[5])


def _links(page: "PdfPage") -> list[tuple[str, float, float]]:
    found: list[tuple[str, float, float]] = []
    try:
        for reference in (page.get("/Annots") or [])[:MAX_LINKS_PER_PAGE]:
            note = reference.get_object()
            action = note.get("/A")
            href = action.get_object().get("/URI") if action is not None else None
            if href is None or not _WEB.match(str(href)) or len(str(href)) > 4000:
                continue
            place = [float(number) for number in note.get("/Rect", (0, 0, 0, 0))]
            one = (str(href), min(place[1], place[3]), max(place[1], place[3]))
            # A link over a line end has one annotation a line.
            if not found or found[-1][0] != one[0]:
                found.append(one)
    except Exception:  # noqa: BLE001 - broken annotations leave the text
        return found
    return found


def _beside(text: str, href: str, parts: list[str]) -> str:
    for part in sorted((part.strip() for part in parts), key=len, reverse=True):
        place = text.find(part) if len(part) > 3 else -1
        if place >= 0:
            end = text.find("\n", place + len(part))
            end = end if end >= 0 else len(text)
            return f"{text[:end]} {href}{text[end:]}"
    return f"{text}\n{href}"


class PdfExtractor:
    """Reads the text layer of PDF files."""

    name = "pdf"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; spans address the derived text, not the file."""
        return read_text(document)


EXTRACTOR = PdfExtractor()
