"""A night in a process of its own, for `monitor serve`: whatever it takes, the web face answers beside it.

A run reads documents, pages and history for seconds at a stretch, and Python runs one thread at a time.
Apart, neither waits for the other, and the face outlives a run that the system ends, as for want of memory.
"""

import asyncio
import json
import logging
import os
import pickle
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from typing import Protocol, Self

from monitor import event_loop
from monitor.app import Session, open_session
from monitor.commands.night import nightly, renew, spread
from monitor.config import Config
from monitor.console import progress
from monitor.errors import IncompleteError, MonitorError
from monitor.model.run import Report
from monitor.serve.one_clock import is_left
from monitor.store.alone import RunUnderWayError

_LOG = logging.getLogger("monitor.serve")

END_S = 10.0
"""Seconds a run has to end in order once it is told to."""


class NightError(IncompleteError):
    """A run came to no report; the message is the run's own, or says how its process ended."""


class Night(Protocol):
    """A run that was begun: first its report, then what archives are asked for until the next one begins."""

    async def published(self) -> None:
        """Wait until its reports are written; NightError if they never will be."""

    async def end(self) -> None:
        """End what it still does; what was learnt is kept. Nothing happens to one that has ended."""


class NightProcess:
    """A night carried out by a process of its own."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def begin(cls, config: Config, quiet: bool, due: datetime | None) -> Self:
        """Start the process for the night due then, or for one in any case; it ends if this one does."""
        process = await asyncio.create_subprocess_exec(
            # Imports what this process would, not what lies in the folder.
            *(sys.executable, "-P", "-m", __name__),
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdin=PIPE,
            stdout=PIPE,
            process_group=0,  # Ctrl-C in a terminal is for this process alone, which passes it on
        )
        if process.stdin is not None:
            with suppress(ConnectionError):
                process.stdin.write(pickle.dumps((config, quiet, due)))
                await process.stdin.drain()
        return cls(process)

    async def published(self) -> None:
        """Wait until its reports are written; NightError if they never will be."""
        said = await self._process.stdout.readline() if self._process.stdout else b""
        failed = json.loads(said) if said else _ended(await self._process.wait())
        if failed is not None:
            raise NightError(failed)

    async def end(self) -> None:
        """End what it still does; what was learnt is kept."""
        with suppress(ProcessLookupError):
            self._process.terminate()
            try:
                async with asyncio.timeout(END_S):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()


def _ended(code: int) -> str:
    """Say how a process ended that told nothing."""
    if code >= 0:
        return f"the run's process ended with code {code} and without a word; its log says more"
    return (
        f"the run's process was ended by {signal.Signals(-code).name} (for want of memory? by somebody?); "
        "the next run goes on from what is stored"
    )


async def _in_turn(session: Session, due: datetime | None) -> Report | None:
    """Carry out a run once no other process does; None where one has done meanwhile what was due then."""
    while await is_left(session.store, due):
        with suppress(RunUnderWayError):  # another was quicker
            return await nightly(session)
    return None


def main() -> None:
    """Carry out one night in this process; say on standard output whether it failed (null, or why)."""
    config, quiet, due = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by the process that started this one
    told, sys.stdout = sys.stdout, sys.stderr

    def tell(failed: str | None) -> None:
        with suppress(BrokenPipeError):
            told.write(json.dumps(failed) + "\n")
            told.flush()

    async def night(session: Session) -> None:
        report = await _in_turn(session, due)
        if report is None:
            _LOG.info("another process with this database carried out the night")
            await renew(session)
            tell(None)
            return
        tell(None)
        try:
            await spread(session, report)
        except Exception:  # noqa: BLE001 - the night is published, and the next one asks again
            _LOG.exception("asking archives failed")

    async def whole() -> None:
        loop = asyncio.get_running_loop()
        async with AsyncExitStack() as stack:
            bar = stack.enter_context(progress(quiet=quiet, bars=False))
            session = await stack.enter_async_context(open_session(config, bar))
            # The night is what is cancelled, not the closing of the database behind it.
            work = asyncio.create_task(night(session))

            def end() -> None:
                loop.remove_reader(sys.stdin.fileno())
                work.cancel()

            loop.add_signal_handler(signal.SIGTERM, end)
            # Nothing more is said on standard input; it ends with the process that started this one.
            loop.add_reader(sys.stdin.fileno(), end)
            await asyncio.wait([work])
        if not work.cancelled():
            work.result()

    try:
        event_loop.run(whole())
    except MonitorError as error:
        tell(str(error))
    except Exception as error:  # noqa: BLE001 - the daemon is told, and tells whoever asks after its health
        _LOG.exception("the run failed")
        tell(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
