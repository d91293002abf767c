"""Which process carries out a run, so that a run under way is told from one that was cut off."""

import functools
import os
import platform
import uuid

from monitor.model.run import Run

_HERE = platform.node() or "localhost"


def owner() -> str:
    """Name this process: its machine, its number, and a mark of its own."""
    return f"{_HERE}/{os.getpid()}/{_mark(os.getpid())}"


@functools.cache
def _mark(_process: int) -> str:
    """Tell a process from an earlier one of the same number: in a container every process is number 1."""
    return uuid.uuid4().hex[:8]


def is_under_way(run: Run) -> bool:
    """Tell whether a run that has not ended may still go on: its process lives, or is another machine's."""
    if run.owner is None:
        return False
    host, number, mark = run.owner.split("/")
    if host != _HERE:
        return True
    if int(number) == os.getpid():
        return mark == _mark(os.getpid())
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:  # it lives, and is somebody else's
        return True
    return True
