"""The rehearsal's servers in a thread of their own, for tests that call the command line."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime

from monitor.demo.servers import Rehearsal, start

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@contextmanager
def world() -> Iterator[Rehearsal]:
    """Start the embedded web and archive; yield where they listen."""
    started = threading.Event()
    box: dict[str, object] = {}

    async def serve() -> None:
        stop = asyncio.Event()
        async with AsyncExitStack() as stack:
            box["world"] = await start(stack, lambda: NOW)
            box["stop"] = (asyncio.get_running_loop(), stop)
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    if not started.wait(300):
        raise RuntimeError("the rehearsal's servers did not start")
    try:
        yield box["world"]
    finally:
        loop, stop = box["stop"]
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


def options(world: Rehearsal) -> dict[str, str]:
    """Return the environment that points the command line at the rehearsal's servers, without waits."""
    return {
        "MONITOR_CHECK__RESOLVE": ",".join(world.resolve),
        "MONITOR_CHECK__CA_FILE": world.ca_file,
        "MONITOR_CHECK__HOST_GAP_S": "0",
        "MONITOR_CHECK__RETRY_WAIT_S": "0",
        "MONITOR_CHECK__RATE_LIMIT_WAIT_S": "0",
        "MONITOR_CHECK__SENTINELS": "https://www.w3.org/Provider/Style/URI",
        "MONITOR_ARCHIVE__WAYBACK__CDX_PER_MINUTE": "6000",
        "MONITOR_ARCHIVE__WAYBACK__REPLAY_PER_MINUTE": "6000",
        "MONITOR_ARCHIVE__WAYBACK__AVAILABILITY_PER_MINUTE": "6000",
    }
