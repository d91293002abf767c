"""A report's assessments on disk, so that a report of any size is rendered in bounded memory."""

import io
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from monitor.model.run import Assessment
from monitor.report.packing import SIZE, Packer, take_packed


class Spool:
    """Assessments on disk, written once and read as often as formats ask."""

    def __init__(self) -> None:
        # Lives as long as the report; a buffer of some hundred assessments saves as many calls.
        self._file = cast("BinaryIO", tempfile.TemporaryFile(buffering=2**18))  # noqa: SIM115
        self.packer = Packer(Assessment)
        self._count = 0

    def add(self, assessment: Assessment) -> None:
        """Append one assessment; not while iterating."""
        self.add_packed(self.packer.pack(assessment), None)

    def add_packed(self, packed: bytes, previous: str | None) -> None:
        """Append one as `packer` packs it; `previous` takes the place of its own, unless it is None."""
        state = (previous or "").encode()
        self._file.write(b"".join((SIZE.pack(len(packed)), packed, SIZE.pack(len(state)), state)))
        self._count += 1

    def close(self) -> None:
        """Give the disk space back; the report can no longer be rendered."""
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Assessment]:
        """Yield every assessment in the order added; may be called again, also before the last has ended."""
        self._file.flush()
        # A reader of its own: two may be under way at once, each at another place.
        with io.BufferedReader(_Places(self._file), 2**18) as file:
            stored = cast("BinaryIO", file)
            while (packed := take_packed(stored)) is not None:
                assessment, previous = self.packer.unpack(packed), take_packed(stored)
                yield replace(assessment, previous=previous.decode()) if previous else assessment


class _Places(io.RawIOBase):
    """Reads a file from its beginning at a place of its own, without moving the file's."""

    def __init__(self, file: BinaryIO) -> None:
        self._descriptor = file.fileno()
        self._at = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer with what comes next."""
        view = memoryview(cast("bytearray", buffer))
        data = os.pread(self._descriptor, len(view), self._at)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
