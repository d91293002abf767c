"""The list of a site's files, with the key of what each is made of: a line each on disk, in memory in little.

Of a million pages the names alone would take some hundred megabytes. Here a name is told by eight bytes of
its digest; the list itself is gone through where names are wanted.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from monitor.report.digests import Digests

_AT_ONCE = 2**18
"""Bytes of a list read at a time."""

_ENTRY = msgspec.json.Decoder(tuple[str, str])
_write_json = msgspec.json.Encoder().encode


class EarlierFiles:
    """What an earlier run wrote, by the list as it is when this is made; a damaged one names nothing.

    Then nothing is removed. Names that lead out of the folder are passed over: anybody may have written them.
    """

    def __init__(self, path: Path) -> None:
        self._folder = path.parent
        self._made = Digests()
        self._names: Digests | None = None
        self._count = 0
        self._there: dict[str, Digests] = {}
        self._file: BinaryIO | None = None
        with suppress(OSError):  # the first run
            self._file = path.open("rb")
        self._plain = True
        """Whether every line is as `listed` writes it."""
        try:
            for some in self._read():
                if not all(map(_is_plain, some)):
                    self._plain = False
                lines = some if self._plain else list(chain.from_iterable(map(_as_listed, some)))
                self._made.add_all(lines)
                self._count += len(lines)
        except (OSError, ValueError):
            self.close()
            self._made = Digests()
            self._count = 0

    def close(self) -> None:
        """Let go of the list."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __iter__(self) -> Iterator[str]:
        """Yield every name; a line that cannot be read names nothing."""
        for line in self.lines():
            if (name := named(line)) is not None:
                yield name

    def __len__(self) -> int:
        return self._count

    def names(self, name: str) -> bool:
        """Tell whether the list names a file."""
        if self._names is None:  # a night on which no page changes never asks
            self._names = Digests()
            for one in self:
                self._names.add(one)
        return name in self._names

    def holds(self, line: bytes) -> bool:
        """Tell whether the list holds a line: this file, made of this."""
        return line in self._made

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
        sums: dict[str, int] = {}
        begins = _begins(folders)
        for line in self.lines():
            if line.startswith(begins):
                folder, _, last = _name_of(line).rpartition("/")
                sums[folder] = sums.get(folder, 0) + hash(last)
        return all(
            total == self._sum(folder) or self._all_there((f"{folder}/",)) for folder, total in sums.items()
        )

    def _all_there(self, folders: tuple[str, ...]) -> bool:
        begins = _begins(folders)
        return all(self.there(_name_of(line)) for line in self.lines() if line.startswith(begins))

    def _sum(self, folder: str) -> int | None:
        try:
            return sum(map(hash, os.listdir(self._folder / folder)))  # noqa: PTH208 - names, and nothing more
        except OSError:
            return None

    def below(self, folders: tuple[str, ...], touched: Callable[[str], bool]) -> bytearray:
        """Tell of each line whether its file is below one of some folders, and is not touched."""
        begins, found = _begins(folders), bytearray()
        for some in self._parts():
            found += bytes(line.startswith(begins) and not touched(_name_of(line)) for line in some)
        return found

    def lines(self) -> Iterator[bytes]:
        """Yield every line as `listed` writes it; ValueError at one that is no entry by its looks."""
        return chain.from_iterable(self._parts())

    def _parts(self) -> Iterator[Sequence[bytes]]:
        """Yield the lines, many at a time, as `listed` writes them."""
        for some in self._read():
            yield some if self._plain else list(chain.from_iterable(map(_as_listed, some)))

    def _read(self) -> Iterator[Sequence[bytes]]:
        if self._file is None:
            return
        at = 0
        while True:
            self._file.seek(at)
            some = self._file.readlines(_AT_ONCE)
            at = self._file.tell()
            if not some:
                return
            yield some


def _is_plain(line: bytes) -> bool:
    return line.startswith(b'["') and line.endswith(b'"]\n')


def _as_listed(line: bytes) -> Iterable[bytes]:
    """Return a line, and what is written otherwise, as `listed` writes it."""
    if _is_plain(line):
        return (line,)
    return (listed(name, key) for name, key in _otherwise_written(line))


def _begins(folders: Iterable[str]) -> tuple[bytes, ...]:
    """Return what lines of files below some folders begin with; each of these ends with a slash."""
    return tuple(f'["{folder}'.encode() for folder in folders)


def _name_of(line: bytes) -> str:
    """Return the name that a line bears, as `named` does; "" for none."""
    if b"\\" in line or b".." in line:
        return named(line) or ""
    return line[2 : line.index(b'"', 2)].decode("utf-8", "replace")


def named(line: bytes) -> str | None:
    """Return the name that a line bears; None where it cannot be read, or leads out of the folder."""
    try:
        name, _ = _ENTRY.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        try:
            name = next(name for name, _ in _otherwise_written(line))
        except (ValueError, StopIteration):
            return None
    return name if _inside(name) else None


def _otherwise_written(line: bytes) -> Iterator[tuple[str, str]]:
    """Yield what a line names that is no plain pair; ValueError where it is damaged.

    A name may hold a lone surrogate, and versions before 2026-12 wrote one object of all files.
    """
    found: Any = json.loads(line)
    if isinstance(found, dict) and isinstance(found.get("files"), list):
        keys = found.get("keys")
        known = keys if isinstance(keys, dict) else {}
        files = [(name, str(known.get(name, ""))) for name in found["files"] if isinstance(name, str)]
    elif isinstance(found, list) and len(found) == 2 and all(isinstance(part, str) for part in found):
        files = [(found[0], found[1])]
    else:
        raise ValueError("no list of files")
    yield from (entry for entry in files if _inside(entry[0]))


def _inside(name: str) -> bool:
    if ".." not in name and "\\" not in name:  # as nearly all
        return bool(name) and name[0] != "/"
    return name[0] != "/" and ".." not in name.split("/") and "\\" not in name


class WrittenFiles:
    """What a run writes, in the order of its work, and which lines of an earlier list stand."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("wb+")
        self._kept, self._written = Digests(), Digests()

    def keep(self, line: bytes) -> None:
        """Note the line of a file that stands as an earlier run left it."""
        self._kept.add(line)

    def add(self, name: str, key: str) -> None:
        """Note a file that was written, with the key of what it is made of ("" for one made every time)."""
        self._written.add(name)
        self._file.write(listed(name, key))

    def lines(self) -> Iterator[bytes]:
        """Yield the line of every file that was written; one who asks at a time, and none adds."""
        self._file.seek(0)
        return iter(self._file)

    def __iter__(self) -> Iterator[str]:
        """Yield the name of every file that was written; as `lines`."""
        return (_name(line) for line in self.lines())

    def kept(self, line: bytes) -> bool:
        """Tell whether the file of a line stands as it was."""
        return line in self._kept

    def wrote(self, name: str) -> bool:
        """Tell whether a file was written."""
        return name in self._written

    def __len__(self) -> int:
        """Return how many files were written."""
        return self._written.distinct()

    def close(self) -> None:
        """Let go of the list."""
        self._file.close()


def write_list(path: Path, lines: Iterable[bytes]) -> None:
    """Write a list that `EarlierFiles` reads."""
    with path.open("wb") as file:
        file.writelines(lines)


def listed(name: str, key: str) -> bytes:
    """Return the line of a file: its name and the key of what it is made of."""
    try:
        return _write_json((name, key)) + b"\n"
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps((name, key)).encode() + b"\n"


def _name(line: bytes) -> str:
    try:
        return _ENTRY.decode(line)[0]
    except (msgspec.DecodeError, UnicodeDecodeError):  # a lone surrogate
        return str(json.loads(line)[0])
