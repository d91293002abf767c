"""One command in one session, ended in order however it ends."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any

from monitor import event_loop
from monitor.app import Session, open_session
from monitor.config import Config
from monitor.console import progress
from monitor.errors import IncompleteError
from monitor.settings import Settings


def in_session(
    settings: Settings,
    config: Config,
    work: Callable[[Session], Coroutine[Any, Any, int]],
    *,
    database: str | None = None,
    one_off: bool = False,
    reads: bool = False,
) -> int:
    """Run a command's coroutine in a session; SIGTERM ends it as an interruption does.

    With `reads` the command has use for a database that is there, and makes none.
    """

    async def whole() -> int:
        task = asyncio.current_task()
        if task is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        bar = progress(quiet=settings.quiet, bars=settings.bars)
        with bar:
            async with open_session(
                config, bar, database=database, now=settings.now, one_off=one_off, reads=reads
            ) as session:
                return await work(session)

    try:
        return event_loop.run(whole())
    except (asyncio.CancelledError, KeyboardInterrupt):
        raise IncompleteError("interrupted; what was learnt so far is stored") from None
