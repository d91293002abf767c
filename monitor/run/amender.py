"""The edits a report proposes, made against the documents as they read now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.errors import MonitorError
from monitor.model.document import Document
from monitor.model.finding import Amendment, Obstacle
from monitor.model.run import Assessment
from monitor.unchanged import program

if TYPE_CHECKING:
    from monitor.run.open_document import OpenDocument

EDITING = ("model", "extract", "text_io", "amend", "run", "documents.py")
"""What decides which edits are made and hold: another version of it makes all of them anew."""


@dataclass(frozen=True, slots=True)
class Hindered:
    """An assessment whose edit met an obstacle; `detail` is what the document's reader said."""

    assessment: Assessment
    obstacle: Obstacle
    detail: str = ""


class Amender:
    """Proposes edits; reads each document again once, since assessments come document by document.

    `hindered` collects what could not be proposed (unless `collects` is off), `digests` the SHA-256 of each
    document as read here. `files` says where documents stand that go by another name (standard input, pages).
    """

    def __init__(
        self, now: datetime, formats: Mapping[str, str], files: Mapping[str, str] | None = None
    ) -> None:
        self.today = now.date()
        self.hindered: list[Hindered] = []
        self.collects = True
        self.digests: dict[str, str] = {}
        self._formats = formats
        self._files = {} if files is None else files
        self._path: str | None = None
        self._opened: OpenDocument | MonitorError | None = None

    def __call__(self, assessment: Assessment) -> Amendment | None:
        """Return the edit for one assessment; None where there is none or an obstacle."""
        if assessment.finding.edit is None or assessment.finding.waived:
            return None
        opened = self._open(assessment.citation.document)
        if isinstance(opened, MonitorError):
            self._hinder(assessment, Obstacle.UNREADABLE, str(opened))
            return None
        made = opened.edit(assessment)
        if isinstance(made, Obstacle):
            self._hinder(assessment, made)
            return None
        return made

    def _hinder(self, assessment: Assessment, obstacle: Obstacle, detail: str = "") -> None:
        if self.collects:
            self.hindered.append(Hindered(assessment, obstacle, detail))

    def made_from(self, path: str) -> str | None:
        """Name what edits of a document are made of now: its content, its reader and this program.

        None where that is not to be told: they are made anew, as where their obstacles are collected.
        """
        if self.collects:
            return None
        if path not in self.digests:
            try:
                self.digests[path] = _sha256(self.place(path))
            except OSError:  # reading it will say what is wrong
                return None
        return _named(program(*EDITING), self._formats.get(path), self.digests[path])

    def place(self, document: str) -> Path:
        """Return the file a document is read from: a copy, where it is no file of its own."""
        return Path(self._files.get(document, document))

    def is_copy(self, document: str) -> bool:
        """Tell whether a document is no file of its own, so that nothing can be written to it."""
        return document in self._files

    def _open(self, path: str) -> "OpenDocument | MonitorError":
        if path != self._path or self._opened is None:
            from monitor.run.open_document import OpenDocument

            read = _read_again(path, self.place(path), self._formats.get(path))
            if isinstance(read, Document):
                self.digests[path] = read.sha256
            self._path = path
            self._opened = OpenDocument(read, self.today) if isinstance(read, Document) else read
        return self._opened


def _read_again(name: str, path: Path, form: str | None) -> Document | MonitorError:
    from monitor.documents import read_document
    from monitor.extract.registry import FORMATS

    try:
        # A symbolic link is shown as what it leads to; the document keeps the name it goes by.
        return replace(read_document(path, FORMATS, format=form or None), path=name)
    except MonitorError as error:
        return error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=16)
def _named(*made_from: str | None) -> str:
    """Return one name for what edits are made of; citations come document by document."""
    return blake2b(repr(made_from).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
