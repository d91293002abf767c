"""Exceptions and exit codes: one class, one code; the message says what to do.

MonitorError
├── UsageError            exit 2   bad arguments, missing or unreadable input
│   └── ConfigError       exit 2   every fault of the configuration at once
├── IncompleteError       exit 3   our side failed: network, archive, store, disk
│   └── StoreError        exit 3   database locked, damaged, or newer than this program
└── (anything else)       exit 4   a bug of ours

"Could not tell" is never exit 1 (docs/design.md#exit-codes).
"""

import errno
from collections.abc import Sequence
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process says when it ends (README, "Exit codes")."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INCOMPLETE = 3
    BUG = 4


class MonitorError(Exception):
    """A failure with a remedy; the message is one clear line for a person."""

    exit_code: ExitCode = ExitCode.BUG


def named_in(failed: BaseException) -> BaseException:
    """Return why tasks failed together: the failure with a remedy, where no bug is among them."""
    if not isinstance(failed, BaseExceptionGroup):
        return failed
    leaves = [named_in(one) for one in failed.exceptions]
    named = [one for one in leaves if isinstance(one, MonitorError)]
    return named[0] if len(named) == len(leaves) else failed


class UsageError(MonitorError):
    """The call or an input is wrong; the caller can mend it."""

    exit_code = ExitCode.USAGE


class ConfigError(UsageError):
    """The configuration is wrong; every fault is listed at once."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class IncompleteError(MonitorError):
    """Our own side failed, so nothing may be concluded."""

    exit_code = ExitCode.INCOMPLETE


class StoreError(IncompleteError):
    """The database cannot be used as it is."""


_NAMES = {
    errno.ENAMETOOLONG: "shorten that name",
    errno.ELOOP: "symbolic links lead in a circle; mend them or name another file",
}
_MACHINE = {
    errno.ENOSPC: "free some space and run again",
    errno.EDQUOT: "free some space and run again",
    errno.EROFS: "name a place that may be written",
    errno.EACCES: "give the user who runs this leave, or name another place",
    errno.EPERM: "give the user who runs this leave, or name another place",
    errno.EIO: "look after that disk",
    errno.EMFILE: "allow more open files (ulimit -n)",
    errno.ENFILE: "allow more open files (sysctl fs.file-max)",
}


def refused_by_system(error: OSError) -> MonitorError | None:
    """Return what the system refused, with a remedy; None where it may be our own mistake."""
    said = f"{error.filename or 'the system'}: {error.strerror}"
    if error.errno in _NAMES:
        return UsageError(f"{said}; {_NAMES[error.errno]}")
    if error.errno in _MACHINE:
        return IncompleteError(f"{said}; {_MACHINE[error.errno]}")
    return None


def advice(extra: str) -> str:
    """Return how an extra of this package is installed."""
    return f"pip install 'citation-monitor[{extra}]'"
