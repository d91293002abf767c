"""Which documents are as they were when they were last extracted, so that a night costs what changed.

A mark names a file's content and the way it was read: size, time of change, digest, format, address, the
sidecar beside it, and the program that read it. Where the size and time are those of the mark, the file is
not opened; where only they differ (a fresh checkout), it is hashed, which costs far less than extraction.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.util import cache_from_source, find_spec
from pathlib import Path

_ROOMS = ("model", "extract", "text_io", "locate", "documents.py", "selection.py", "collect.py")
"""What decides how a document reads: another version of it extracts everything anew."""

_FRESH_S = 2.0
"""A file changed so shortly ago may change once more within the same tick of its file system's clock."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as it is now: `stamp` tells size and time, `way` how it is read.

    While the file is `fresh`, its stamp tells no later night that it is the same; it grows old in between
    two looks, and is the same file then.
    """

    stamp: str
    way: str
    path: Path
    fresh: bool = field(default=False, compare=False)

    def text(self) -> str:
        """Return the mark to keep."""
        return f"{'' if self.fresh else self.stamp} {self.digest()} {self.way}"

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
        return (bool(stamp) and stamp == self.stamp and not self.fresh) or digest == self.digest()


def mark(path: Path, *, how: str, sidecar: Path) -> FileStamp:
    """Return the mark of a file as it is now, read in such a way; OSError where it cannot be asked."""
    beside, _ = _stamp(sidecar)
    way = hashlib.sha256(repr((how, beside, program(*_ROOMS))).encode()).hexdigest()[:16]
    stamp, fresh = _stamp(path)
    return FileStamp(stamp, way, path, fresh)


def holds(mark: str | None, sha256: str | None) -> bool:
    """Tell whether a mark was made of a file with this content."""
    return bool(mark and sha256) and (mark or "").split(" ")[1:2] == [(sha256 or "")[:32]]


def _stamp(path: Path) -> tuple[str, bool]:
    """Return a file's size and time, "" where there is none, and whether it was changed just now."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return "", False
    fresh = time.time() - found.st_mtime < _FRESH_S
    return f"{found.st_size}:{found.st_mtime_ns}:{found.st_ino}", fresh


_TOLD = (".py", ".toml", ".json", ".txt", ".dat")
"""Endings of the files a program and its data are made of."""


_KEPT = Path(cache_from_source(__file__)).with_name("content.txt")
"""Remembers, beside compiled modules, what files of some sizes and times hold."""

_MOST_KEPT = 40


@cache
def program(*rooms: str) -> str:
    """Name some rooms of this program: moved on it is another, installed again it is the same."""
    here = Path(__file__).parent
    return content(here, [one for one in _own_files(here) if one[0].partition("/")[0] in rooms])


@cache
def package(name: str) -> str:
    """Name a package by its files: its metadata take longer to find and to read."""
    found = find_spec(name)
    folders = (found and found.submodule_search_locations) or ()
    return " ".join(content(Path(folder), files_below(Path(folder))) for folder in folders)


def content(folder: Path, files: Sequence[tuple[str, int, int]]) -> str:
    """Name some of the files below a folder by what they hold; they are read where that is not remembered."""
    stamp = hashlib.sha256(repr((str(folder), files)).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    known = _known()
    if stamp not in known:
        whole = hashlib.sha256()
        for place, size, _ in files:
            whole.update(f"{place} {size} ".encode("utf-8", "surrogateescape"))
            whole.update((folder / place).read_bytes())
        known[stamp] = whole.hexdigest()[:16]
        _keep(known)
    return known[stamp]


def _known() -> dict[str, str]:
    try:
        return dict(line.split() for line in _KEPT.read_text("ascii").splitlines())
    except (OSError, ValueError):  # never kept, or not by us
        return {}


def _keep(known: Mapping[str, str]) -> None:
    """Write what is known, the newest of it; where nothing may be written, files are read each time."""
    if sys.dont_write_bytecode:
        return
    part = _KEPT.with_name(f"{_KEPT.name}.{os.getpid()}")
    with suppress(OSError):
        newest = [*known.items()][-_MOST_KEPT:]
        part.write_text("".join(f"{stamp} {name}\n" for stamp, name in newest), "ascii")
        part.replace(_KEPT)


def files_below(folder: Path) -> list[tuple[str, int, int]]:
    """Return the files below a folder in order: each with its place, size and time of change."""
    return sorted(_below(str(folder), ""))


_own_files = cache(files_below)


def _below(folder: str, place: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_TOLD):
                now = entry.stat()
                yield place + entry.name, now.st_size, now.st_mtime_ns
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _below(entry.path, f"{place}{entry.name}/")
