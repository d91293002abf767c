"""What many ask for at the same moment: made once for all of them, and good for a moment."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")

GOOD_S = 1.0
"""Seconds for which an answer is given again: less than anybody looks at, and a crowd costs one answer."""


class Remembered(Generic[Made]):
    """One value, made when it is asked for and older than `good_s`; a failure is kept for nobody else."""

    def __init__(self, make: Callable[[], Awaitable[Made]], good_s: float = GOOD_S) -> None:
        self._make = make
        self._good_s = good_s
        self._making: asyncio.Task[Made] | None = None
        self._until = 0.0

    async def get(self) -> Made:
        """Return the value; whoever asks while it is made waits for the same one."""
        if self._making is None or (self._making.done() and asyncio.get_running_loop().time() >= self._until):
            self._making = asyncio.create_task(self._made())
        # One of them who leaves takes nothing from the others.
        return await asyncio.shield(self._making)

    def forget(self) -> None:
        """Have it made anew for whoever asks next."""
        self._making = None

    async def _made(self) -> Made:
        self._until = 0.0
        made = await self._make()
        self._until = asyncio.get_running_loop().time() + self._good_s
        return made
