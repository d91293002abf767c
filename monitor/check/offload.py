"""Where pages are read: beside the event loop, so that a heavy page never delays another's connection.

A page of a few megabytes takes seconds to parse and search; on the loop itself those seconds would
turn into connect timeouts of other hosts.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")

SMALL_BYTES = 131_072
"""Smaller pages take a few milliseconds, hostile ones a tenth of a second: a thread would hold the
interpreter for as long, and the way to it and back costs more than it frees."""

WORKERS = 2


class PageThreads:
    """Runs page work in threads of its own; close it when the run ends."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="pages")

    async def run(
        self, size: int, work: Callable[Arguments, Value], *args: Arguments.args, **named: Arguments.kwargs
    ) -> Value:
        """Return `work(*args, **named)`; `size` is that of the page concerned, in bytes."""
        if size <= SMALL_BYTES:
            return work(*args, **named)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: work(*args, **named))

    def close(self) -> None:
        """Let go of the threads; work under way is left to end by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)
