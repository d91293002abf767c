"""Which documents are as they were when they were last extracted, so that a night costs what changed.

A mark names a file's content and the way it was read: size, time of change, digest, format, address, the
sidecar beside it, and the program that read it. Where the size and time are those of the mark, the file is
not opened; where only they differ (a fresh checkout), it is hashed, which costs far less than extraction.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_ROOMS = ("model", "extract", "text_io", "locate", "documents.py", "selection.py", "collect.py")
"""What decides how a document reads: another version of it extracts everything anew."""

_FRESH_S = 2.0
"""A file changed so shortly ago may change once more within the same tick of its file system's clock."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as it is now: `stamp` tells size and time (empty while fresh), `way` how it is read."""

    stamp: str
    way: str
    path: Path

    def text(self) -> str:
        """Return the mark to keep."""
        return f"{self.stamp} {self.digest()} {self.way}"

    def digest(self) -> str:
        """Return the digest of the file's content."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]

    def matches(self, kept: str | None) -> bool:
        """Tell whether the file is as it was when a mark of it was kept."""
        if not kept or kept.count(" ") != 2:
            return False
        stamp, digest, way = kept.split(" ")
        if way != self.way:
            return False
        return (bool(self.stamp) and stamp == self.stamp) or digest == self.digest()


def mark(path: Path, *, how: str, sidecar: Path) -> FileStamp:
    """Return the mark of a file as it is now, read in such a way; OSError where it cannot be asked."""
    way = hashlib.sha256(repr((how, _stamp(sidecar, settled=False), program(*_ROOMS))).encode()).hexdigest()[
        :16
    ]
    return FileStamp(_stamp(path, settled=True), way, path)


def holds(mark: str | None, sha256: str | None) -> bool:
    """Tell whether a mark was made of a file with this content."""
    return bool(mark and sha256) and (mark or "").split(" ")[1:2] == [(sha256 or "")[:32]]


def _stamp(path: Path, *, settled: bool) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    if settled and time.time() - found.st_mtime < _FRESH_S:
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ino}"


_TOLD = (".py", ".toml", ".json", ".txt", ".dat")
"""Endings of the files a program and its data are made of."""


@cache
def program(*rooms: str) -> str:
    """Name some rooms of this program by the files they are made of: a checkout that moved on is another."""
    named = [one for one in _files(Path(__file__).parent) if one[0].partition("/")[0] in rooms]
    return hashlib.sha256(repr(named).encode()).hexdigest()[:16]


@cache
def package(name: str) -> str:
    """Name a package by its files: its metadata take longer to find and to read."""
    found = find_spec(name)
    folders = (found and found.submodule_search_locations) or ()
    named = [one for folder in folders for one in _files(Path(folder))]
    return hashlib.sha256(repr(named).encode()).hexdigest()[:16]


@cache
def _files(folder: Path) -> list[tuple[str, int, int]]:
    """Return the files below a folder in order: each with its place, size and time of change."""
    return sorted(_below(str(folder), ""))


def _below(folder: str, place: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_TOLD):
                now = entry.stat()
                yield place + entry.name, now.st_size, now.st_mtime_ns
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _below(entry.path, f"{place}{entry.name}/")
