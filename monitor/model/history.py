"""What the history of a source's observations amounts to."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class LinkState(StrEnum):
    """Link state over time (docs/design.md#link-state)."""

    ALIVE = "alive"
    SUSPECT = "suspect"
    DEAD = "dead"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


class Recheck(StrEnum):
    """Why a source is asked again when it is (docs/design.md#when-a-source-is-asked-again)."""

    LOCAL = "local"
    UNASKED = "unasked"
    OUR_LIMIT = "our-limit"
    RATE_LIMITED = "rate-limited"
    UNREQUESTABLE = "unrequestable"
    FAILING = "failing"
    DEAD = "dead"
    BLOCKED = "blocked"
    CHANGES = "changes"
    LIVING = "living"


class LinkHistory(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The judged history of one source.

    `strikes` of `strikes_needed`; `since` is when the present state began; `dead_between` bounds
    the death: last good and first bad instant, from our own and the archive's observations.
    """

    state: LinkState = LinkState.UNKNOWN
    strikes: int = 0
    strikes_needed: int = 3
    since: datetime | None = None
    last_alive_at: datetime | None = None
    dead_between: tuple[datetime | None, datetime | None] | None = None
    observations: int = 0
    changes: int = 0
    """How often the content changed between readable observations (for the link's own change rate)."""
    observed_days: float = 0.0
    reason: str = ""

    @property
    def strikes_of(self) -> str:
        """Return "2 of 3": never more than it is out of, though a death may wait for its span of days."""
        return f"{min(self.strikes, self.strikes_needed)} of {self.strikes_needed}"
