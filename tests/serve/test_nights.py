"""Nights of the daemon: one that is stopped in the middle ends in order, whatever it waited for."""

import asyncio
from types import SimpleNamespace

from monitor.config import Config
from monitor.serve.web import Daemon


class SlowNight:
    """A night whose end takes until it is let go."""

    def __init__(self):
        self.ending, self.let_go, self.ends = asyncio.Event(), asyncio.Event(), 0

    async def published(self):
        pass

    async def end(self):
        self.ending.set()
        await self.let_go.wait()
        self.ends += 1


async def test_a_night_stopped_while_the_last_one_ends_raises_nothing_and_leaves_it_to_be_ended(caplog):
    night = SlowNight()

    async def begin(_due):
        return night

    daemon = Daemon(SimpleNamespace(config=Config(), store=None), begin)
    await daemon._night()
    again = asyncio.create_task(daemon._night())
    await night.ending.wait()
    again.cancel()
    await again
    assert "the next one goes on" in caplog.text
    night.let_go.set()
    await daemon.end_night()
    await daemon.end_night()
    assert night.ends == 1
