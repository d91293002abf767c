"""A report's assessments on disk, so that a report of any size is rendered in bounded memory."""

import pickle
import tempfile
from collections.abc import Iterator
from typing import IO

from monitor.model.run import Assessment


class Spool:
    """Assessments on disk, so that a report of any size is rendered in bounded memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the report
        self._count = 0

    def add(self, assessment: Assessment) -> None:
        """Append one assessment; not while iterating."""
        self._file.seek(0, 2)
        pickle.dump(assessment, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def close(self) -> None:
        """Give the disk space back; the report can no longer be rendered."""
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Assessment]:
        """Yield every assessment in the order added; may be called again."""
        position = 0
        for _ in range(self._count):
            self._file.seek(position)
            assessment: Assessment = pickle.load(self._file)  # noqa: S301 - our own temporary file
            position = self._file.tell()
            yield assessment
