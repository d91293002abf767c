"""The outside world as it is passed in: time, waiting, chance."""

from collections.abc import Awaitable, Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns the current instant, timezone-aware, UTC."""

Sleep = Callable[[float], Awaitable[None]]
"""Waits so many seconds; `asyncio.sleep` in production, a recorder in tests."""

Monotonic = Callable[[], float]
"""Seconds on a clock that never steps back; pairs with Sleep."""

Chance = Callable[[], float]
"""A number in [0, 1); `random.random` in production."""
