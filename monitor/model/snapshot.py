"""Archived states of sources, and how well they show what the author saw."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from monitor.model.observation import Evidence, Outcome
from monitor.model.page import PageText


class Coverage(StrEnum):
    """How well snapshots show what the author saw (docs/design.md#snapshots)."""

    BRACKETED = "bracketed"
    QUOTE_ANCHORED = "quote-anchored"
    NEAR = "near"
    NONE = "none"
    UNKNOWN = "unknown"


class CaptureState(StrEnum):
    """Where a capture asked for by us stands (docs/design.md#snapshots)."""

    REQUESTED = "requested"
    PENDING = "pending"
    SAVED = "saved"
    INDEXED = "indexed"
    VERIFIED = "verified"
    REFUSED = "refused"
    LOST = "lost"
    """Nothing came of it in the time such things take; it may be asked for again."""

    @property
    def settled(self) -> bool:
        """Tell whether looking again would change nothing."""
        return self in (CaptureState.VERIFIED, CaptureState.REFUSED, CaptureState.LOST)

    @property
    def again(self) -> bool:
        """Tell whether another capture may be asked for, if why it was refused allows it."""
        return self in (CaptureState.REFUSED, CaptureState.LOST)


class OpenReason(StrEnum):
    """Why a coverage is unknown."""

    STOPPED = "stopped"
    """The archive may not be asked any more for now: a limit, a block, an outage."""
    FAILED = "failed"
    """The archive was asked and did not answer."""
    WAITING = "waiting"
    """It was not asked yet: other questions went before this one."""
    UNREAD = "unread"
    """It answered; too many captures for us to read them all, and none of those read would do."""


class ArchiveLinkFault(StrEnum):
    """What is wrong with the archive link a citation carries itself."""

    NO_CAPTURE = "no-capture"
    """It shows no capture at all: a form, a calendar, the address itself."""
    VANISHED = "vanished"
    OTHER_PAGE = "other-page"
    SHOWS_NO_PAGE = "shows-no-page"
    """The capture shows an error, a wall, nothing."""
    LACKS_QUOTE = "lacks-quote"
    DATED_OTHERWISE = "dated-otherwise"
    """The date written beside it is not that of the capture."""


class CaptureRefusal(StrEnum):
    """Why no capture was made."""

    NO_KEYS = "no-keys"
    BAD_KEYS = "bad-keys"
    DAY_SPENT = "day-spent"
    STOPPED = "stopped"
    NOT_OFFERED = "not-offered"
    PERMANENT = "permanent"
    PASSING = "passing"

    @property
    def spends(self) -> bool:
        """Tell whether the archive was asked, which counts against the day's share."""
        return self not in (CaptureRefusal.NO_KEYS, CaptureRefusal.DAY_SPENT, CaptureRefusal.STOPPED)

    @property
    def waits(self) -> bool:
        """Tell whether asking again is of no use before another day."""
        return self is CaptureRefusal.PASSING

    @property
    def final(self) -> bool:
        """Tell whether asking again would change nothing."""
        return self in (CaptureRefusal.NOT_OFFERED, CaptureRefusal.PERMANENT)

    @property
    def meets_all(self) -> bool:
        """Tell whether every other source would be refused too, for now."""
        return self not in (CaptureRefusal.PERMANENT, CaptureRefusal.PASSING)


class Snapshot(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One archived state (memento, RFC 7089 URI-M).

    `url` is the address to show people (view mode); `timestamp` is UTC. `verified` means the body
    was fetched and holds the quote (the title, if the citation has no quote).
    """

    archive: str
    timestamp: datetime
    url: str
    original: str
    status: int | None = None
    digest: str | None = None
    media_type: str | None = None
    verified: bool = False


class SnapshotWanted(Struct, frozen=True, kw_only=True, gc=False):
    """What one citation needs of an archive.

    `access_date` is ISO of any precision or None. `key` is the citation's key.
    `archive_url` is the snapshot the citation itself links, if any: it is looked at first.
    """

    key: str
    access_date: str | None
    quote: str | None
    title: str | None
    archive_url: str | None = None


class CoverageResult(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The archive's answer for one citation.

    `snapshot` is the one to cite; for `none` it may name a farther capture, unverified.
    `pinned` is true where the citation's own archive link holds the quote or is bracketed,
    `link_fault` says what is wrong with that link.
    `excluded` marks a `none` that is the archive's refusal to show the address; no capture mends it.
    `open` says why an `unknown` is one, `reason` what the archive said in its own words.
    `text` is the page of `snapshot` when it was fetched (for drift); it is not stored.
    """

    key: str
    coverage: Coverage
    snapshot: Snapshot | None = None
    before: Snapshot | None = None
    after: Snapshot | None = None
    pinned: bool = False
    link_fault: ArchiveLinkFault | None = None
    excluded: bool = False
    open: OpenReason | None = None
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()
    answered_at: datetime | None = None
    text: PageText | None = None

    @property
    def vanished(self) -> bool:
        """Tell whether the citation's own archive link is gone from the archive."""
        return self.link_fault is ArchiveLinkFault.VANISHED

    @property
    def failed(self) -> bool:
        """Tell whether the archive, not our patience, left the question open: asking again may settle it."""
        return self.coverage is Coverage.UNKNOWN and self.open not in (OpenReason.UNREAD, OpenReason.WAITING)

    @property
    def waiting(self) -> bool:
        """Tell whether the archive is yet to be asked."""
        return self.open is OpenReason.WAITING


def at_risk(outcome: Outcome, answers: Iterable[CoverageResult]) -> bool:
    """Tell whether a source would be lost with its page: it is there, and no archive holds it.

    `answers` are those to its citations. A farther capture that shows something else still is one; what an
    archive did not answer is no risk yet.
    """
    said = list(answers)
    return (
        outcome.readable
        and bool(said)
        and all(one.coverage is Coverage.NONE and one.snapshot is None and not one.excluded for one in said)
    )


class ArchivedRot(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What the archive's own captures say of the source's death: last good one, first failure after it."""

    last_good: datetime | None = None
    first_bad: datetime | None = None
    failures: int = 0


class ArchiveAnswer(Struct, frozen=True, kw_only=True):
    """Everything archives said of one source. `requests` and `waited_s` count this look-up's cost."""

    source: str
    results: Mapping[str, CoverageResult] = field(default_factory=dict)
    rot: ArchivedRot | None = None
    requests: int = 0
    waited_s: float = 0.0
    error: str | None = None


class Capture(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One line of the capture ledger: what became of a capture we asked for.

    `reason` is what the archive or the network said of it, in its own words; `asked` counts the days
    on which it was submitted.
    """

    source: str
    url: str
    archive: str
    state: CaptureState
    requested_at: datetime
    updated_at: datetime
    job: str | None = None
    snapshot_url: str | None = None
    timestamp: datetime | None = None
    refusal: CaptureRefusal | None = None
    reason: str | None = None
    asked: int = 1


class PoolState(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A limiter pool as remembered across runs. `sent` are the instants of recent requests."""

    archive: str
    pool: str
    sent: tuple[datetime, ...] = ()
    blocked_until: datetime | None = None
    trips: int = 0
    reason: str | None = None
