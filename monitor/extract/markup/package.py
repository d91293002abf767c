"""Documents that are ZIP files (DOCX, OpenDocument, EPUB): parts read within bounds, others named."""

import io
import re
import zipfile
from types import TracebackType
from typing import Self

from monitor.errors import UsageError
from monitor.model.wording import count
from monitor.patterns import lazy

MAX_UNPACKED_BYTES = 256 * 2**20
MAX_RATIO = 200
"""Unpacked to packed; text packs a hundredfold at the most."""

_ADDRESS = lazy(r"(?:https?|ftp)://", re.IGNORECASE)
_KNOWN = (
    ("word/document.xml", "a Word document (.docx)"),
    ("xl/workbook.xml", "an Excel workbook; save the sheet as CSV"),
    ("ppt/presentation.xml", "a PowerPoint presentation; save it as PDF"),
    ("META-INF/container.xml", "an EPUB book (.epub)"),
    ("content.xml", "an OpenDocument file (.odt)"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
)


class Package:
    """An open package; `in` tells whether it has a part. UsageError says what is wrong with it."""

    def __init__(self, data: bytes, called: str, needed: str) -> None:
        self._called = called
        self._size = len(data)
        self._budget = min(MAX_UNPACKED_BYTES, MAX_RATIO * max(len(data), 50_000))
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
            raise self._damaged(error) from None
        self._names = set(self._archive.namelist())
        if needed not in self._names:
            raise UsageError(f"not {_a(called)} file: {needed} is missing; this is {self._what()}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all parts."""
        return frozenset(self._names)

    def read(self, name: str) -> bytes:
        """Return a part's bytes; what all parts together unpack to is bounded."""
        if self._archive.getinfo(name).file_size > self._budget:
            raise self._oversized(name)
        try:
            with self._archive.open(name) as stream:
                # The directory may lie about sizes: what comes is counted too.
                data = stream.read(self._budget + 1)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            OSError,
            EOFError,
            ValueError,
        ) as error:
            raise self._damaged(error) from None
        if len(data) > self._budget:
            raise self._oversized(name)
        self._budget -= len(data)
        return data

    def _what(self) -> str:
        known = next((said for part, said in _KNOWN if part in self._names), None)
        first = min(self._names, default="nothing")
        held = f"{count(len(self._names), 'file')} ({first[:60]} …)"
        return known or f"a ZIP archive of {held}; unpack it and name its files"

    def _oversized(self, name: str) -> UsageError:
        return UsageError(
            f"{_a(self._called)} file of {self._size} bytes whose {name[:60]} unpacks to too much; not read"
        )

    def _damaged(self, error: BaseException) -> UsageError:
        return UsageError(f"a damaged or encrypted {self._called} file ({error}); open and save it again")


def _a(called: str) -> str:
    return f"{'an' if called[0] in 'AEIO' else 'a'} {called}"


def shown_link(href: str, label: str) -> str:
    """Return a link's address as it follows its label in derived text; empty where the label shows it."""
    return f" {href} " if _ADDRESS.match(href) and href.rstrip("/") not in label else ""
