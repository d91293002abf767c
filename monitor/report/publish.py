"""Writing reports so that nobody ever reads half of one.

Everything is rendered into a staging folder first: what can fail (rendering, a full disk) fails
there, and the old reports stay as they were. Then the files are renamed into place (a folder that
is new as a whole), the front page last, and pages that no longer exist are removed after it. A list
of what was written tells the next run which files are ours to remove; other people's files in the
folder are never touched.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

from monitor.errors import IncompleteError, UsageError
from monitor.model.run import Report
from monitor.report import registry
from monitor.report.file_list import EarlierFiles, WrittenFiles, listed
from monitor.report.kept_sheets import SHEETS
from monitor.report.patch_parts import PARTS, written_parts
from monitor.report.sheets import Sheets
from monitor.report.summary import summarise

MANIFEST = ".citation-monitor.json"
INDEX = "index.html"
_OF_SOURCES_AND_HOSTS = ("sources/", "hosts/")
_STAGING = ".citation-monitor-staging-"


def write_site(
    report: Report,
    directory: Path,
    formats: Sequence[str],
    advance: Callable[[int], None] = lambda _steps: None,
) -> None:
    """Write the report in the named formats ("html" is the status page).

    `advance` is told of steps done, of as many as `steps` says.
    Raises UsageError for an unknown format or a folder that cannot be written, IncompleteError
    where writing fails half-way (disk full); either way the old reports are still whole.
    """
    unknown = [name for name in formats if name != registry.SITE and name not in registry.NAMES]
    if unknown:
        known = ", ".join((registry.SITE, *registry.NAMES))
        raise UsageError(f"unknown report format {', '.join(map(repr, unknown))}; known: {known}")
    check_writable(directory)
    staging = None
    try:
        staging = _Staging(directory)
        for name in formats:
            if name == registry.SITE:
                from monitor.report.site.write import write_pages

                write_pages(report, staging.write, staging.scratch, formats, staging, advance)
                if report.patch is not None:
                    staging.keep(registry.PATCH, report.patch.data)
                    staging.keep(PARTS, written_parts(report.patch))
            else:
                staging.stream(registry.file_name(name), registry.render(name, report))
        staging.publish()
    except OSError as error:
        raise IncompleteError(
            f"cannot write the reports to {directory}: {error.strerror or error}; "
            "the old reports are untouched. Free some space or choose another folder, then run again"
        ) from error
    finally:
        if staging is not None:
            staging.discard()


def steps(report: Report, formats: Sequence[str]) -> int:
    """Return how many steps `write_site` takes: citations on documents' pages, pages of sources and hosts."""
    if registry.SITE not in formats:
        return 0
    summary = summarise(report)
    return summary.citations + summary.sources + len(summary.hosts)


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
        self._before = EarlierFiles(directory / MANIFEST)
        self._names = WrittenFiles()
        self._keys: dict[str, str] = {}
        """The key of what a file will be made of, until it is written."""
        self._new: dict[str, bool] = {}
        """Of folders that files were written for, whether there was none of this name yet."""

    def keep(self, name: str, data: bytes) -> None:
        """Write one file of the top folder, byte by byte."""
        (self._files / name).write_bytes(data)
        self._names.add(name, "")

    def stream(self, name: str, pieces: Iterable[str]) -> None:
        """Write one file of the top folder, piece by piece."""
        with (self._files / name).open("wb") as file:
            file.writelines(map(_encoded, pieces))
        self._names.add(name, "")

    def write(self, name: str, text: str) -> None:
        """Write one page; `name` is relative, with forward slashes."""
        # A file object asks the system three things more, for each page of a site.
        _write(self._staged(name), _encoded(text))
        self._names.add(name, self._keys.pop(name, ""))

    def _staged(self, name: str) -> str:
        """Return where a file is staged: in a folder of its own where that is new, which comes as a whole."""
        folder = name.rpartition("/")[0]
        return f"{self._files}/{name if folder and self._is_new(folder) else name.replace('/', ':')}"

    def _is_new(self, folder: str) -> bool:
        if folder not in self._new:
            above = folder.rpartition("/")[0]
            new = (bool(above) and self._is_new(above)) or not os.path.lexists(self._directory / folder)
            if new:
                (self._files / folder).mkdir(parents=True)
            self._new[folder] = new
        return self._new[folder]

    def stands(self, name: str, key: str) -> bool:
        """Tell whether an earlier run left this file, made of the same; else it is to be written now."""
        line = listed(name, key)
        if self._before.holds(line) and self._before.there(name):
            self._names.keep(line)
            return True
        self._keys[name] = key
        return False

    def made_of(self, sheets: Sheets, look: str) -> bool:
        """Tell whether pages of sources and hosts look so, show the sheets kept of it, and are all there."""
        kept = sheets.kept
        return (
            kept is not None
            and kept.folder == self._directory
            and self._before.holds(_sheets_line(kept.digest, look))
            and self._before.whole(_OF_SOURCES_AND_HOSTS)
        )

    def keep_others(self, beginnings: Iterable[str], touched: Callable[[str], bool]) -> None:
        """Let the pages of sources and hosts stand whose address is not touched."""
        self._before.keep_below(_OF_SOURCES_AND_HOSTS, beginnings, touched)

    def keep_sheets(self, sheets: Sheets, look: str) -> None:
        """Keep the sheets that the pages show now, if they may be."""
        kept = sheets.kept
        line = _sheets_line(kept.digest if kept else None, look)
        if kept is not None and self._before.holds(line) and not sheets.fresh_ones() and not kept.left_over():
            self._names.keep(line)
        elif sheets.lasting:
            digest = sheets.write(self._files / SHEETS)
            line = _sheets_line(digest, look)
            if kept is not None and kept.digest == digest and self._before.holds(line):
                (self._files / SHEETS).unlink()
                self._names.keep(line)
            else:
                self._names.add(SHEETS, f"{digest} {look}")

    def text(self, name: str) -> str:
        """Return a file as an earlier run left it; "" where none did, or it cannot be read."""
        if not self._before.names(name):
            return ""
        try:
            return (self._directory / name).read_bytes().decode("utf-8", "replace")
        except OSError:
            return ""

    def publish(self) -> None:
        """Move the files into place, front page last, then remove pages of earlier runs."""
        # Until the new front page stands, the list names old and new files: a crash loses track of none,
        # and takes none of them for what it may not be yet.
        same = all(self._before.holds(listed(name, "")) for name in self._names)
        if not same:
            self._list(under_way=True)
        self._move()
        gone = self._before.gone(self._names)
        first = next(gone, None)
        if same and first is None and all(map(self._before.holds, self._names.lines())):
            return  # the list that is there names the same files, made of the same
        if first is not None:
            _remove(self._directory, chain((first,), gone))
        self._list()

    def _move(self) -> None:
        """Rename every file into place, or the new folder it is in; the front page last."""
        whole: dict[str, bool] = {}
        top: list[str] = []
        for name in self._names:
            folder = name.rpartition("/")[0]
            if not folder:
                top.append(name)
            elif not self._moved(folder, whole):
                self._replace(name)
        for name in sorted(top, key=INDEX.__eq__):
            self._replace(name)

    def _moved(self, folder: str, whole: dict[str, bool]) -> bool:
        """Tell whether a folder is in place as it was staged; where there is none yet, it is moved now."""
        if folder not in whole:
            above = folder.rpartition("/")[0]
            whole[folder] = (bool(above) and self._moved(above, whole)) or self._move_whole(folder)
            if not whole[folder]:
                (self._directory / folder).mkdir(parents=True, exist_ok=True)
        return whole[folder]

    def _move_whole(self, folder: str) -> bool:
        there = self._directory / folder
        if not self._new[folder] or os.path.lexists(there):
            return False
        try:
            (self._files / folder).rename(there)
        except OSError:  # a file system that cannot
            return False
        return True

    def _replace(self, name: str) -> None:
        os.replace(self._staged(name), f"{self._directory}/{name}")  # noqa: PTH105 - a third of the time, a page

    def _list(self, *, under_way: bool = False) -> None:
        new = self._folder / "manifest"
        self._before.write(new, self._names, under_way=under_way)
        new.replace(self._directory / MANIFEST)

    def discard(self) -> None:
        """Remove the staging folder."""
        self._before.close()
        self._names.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(self._lock)


def _sheets_line(digest: str | None, look: str) -> bytes:
    """Return the line of kept sheets in the list of what was written, once pages that look so show them."""
    return listed(SHEETS, f"{digest} {look}")


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


def _encoded(text: str) -> bytes:
    # A lone surrogate from a damaged document becomes "?": no reader could decode it.
    return text.encode("utf-8", "replace")


def _write(path: str, data: bytes) -> None:
    """Write a file of this size."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        written = os.write(number, data)
        while written < len(data):  # a disk that is nearly full
            written += os.write(number, data[written:])
    finally:
        os.close(number)


def _remove(directory: Path, names: Iterable[str]) -> None:
    """Remove files, and the folders that are empty then."""
    folders: set[Path] = set()
    for name in names:
        (directory / name).unlink(missing_ok=True)
        folders.update(Path(name).parents)
    folders.discard(Path())
    for folder in sorted(folders, reverse=True):  # what is within another before it
        with suppress(OSError):  # not empty
            (directory / folder).rmdir()
