"""One night, one run, however many clocks point at a database: other daemons, cron, a person.

The store decides: one run at a time holds its lock, and its notes of runs tell whether the night is done.
"""

import asyncio
from datetime import datetime

from monitor.model.ports import Sleep
from monitor.store.alone import RunUnderWayError
from monitor.store.interface import Store

LOOK_EVERY_S = 2.0
"""Seconds between two looks at whether another's run has ended."""


async def is_left(store: Store, due: datetime | None, sleep: Sleep = asyncio.sleep) -> bool:
    """Wait until nobody carries out a run; tell whether one that was due then is still to be done.

    A run that died on the way leaves the night to whoever waited. Without `due`, one is wanted in any case.
    """
    while True:
        newest = await store.last_run() if due is not None else None
        if newest is not None and due is not None and newest.started_at >= due:
            return False
        try:
            async with store.alone():
                return True
        except RunUnderWayError:
            await sleep(LOOK_EVERY_S)
