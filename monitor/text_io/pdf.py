"""The one reader of PDF files, watched and cited ones: bounded in pages, characters, time and unpacking."""

import io
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pypdf

    PdfPage: TypeAlias = pypdf.PageObject

Watch = Callable[..., None]
"""Called before every operator of a page; raises when the time is spent."""


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """How much of a file is read, in how long; `stream_bytes` bound what one stream may unpack to."""

    pages: int
    chars: int
    seconds: float
    stream_bytes: int = 16_000_000
    stream_items: int = 300_000
    forms_per_page: int = 500


class EncryptedPdfError(Exception):
    """The file opens only with a password."""


class NoReaderError(Exception):
    """The extra `pdf` is not installed."""


@cache
def can_read() -> bool:
    """Tell whether PDF files can be read at all: the extra `pdf` is installed."""
    return find_spec("pypdf") is not None


class OutOfTimeError(Exception):
    """The time for one file is spent."""


@dataclass(slots=True)
class PdfText:
    """What was read of a file so far: its pages in order, and what it says of itself."""

    pages: list[str] = field(default_factory=list)
    information: Any = None


def read_into(
    found: PdfText, data: bytes, limits: PdfLimits, text_of: Callable[["PdfPage", Watch], str]
) -> None:
    """Read the pages of a PDF into `found`, up to the limits; one broken page costs no other.

    NoReaderError without the extra `pdf`, EncryptedPdfError for a file with a password, RecursionError and
    whatever pypdf raises for one whose structure is broken: what was read before stands in `found`.
    """
    if not can_read():
        raise NoReaderError
    from pypdf import PdfReader, apply_configuration

    # The library warns of every oddity of a file; what matters ends in the result.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    deadline = time.monotonic() + limits.seconds

    def watch(*_: Any) -> None:
        if time.monotonic() > deadline:
            raise OutOfTimeError

    with apply_configuration(
        zlib_maximum_output_length=limits.stream_bytes,
        lzw_maximum_output_length=limits.stream_bytes,
        run_length_maximum_output_length=limits.stream_bytes,
        stream_parsing_work_maximum_count=limits.stream_items,
        xform_maximum_invocations_per_extraction=limits.forms_per_page,
    ):
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedPdfError
        found.information = reader.metadata
        chars = 0
        for number, page in enumerate(reader.pages):
            if number >= limits.pages or chars >= limits.chars or time.monotonic() > deadline:
                break
            try:
                text = text_of(page, watch)
            except OutOfTimeError:
                break
            except Exception:  # noqa: BLE001, S112 - one broken page must not cost the others
                continue
            chars += len(text)
            found.pages.append(text)
