"""Files as a person expects them: replaced whole or not at all, shown by the name that is seen from here."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from monitor.errors import UsageError

_PREFIX, _SUFFIX = ".citation-monitor-", ".tmp"
"""Names of files until they are whole: not made of what they replace, whose name may be as long as can be."""
_ABANDONED_S = 600.0
"""Nobody takes so long from a file's first byte to its renaming: whoever wrote it was killed."""


def is_file(path: Path) -> bool:
    """Tell whether a file is there; not for a name that no file can have, which documents may well hold."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def shown(path: Path) -> str:
    """Return the name shown to people: relative to the working directory where possible, with "/"."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder for documents that are no files; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="citation-monitor-") as folder:
        yield Path(folder)


def replace_file(path: Path, data: bytes, *, like: Path | None = None) -> None:
    """Write a file atomically, keeping its permissions; a link is followed, not replaced.

    With `like` it gets that file's owner and attributes too.

    UsageError with the remedy where it cannot be written; the old file is then untouched.
    """
    target = path.resolve()
    try:
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        _sweep(target.parent)
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if like is not None:
                _likened(name, like)
            Path(name).chmod(mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written: {error.strerror or error}; make it and its folder writable"
        ) from error


def replace_document(path: Path, data: bytes) -> None:
    """Write a file that is somebody else's: as `replace_file`, with owner, group and attributes kept.

    UsageError, and nothing changed, where that cannot be: it is read-only, has further hard links (they
    would go on with the old text), or its owner cannot be given to the new file.
    """
    try:
        known = path.resolve().stat()
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
    if known.st_nlink > 1:
        raise UsageError(f"{path}: not written: it has {known.st_nlink - 1} more hard links; edit it by hand")
    if not known.st_mode & 0o222:
        raise UsageError(f"{path}: not written: it is read-only; make it writable")
    replace_file(path, data, like=path.resolve())


def _likened(name: str, like: Path) -> None:
    """Give a new file the owner, group and extended attributes (access lists) of another."""
    known, made = like.stat(), Path(name).stat()
    if (known.st_uid, known.st_gid) != (made.st_uid, made.st_gid):
        os.chown(name, known.st_uid, known.st_gid)
    if hasattr(os, "listxattr"):
        for attribute in os.listxattr(like):
            os.setxattr(name, attribute, os.getxattr(like, attribute))


@cache
def _sweep(folder: Path) -> None:
    """Remove what killed processes left half-written; once a process, for folders may be large."""
    for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        try:
            if time.time() - left.stat().st_mtime > _ABANDONED_S:
                left.unlink()
        except OSError:  # another process was quicker, or it is somebody else's
            continue


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
