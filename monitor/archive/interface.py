"""What the archive stage takes and gives."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from monitor.model.snapshot import ArchiveAnswer, Capture, PoolState, SnapshotWanted
from monitor.model.source import Source

__all__ = ["Archive", "LookUp", "LookUpMemory", "PoolState"]


class LookUp(Struct, frozen=True, kw_only=True):
    """A question to the archives: which snapshots show what these citations of one source saw.

    `now` is the judged instant. `want_history` asks for the archived good and bad captures that
    date a death (set for failing sources). `kept_only` wants what is remembered and no request; what
    else is wanted comes back `waiting`. `captured` are captures made just now, which no index lists
    yet: nothing remembered is believed then. `live_type` is the media type the address serves today.
    """

    source: Source
    wanted: Sequence[SnapshotWanted]
    now: datetime
    want_history: bool = False
    live_type: str | None = None
    kept_only: bool = False
    captured: tuple[Capture, ...] = ()


class Archive(Protocol):
    """One archive, or several asked in order."""

    @property
    def name(self) -> str:
        """Return the name reports show."""
        ...

    @property
    def pace(self) -> float:
        """Return how many sources can be looked up in a minute."""
        ...

    async def look_up(self, question: LookUp) -> ArchiveAnswer:
        """Answer for every wanted citation; an error is an `unknown` with its reason, never raised."""
        ...

    async def capture(self, source: Source, now: datetime) -> Capture:
        """Ask the archive to make a snapshot now and follow it; never submits twice."""
        ...

    async def read(self, url: str, now: datetime) -> bytes | None:
        """Return the newest archived page of an address as captured, or None."""
        ...

    async def follow(self, capture: Capture, now: datetime) -> Capture:
        """Look again at a capture asked for earlier and return its new state."""
        ...


class LookUpMemory(Protocol):
    """What the archive stage remembers across runs; the store implements it.

    Cached answers are JSON texts keyed by (archive, question); an error is never remembered.
    """

    async def load_pool(self, archive: str, pool: str) -> PoolState | None:
        """Return a pool's state, or None if it was never saved."""
        ...

    async def save_pool(self, state: PoolState) -> None:
        """Remember a pool's state."""
        ...

    async def recall(self, archive: str, question: str) -> tuple[str, datetime] | None:
        """Return a cached answer and when it was given, or None."""
        ...

    async def remember(self, archive: str, question: str, answer: str, at: datetime) -> None:
        """Cache an answer."""
        ...
