"""Grouping more items than fit in memory: items go to buckets on disk, buckets come back one by one."""

import pickle
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

BUCKETS = 64


class Grouping:
    """Collects (key, item) pairs in a private folder and yields them grouped by key.

    The folder is ours and new, so what is unpickled is what this process pickled.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self._paths = [folder / f"{number:02d}" for number in range(BUCKETS)]
        self._files: list[BinaryIO] = [path.open("wb") for path in self._paths]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            file.close()
        for path in self._paths:
            path.unlink(missing_ok=True)
        self._paths[0].parent.rmdir()

    def put(self, key: str, item: Any) -> None:
        """Add an item to the group `key`."""
        bucket = zlib.crc32(key.encode("utf-8", "surrogatepass")) % BUCKETS
        pickle.dump((key, item), self._files[bucket], pickle.HIGHEST_PROTOCOL)

    def groups(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield every group once, its items in the order they were put; one bucket in memory at a time."""
        for file, path in zip(self._files, self._paths, strict=True):
            file.close()
            grouped: dict[str, list[Any]] = {}
            with path.open("rb") as stored:
                while stored.peek(1):
                    key, item = pickle.load(stored)  # noqa: S301 - written a moment ago by this object
                    grouped.setdefault(key, []).append(item)
            yield from grouped.items()
