"""The edits a report proposes, made against the documents as they read now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b, file_digest
from pathlib import Path

from monitor.errors import MonitorError
from monitor.model.citation import Citation
from monitor.model.document import Document
from monitor.model.finding import Amendment, AmendmentKind
from monitor.model.run import Assessment
from monitor.model.values import replaced
from monitor.unchanged import program

EDITING = ("model", "extract", "text_io", "amend", "run", "documents.py")
"""What decides which edits are made and hold: another version of it makes all of them anew."""


class Obstacle(StrEnum):
    """Why there is no edit where a finding asks for one."""

    CHANGED = "the document says something else here since it was checked; check again"
    UNREADABLE = "the document cannot be read"
    MADE = "the document says so already"


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
        self._document: Document | MonitorError | None = None
        self._citations: Sequence[Citation] | None = None

    def __call__(self, assessment: Assessment) -> Amendment | None:
        """Return the edit for one assessment; None where there is none or an obstacle."""
        if assessment.finding.edit is None or assessment.finding.waived:
            return None
        from monitor.amend import anchoring
        from monitor.amend.registry import propose

        document = self._read(assessment.citation.document)
        if isinstance(document, MonitorError):
            self._hinder(assessment, Obstacle.UNREADABLE, str(document))
            return None
        unmarks = assessment.finding.edit is AmendmentKind.UNMARK_DEAD
        # A mark may stand beside the words a citation is known by: they are the same when it is gone.
        if unmarks and anchoring.already_made(assessment, self._now(document)):
            self._hinder(assessment, Obstacle.MADE)
            return None
        if anchoring.stands(document, assessment.citation):
            return propose(document, assessment, self.today)
        now = self._now(document)
        citation = anchoring.anchored(assessment.citation, now)
        if citation is None:
            made = anchoring.already_made(assessment, now)
            self._hinder(assessment, Obstacle.MADE if made else Obstacle.CHANGED)
            return None
        return propose(document, replaced(assessment, citation=citation), self.today)

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

    def _read(self, path: str) -> Document | MonitorError:
        if path != self._path or self._document is None:
            self._path, self._citations = path, None
            self._document = _read_again(path, self.place(path), self._formats.get(path))
            if isinstance(self._document, Document):
                self.digests[path] = self._document.sha256
        return self._document

    def _now(self, document: Document) -> Sequence[Citation]:
        from monitor.extract.registry import extract

        if self._citations is None:
            self._citations = extract(document).citations
        return self._citations


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
