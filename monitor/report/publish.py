"""Writing reports so that nobody ever reads half of one.

Everything is rendered into a staging folder first: what can fail (rendering, a full disk) fails
there, and the old reports stay as they were. Then the files are renamed into place, the front
page last, and pages that no longer exist are removed after it. A list of what was written tells
the next run which files are ours to remove; other people's files in the folder are never touched.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from monitor.errors import IncompleteError, UsageError
from monitor.model.run import Report
from monitor.report import registry

MANIFEST = ".citation-monitor.json"
_STAGING = ".citation-monitor-staging-"


def write_site(
    report: Report, directory: Path, formats: Sequence[str], advance: Callable[[], None] = lambda: None
) -> list[Path]:
    """Write the report in the named formats ("html" is the status page) and return the files.

    `advance` is called for each citation on a page of a document: those pages are the most of the work.
    Raises UsageError for an unknown format or a folder that cannot be written, IncompleteError
    where writing fails half-way (disk full); either way the old reports are still whole.
    """
    unknown = [name for name in formats if name != registry.SITE and name not in registry.NAMES]
    if unknown:
        known = ", ".join((registry.SITE, *registry.NAMES))
        raise UsageError(f"unknown report format {', '.join(map(repr, unknown))}; known: {known}")
    check_writable(directory)
    staging = _Staging(directory)
    try:
        for name in formats:
            if name == registry.SITE:
                from monitor.report.site.write import write_pages

                write_pages(report, staging.write, staging.scratch, formats, staging, advance)
                if report.patch is not None:
                    staging.keep(registry.PATCH, report.patch.data)
            else:
                staging.write(registry.file_name(name), registry.render(name, report))
        return staging.publish()
    except OSError as error:
        raise IncompleteError(
            f"cannot write the reports to {directory}: {error.strerror or error}; "
            "the old reports are untouched. Free some space or choose another folder, then run again"
        ) from error
    finally:
        staging.discard()


def check_writable(directory: Path) -> None:
    """Make the reports folder; UsageError with the remedy where it cannot be written."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        raise UsageError(
            f"cannot write to the reports folder {directory}: {error.strerror or error}; "
            "make it writable or choose another one ([report] directory, --output)"
        ) from error


class _Staging:
    """A folder beside the published files, on the same file system so that renames are atomic."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        _sweep(directory)
        self._folder, self._lock = _new_folder(directory)
        self._files = self._folder / "files"
        self._files.mkdir()
        self.scratch = self._folder / "scratch"
        self.scratch.mkdir()
        self._earlier = _manifest(directory)
        self._names: dict[str, str] = {}
        """Every file of this run, with the key of what it is made of; empty for one made every time."""
        self._kept: set[str] = set()
        self._keys: dict[str, str] = {}
        self._folders: set[Path] = set()

    def keep(self, name: str, data: bytes) -> None:
        """Write one file of the top folder, byte by byte."""
        (self._files / name).write_bytes(data)
        self._names[name] = ""

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """Write one file; `name` is relative, with forward slashes."""
        path = self._files / name
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        # A lone surrogate from a damaged document becomes "?": no reader could decode it.
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(pieces)
        self._names[name] = self._keys.pop(name, "")

    def stands(self, name: str, key: str) -> bool:
        """Tell whether an earlier run left this file, made of the same; else it is to be written now."""
        if self._earlier.get(name) == key and os.path.isfile(f"{self._directory}/{name}"):  # noqa: PTH113 - a third of the time, for each page of a site
            self._names[name] = key
            self._kept.add(name)
            return True
        self._keys[name] = key
        return False

    def text(self, name: str) -> str:
        """Return a file as an earlier run left it; "" where none did, or it cannot be read."""
        if name not in self._earlier:
            return ""
        try:
            return (self._directory / name).read_bytes().decode("utf-8", "replace")
        except OSError:
            return ""

    def publish(self) -> list[Path]:
        """Move the files into place, front page last, then remove pages of earlier runs."""
        # Until the new front page stands, the list names old and new files: a crash loses track of none,
        # and takes none of them for what it may not be yet.
        kept = {name: self._names[name] for name in self._kept}
        _write_manifest(
            self._directory, self._folder, dict.fromkeys([*self._names, *self._earlier], "") | kept
        )
        written = self._names.keys() - self._kept
        ordered = sorted(written, key=lambda name: (name == "index.html", "/" not in name))
        for name in ordered:
            target = self._directory / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (self._files / name).replace(target)
        for name in self._earlier.keys() - self._names.keys():
            _remove(self._directory, name)
        _write_manifest(self._directory, self._folder, self._names)
        return [self._directory / name for name in sorted(self._names, key=lambda n: (n != "index.html", n))]

    def discard(self) -> None:
        """Remove the staging folder."""
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(self._lock)


def _new_folder(directory: Path) -> tuple[Path, int]:
    """Make a staging folder; its lock tells it from what a killed run left, for it ends with the process."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=directory))
        lock = os.open(folder, os.O_RDONLY)
        with suppress(OSError):  # a file system without locks
            fcntl.flock(lock, fcntl.LOCK_SH)
        if folder.exists():
            return folder, lock
        os.close(lock)  # another run took it for a dead one's, before it was locked


def _sweep(directory: Path) -> None:
    """Remove staging folders that a killed run left behind: those whose lock nobody holds."""
    for folder in directory.glob(_STAGING + "*"):
        try:
            lock = os.open(folder, os.O_RDONLY)
        except OSError:  # its run has just ended
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # a run that lives, or a file system without locks
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)


def _manifest(directory: Path) -> dict[str, str]:
    """Return the files an earlier run wrote, with their keys; a damaged list means nothing is removed."""
    try:
        listed = json.loads((directory / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    names = listed.get("files") if isinstance(listed, dict) else None
    keys = listed.get("keys") if isinstance(listed, dict) else None
    if not isinstance(names, list):
        return {}
    known = keys if isinstance(keys, dict) else {}
    return {name: str(known.get(name, "")) for name in names if isinstance(name, str) and _inside(name)}


def _inside(name: str) -> bool:
    return bool(name) and not name.startswith("/") and ".." not in name.split("/") and "\\" not in name


def _write_manifest(directory: Path, folder: Path, files: Mapping[str, str]) -> None:
    new = folder / "manifest"
    keys = {name: key for name, key in files.items() if key}
    new.write_text(json.dumps({"files": list(files), "keys": keys}), "utf-8")  # indenting takes no C encoder
    new.replace(directory / MANIFEST)


def _remove(directory: Path, name: str) -> None:
    path = directory / name
    path.unlink(missing_ok=True)
    for parent in path.relative_to(directory).parents:
        if parent == Path():
            break
        try:
            (directory / parent).rmdir()
        except OSError:  # not empty
            break
