"""Many texts, lines or numbers in little memory: eight bytes each, for as long as this process lives."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_PARTS = 64
_LAST = _PARTS - 1


class Digests:
    """Texts that are added first, then asked for; told by their hash, which nobody outside can foresee."""

    def __init__(self) -> None:
        self._parts = [array("q") for _ in range(_PARTS)]
        self._ordered = True

    def add(self, text: str | bytes | int) -> None:
        """Add a text, or a number of eight bytes that stands for one."""
        digest = hash(text)
        self._parts[digest & _LAST].append(digest)
        self._ordered = False

    def add_all(self, numbers: Iterable[int]) -> None:
        """Add many numbers."""
        parts = self._parts
        for digest in map(hash, numbers):
            parts[digest & _LAST].append(digest)
        self._ordered = False

    def __contains__(self, text: str | bytes | int) -> bool:
        """Tell whether a text was added."""
        if not self._ordered:
            self._parts = [array("q", sorted(part)) for part in self._parts]
            self._ordered = True
        digest = hash(text)
        part = self._parts[digest & _LAST]
        at = bisect_left(part, digest)
        return at < len(part) and part[at] == digest

    def distinct(self) -> int:
        """Return how many different texts were added."""
        return sum(len(set(part)) for part in self._parts)
