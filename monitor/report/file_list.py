"""The list of a site's files, with the key of what each is made of: a line each on disk, in memory in little.

Of a million pages the names alone would take some hundred megabytes. Here a name is told by eight bytes of
its digest; the list itself is gone through where names are wanted.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from monitor.report.digests import Digests


def _with_key(name: str, key: str) -> str:
    return f"{name}\0{key}"


class EarlierFiles:
    """What an earlier run wrote, by the list as it is when this is made; a damaged one names nothing.

    Then nothing is removed. Names that lead out of the folder are passed over: anybody may have written them.
    """

    def __init__(self, path: Path) -> None:
        self._names, self._made = Digests(), Digests()
        self._file: TextIO | None = None
        with suppress(OSError):  # the first run
            self._file = path.open(encoding="utf-8")
        try:
            for name, key in self._entries():
                self._names.add(name)
                if key:
                    self._made.add(_with_key(name, key))
        except (OSError, ValueError):
            self.close()
            self._names, self._made = Digests(), Digests()

    def close(self) -> None:
        """Let go of the list."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __iter__(self) -> Iterator[str]:
        """Yield every name."""
        return (name for name, _ in self._entries())

    def names(self, name: str) -> bool:
        """Tell whether the list names a file."""
        return name in self._names

    def holds(self, name: str, key: str) -> bool:
        """Tell whether the list names a file made of this."""
        return _with_key(name, key) in self._made

    def _entries(self) -> Iterator[tuple[str, str]]:
        if self._file is None:
            return
        self._file.seek(0)
        for line in self._file:
            found = json.loads(line)
            for name, key in _as_once_written(found) if isinstance(found, dict) else [_pair(found)]:
                if _inside(name):
                    yield name, key


def _pair(found: object) -> tuple[str, str]:
    if isinstance(found, list) and len(found) == 2 and all(isinstance(part, str) for part in found):
        return found[0], found[1]
    raise ValueError("no name and key")


def _as_once_written(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the files of a list in one object, as versions before 2026-12 wrote it."""
    names, keys = found.get("files"), found.get("keys")
    if not isinstance(names, list):
        raise ValueError("no list of files")  # noqa: TRY004 - what is damaged is no mistake of a caller
    known = keys if isinstance(keys, dict) else {}
    yield from ((name, str(known.get(name, ""))) for name in names if isinstance(name, str))


def _inside(name: str) -> bool:
    return bool(name) and not name.startswith("/") and ".." not in name.split("/") and "\\" not in name


class WrittenFiles:
    """What a run writes and what it leaves standing, in the order of its work."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+", encoding="utf-8")
        self._names = Digests()

    def add(self, name: str, key: str, *, kept: bool) -> None:
        """Note a file, the key of what it is made of ("" for one made every time), and whether it stands."""
        self._names.add(name)
        self._file.write(json.dumps((name, key, kept)) + "\n")

    def __iter__(self) -> Iterator[tuple[str, str, bool]]:
        """Yield name, key and whether it stands of every file; one who asks at a time, and none adds."""
        self._file.seek(0)
        for line in self._file:
            name, key, kept = json.loads(line)
            yield name, key, kept

    def names(self, name: str) -> bool:
        """Tell whether a file was noted."""
        return name in self._names

    def close(self) -> None:
        """Let go of the list."""
        self._file.close()


def write_list(path: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write a list that `EarlierFiles` reads."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(entry) + "\n" for entry in files)
