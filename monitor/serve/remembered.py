"""What many ask for at once: made once for all of them, and made anew while the last one still serves."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Made = TypeVar("Made")

GOOD_S = 1.0
"""Seconds after which an answer is made anew: less than anybody looks at, and a crowd costs one answer."""

STALE_S = 10.0
"""Seconds for which the last answer is given while a new one is made: nobody waits for a busy database."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Made]):
    value: Made
    at: float


class Remembered(Generic[Made]):
    """One value, made when it is asked for and older than `good_s`.

    Whoever asks waits only where nothing younger than `stale_s` is there, or where making it failed last.
    """

    def __init__(
        self, make: Callable[[], Awaitable[Made]], good_s: float = GOOD_S, stale_s: float = STALE_S
    ) -> None:
        self._make = make
        self._good_s, self._stale_s = good_s, stale_s
        self._making: asyncio.Task[Made] | None = None
        self._kept: _Kept[Made] | None = None

    async def get(self) -> Made:
        """Return the value; whoever has to wait while it is made waits for the same one."""
        kept, now = self._kept, asyncio.get_running_loop().time()
        if kept is not None and now < kept.at + self._good_s:
            return kept.value
        if self._making is None:
            self._making = asyncio.create_task(self._made())
            self._making.add_done_callback(_looked_at)
        if kept is not None and now < kept.at + self._stale_s:
            return kept.value
        # One of them who leaves takes nothing from the others.
        return await asyncio.shield(self._making)

    def forget(self) -> None:
        """Have it made anew for whoever asks next."""
        self._making = self._kept = None

    async def _made(self) -> Made:
        kept: _Kept[Made] | None = None
        try:
            made = await self._make()
            kept = _Kept(made, asyncio.get_running_loop().time())
        finally:
            if self._making is asyncio.current_task():  # not forgotten meanwhile
                self._making, self._kept = None, kept
        return made


def _looked_at(task: asyncio.Task[Made]) -> None:
    """Look at a failure that nobody waited for: whoever asks next meets its own."""
    if not task.cancelled():
        task.exception()
