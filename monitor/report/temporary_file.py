"""A file of this process, gone with it."""

import os
import tempfile
from typing import BinaryIO, cast


class TemporaryFile:
    """A file of this process that is appended to, and read at any place meanwhile."""

    def __init__(self) -> None:
        # A buffer of some hundred assessments saves as many calls.
        self._file = cast("BinaryIO", tempfile.TemporaryFile(buffering=2**18))  # noqa: SIM115
        self.size = 0
        self._flushed = 0

    def append(self, data: bytes) -> int:
        """Append bytes; return where they begin."""
        at = self.size
        self._file.write(data)
        self.size += len(data)
        return at

    def read(self, at: int, size: int) -> bytes:
        """Return so many bytes from a place on."""
        if self._flushed < self.size:
            self._file.flush()
            self._flushed = self.size
        return os.pread(self._file.fileno(), size, at)

    def close(self) -> None:
        """Give the disk space back."""
        self._file.close()
