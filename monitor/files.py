"""Files as a person expects them: replaced whole or not at all."""

import os
import tempfile
from pathlib import Path

from monitor.errors import UsageError


def replace_file(path: Path, data: bytes) -> None:
    """Write a file atomically, keeping its permissions; a link is followed, not replaced.

    UsageError with the remedy where it cannot be written; the old file is then untouched.
    """
    target = path.resolve()
    try:
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written: {error.strerror or error}; make it and its folder writable"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
