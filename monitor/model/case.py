"""All stored facts about one citation: what judging needs and the store keeps."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from msgspec import Struct

from monitor.model.citation import Citation
from monitor.model.finding import Finding
from monitor.model.observation import CitationFacts, Observation
from monitor.model.snapshot import ArchivedRot, Capture, CoverageResult
from monitor.model.source import Source


class StoredObservation(Struct, frozen=True, kw_only=True, gc=False):
    """An observation with the run it belongs to. `last_seen_at` ≥ `observation.observed_at`: an unchanged
    observation extends the last one instead of adding a row; `times` counts them, `days` the distinct
    days (ISO) on which a failing one was seen, for strikes.
    """

    observation: Observation
    run: str
    void: bool
    last_seen_at: datetime
    times: int = 1
    days: tuple[str, ...] = ()
    changes: int = 0
    """How often the page's text changed while the outcome stayed the same."""


class StoredFinding(Struct, frozen=True, kw_only=True, gc=False):
    """A finding as it was first said, by `run` at `since`, on what `outcome`; it stands until the next."""

    finding: Finding
    outcome: str
    run: str
    since: datetime


class Case(Struct, frozen=True, kw_only=True, gc=False):
    """All stored facts about one citation: what judging needs.

    `confirmed_at` is the newest earlier run (not the present one) in which the citation was
    confirmed: quote found, or no quote and drift same. `observations` are the source's, oldest
    first, without void runs. `previous` is the last complete run's "status/outcome".
    """

    citation: Citation
    source: Source | None
    observations: tuple[StoredObservation, ...] = ()
    facts: CitationFacts | None = None
    coverage: CoverageResult | None = None
    rot: ArchivedRot | None = None
    capture: Capture | None = None
    confirmed_at: datetime | None = None
    next_check_at: datetime | None = None
    previous: str | None = None
    revision: int | None = None
    """Counts what was written of these facts so far; None where what is made of them may not be kept."""
    confirmed_now: bool = False
    """Whether the present run confirmed the citation: the next run will know a later `confirmed_at`."""


def body_mark(body: bytes) -> str:
    """Return the name of a body by its content."""
    return blake2b(body, digest_size=16).hexdigest()


class StandingGroup(NamedTuple):
    """Some citations of one document that follow each other: all stand, and are what they were before.

    `place` is that of the first in its document, from 0. Of each citation there is its mark, and the words
    that a night's totals count: outcome, status, coverage.
    """

    document: str
    place: int
    marks: Sequence[str]
    words: Sequence[tuple[str, str, str]]


class Standing(Struct, frozen=True, kw_only=True, gc=False):
    """What was made of a citation and holds while nothing is written of its facts (`revision`, as of `Case`),
    and for the same `way` of judging them.

    It holds from `judged_at` until before `until` (None: no day changes it). `body` is the assessment as
    the report's spool packs it, and `mark` names it (`body_mark`); the words beside it are those a night's
    totals count. `asks` tells that an edit is asked for, which is made anew where its document changed.
    `previous` is as of `Case`, not kept.
    """

    citation: str
    document: str
    way: str
    revision: int
    mark: str
    judged_at: datetime
    until: datetime | None
    outcome: str
    status: str
    coverage: str
    asks: bool
    body: bytes
    previous: str | None = None

    @property
    def state(self) -> str:
        """Return what a later night will take for `previous`."""
        return f"{self.status}/{self.outcome}"
