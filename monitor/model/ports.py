"""The outside world as it is passed in: time, waiting, chance, and who watches."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

Clock = Callable[[], datetime]
"""Returns the current instant, timezone-aware, UTC."""

Sleep = Callable[[float], Awaitable[None]]
"""Waits so many seconds; `asyncio.sleep` in production, a recorder in tests."""

Monotonic = Callable[[], float]
"""Seconds on a clock that never steps back; pairs with Sleep."""

Chance = Callable[[], float]
"""A number in [0, 1); `random.random` in production."""


class Progress(Protocol):
    """Where work says how far it is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage with so many steps, if known."""
        ...

    def expect(self, total: int) -> None:
        """Correct the number of the stage's steps: it is known by now, or has grown."""
        ...

    def advance(self, steps: int = 1) -> None:
        """Report steps done."""
        ...

    def note(self, message: str) -> None:
        """Say something worth a line."""
        ...

    def clear(self) -> None:
        """Leave the terminal to what is printed next; a further stage may draw again."""
        ...


class Unwatched:
    """A `Progress` that nobody looks at."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage."""

    def expect(self, total: int) -> None:
        """Correct the number of the stage's steps."""

    def advance(self, steps: int = 1) -> None:
        """Report steps done."""

    def note(self, message: str) -> None:
        """Say something worth a line."""

    def clear(self) -> None:
        """Leave the terminal to what is printed next."""


UNWATCHED = Unwatched()
