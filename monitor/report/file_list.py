"""The list of a site's files, with the key of what each is made of: a line each on disk, little in memory.

Of a million pages the names alone would take some hundred megabytes. Here what a night asks of is looked up
in the list, and a name that it wrote is told by eight bytes of its digest.
"""

import heapq
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from monitor.report import sorted_lines
from monitor.report.digests import Digests
from monitor.report.sorted_lines import SortedLines, start_of, summed

_IN_MEMORY = 2**15
"""Lines of a run that are in memory at a time."""

_ENTRY = msgspec.json.Decoder(tuple[str, str])
_write_json = msgspec.json.Encoder().encode


class EarlierFiles:
    """What an earlier run wrote, by the list as it is when this is made; a damaged one names nothing.

    Then nothing is removed. Names that lead out of the folder are passed over: anybody may have written them.
    """

    def __init__(self, path: Path) -> None:
        self._folder = path.parent
        self._there: dict[str, Digests] = {}
        self._file: BinaryIO | None = None
        self._lines = SortedLines(None)
        self._looked_at: dict[int, list[bytes]] | None = None
        """By block, the lines that do not stand unseen; None for all."""
        with suppress(OSError):  # the first run
            self._file = path.open("rb")
        if self._file is not None:
            try:
                self._lines = SortedLines(self._file)
            except (OSError, ValueError):
                self._file = _in_order(self._file)
                self._lines = SortedLines(self._file)

    def close(self) -> None:
        """Let go of the list."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __iter__(self) -> Iterator[str]:
        """Yield every name; a line that cannot be read names nothing."""
        return (name for line in self._lines if (name := named(line)) is not None)

    def names(self, name: str) -> bool:
        """Tell whether the list names a file."""
        start = start_of(listed(name, ""))
        return next(self._lines.find(start), None) is not None

    def holds(self, line: bytes) -> bool:
        """Tell whether the list holds a line: this file, made of this."""
        return line in self._lines

    def there(self, name: str) -> bool:
        """Tell whether there is a file of this name; each folder is read once, when it is first asked of."""
        folder, _, last = name.rpartition("/")
        found = self._there.get(folder)
        if found is None:
            found = self._there[folder] = Digests()
            with suppress(OSError), os.scandir(self._folder / folder) as entries:
                for entry in entries:
                    if entry.is_file():
                        found.add(entry.name)
        return last in found

    def whole(self, folders: tuple[str, ...]) -> bool:
        """Tell whether all files listed below some folders are there.

        Where nobody added or took away a file, what is listed of a folder is what it holds: one sum tells.
        """
        begins = tuple(folder.encode() for folder in folders)
        return all(
            total == self._sum(folder) or self._all_there(folder)
            for folder, total in self._lines.sums.items()
            if (folder + b"/").startswith(begins)
        )

    def _all_there(self, folder: bytes) -> bool:
        return all(self.there(named(line) or "") for _, line in self._lines.find(b'["%b/' % folder))

    def _sum(self, folder: bytes) -> int | None:
        try:
            return summed(os.listdir(b"%b/%b" % (os.fsencode(self._folder), folder)))  # noqa: PTH208 - names as bytes
        except OSError:
            return None

    def keep_below(
        self, folders: tuple[str, ...], beginnings: Iterable[str], touched: Callable[[str], bool]
    ) -> None:
        """Let files below some folders stand unseen; a name that is touched begins as one of `beginnings`."""
        begins = tuple(f'["{folder}'.encode() for folder in folders)
        found: dict[int, list[bytes]] = defaultdict(list)
        for number in range(len(self._lines)):
            if not any(_within(self._lines.bounds(number), begin) for begin in begins):
                lines = self._lines.block(number).splitlines(keepends=True)
                found[number] = [line for line in lines if not line.startswith(begins)]
        for beginning in beginnings:
            start = start_of(listed(beginning, ""))[: -len(b'","')]
            for number, line in self._lines.find(start):
                if line.startswith(begins) and touched(named(line) or ""):
                    found[number].append(line)
        self._looked_at = found

    def _seen(self, number: int) -> Iterable[bytes]:
        """Return the lines of a block that do not stand unseen."""
        if self._looked_at is None:
            return self._lines.block(number).splitlines(keepends=True)
        return self._looked_at.get(number, ())

    def gone(self, written: "WrittenFiles") -> Iterator[str]:
        """Yield the files that neither stand nor were written anew."""
        for number in range(len(self._lines)):
            for line in self._seen(number):
                if not written.kept(line) and (name := named(line)) is not None and not written.wrote(name):
                    yield name

    def write(self, path: Path, written: "WrittenFiles", *, under_way: bool = False) -> None:
        """Write the list of the files that stand, and of those written.

        While these are `under_way` to their places, the list names those that go as well, and tells what a
        file is made of for those only that stand.
        """

        def gone(number: int) -> list[bytes]:
            return [line for line in self._seen(number) if not written.kept(line)]

        if under_way:
            sorted_lines.write(path, self._lines, gone, map(_unknown, written.lines()), _unknown)
        else:
            sorted_lines.write(path, self._lines, gone, written.lines())


def _in_order(file: BinaryIO) -> BinaryIO:
    """Return a list of an earlier version, or one that somebody edited, as it is written now."""
    entries: dict[str, str] = {}
    with file, suppress(OSError, ValueError):
        file.seek(0)
        entries = dict(entry for line in file for entry in _entries(line))
    lines = sorted(listed(name, key) for name, key in entries.items())
    ordered = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - the caller closes it
    sorted_lines.write(ordered, SortedLines(None), lambda _number: (), lines)
    ordered.seek(0)
    return ordered


def _within(bounds: tuple[bytes, bytes | None], beginning: bytes) -> bool:
    """Tell whether all lines of a block begin so."""
    first, end = bounds
    return first.startswith(beginning) and end is not None and end.startswith(beginning)


def _unknown(line: bytes) -> bytes:
    """Return the line of the same file, made of nothing known."""
    return start_of(line) + b'"]\n'


def named(line: bytes) -> str | None:
    """Return the name that a line bears; None where it cannot be read, or leads out of the folder."""
    try:
        return next((name for name, _ in _entries(line)), None)
    except ValueError:
        return None


def _entries(line: bytes) -> Iterable[tuple[str, str]]:
    """Return what a line names, with the key of each; ValueError where it is damaged.

    A name may hold a lone surrogate, and versions before 2026-12 wrote one object of all files.
    """
    try:
        found: Any = _ENTRY.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        found = json.loads(line)
    if isinstance(found, dict) and isinstance(found.get("files"), list):
        keys = found.get("keys")
        known = keys if isinstance(keys, dict) else {}
        files = [(name, str(known.get(name, ""))) for name in found["files"] if isinstance(name, str)]
    elif isinstance(found, list | tuple) and len(found) == 2 and all(isinstance(part, str) for part in found):
        files = [(found[0], found[1])]
    else:
        raise ValueError("no list of files")
    return [entry for entry in files if _inside(entry[0])]


def _inside(name: str) -> bool:
    if ".." not in name and "\\" not in name:  # as nearly all
        return bool(name) and name[0] != "/"
    return name[0] != "/" and ".." not in name.split("/") and "\\" not in name


class WrittenFiles:
    """What a run writes, and which lines of an earlier list stand; not all in memory where they are many."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._runs: list[BinaryIO] = []
        """Lines in order, written down when there were many."""
        self._kept, self._written = Digests(), Digests()

    def keep(self, line: bytes) -> None:
        """Note the line of a file that stands as an earlier run left it."""
        self._kept.add(line)

    def add(self, name: str, key: str) -> None:
        """Note a file that was written, with the key of what it is made of ("" for one made every time)."""
        self._written.add(name)
        self._lines.append(listed(name, key))
        if len(self._lines) >= _IN_MEMORY:
            run = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - `close` closes it
            run.writelines(sorted(self._lines))
            self._runs.append(run)
            self._lines.clear()

    def lines(self) -> Iterator[bytes]:
        """Yield the line of every file that was written, in order; one who asks at a time, and none adds."""
        self._lines.sort()
        for run in self._runs:
            run.seek(0)
        return heapq.merge(*self._runs, self._lines) if self._runs else iter(self._lines)

    def __iter__(self) -> Iterator[str]:
        """Yield the name of every file that was written; as `lines`."""
        return (_name(line) for line in self.lines())

    def kept(self, line: bytes) -> bool:
        """Tell whether the file of a line stands as it was."""
        return line in self._kept

    def wrote(self, name: str) -> bool:
        """Tell whether a file was written."""
        return name in self._written

    def close(self) -> None:
        """Give the disk space back."""
        for run in self._runs:
            run.close()


def listed(name: str, key: str) -> bytes:
    """Return the line of a file: its name and the key of what it is made of."""
    try:
        return _write_json((name, key)) + b"\n"
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps((name, key), separators=(",", ":")).encode() + b"\n"


def _name(line: bytes) -> str:
    try:
        return _ENTRY.decode(line)[0]
    except (msgspec.DecodeError, UnicodeDecodeError):  # a lone surrogate
        return str(json.loads(line)[0])
