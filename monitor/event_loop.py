"""The event loop of commands that ask hosts: uvloop's with the extra `fast`, else Python's own."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

Result = TypeVar("Result")

OPEN_FILES = 8192
"""How many files this process wants to open at most: a connection to each host of some seconds is kept."""


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end, as `asyncio.run` does."""
    _open_more_files()
    try:
        import uvloop
    except ImportError:
        return asyncio.run(main)
    return uvloop.run(main)


def _open_more_files() -> None:
    """Take more of what the system allows: 1024 files, on macOS 256, are soon all connections that rest."""
    try:
        import resource
    except ImportError:  # Windows, which counts no sockets among files
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):  # what is refused leaves the limit as it was
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
