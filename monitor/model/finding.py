"""Findings: what should be done about a citation, how bad, how sure, and why."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from monitor.model.document import Span
from monitor.model.observation import Confidence


class Severity(StrEnum):
    """How bad a finding is; ordered."""

    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """Return the place in the order ok < info < warning < error."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class AccessDateStatus(StrEnum):
    """What an access date is worth today (docs/design.md#access-dates)."""

    INVALID = "invalid"
    CONTRADICTED = "contradicted"
    PINNED = "pinned"
    FRESH = "fresh"
    REFRESHABLE = "refreshable"
    STALE_DRIFTED = "stale-drifted"
    STALE_DEAD = "stale-dead"
    UNSUPPORTED = "unsupported"
    PENDING = "pending"
    UNCONFIRMED = "unconfirmed"
    DUE = "due"
    MISSING = "missing"


class AmendmentKind(StrEnum):
    """The kinds of edit; `--select` takes these."""

    ADD_ARCHIVE = "add-archive"
    REPLACE_URL = "replace-url"
    REFRESH_DATE = "refresh-date"
    FIX_URL = "fix-url"
    UNMARK_DEAD = "unmark-dead"


class Edit(Struct, frozen=True, gc=False):
    """Replace the text at `span` (which must still read `before`) by `after`."""

    span: Span
    before: str
    after: str


class Amendment(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The exact edit proposed.

    `replacement` is what a person copies: the whole changed lines; `current` is how they read now,
    empty where nothing is replaced. `proven` edits may be applied by
    `monitor fix --write`; the others are only shown. `edits` is empty where the format has no writer.
    `by_hand` says why an edit that has its proof is left to a person: no room for it where it belongs.
    """

    kind: AmendmentKind
    replacement: str
    edits: tuple[Edit, ...] = ()
    proven: bool = False
    reason: str = ""
    current: str = ""
    by_hand: str = ""


class Obstacle(StrEnum):
    """Why there is no edit where a finding asks for one."""

    CHANGED = "the document says something else here since it was checked; check again"
    UNREADABLE = "the document cannot be read"
    MADE = "the document says so already"


class Waiver(Struct, frozen=True, kw_only=True):
    """An accepted finding: which rule (fnmatch), which source (fnmatch on URL), who, why, until when."""

    rule: str
    source: str
    who: str
    why: str
    until: date


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A judgement on one citation.

    `rule` is the stable id of the rule that matched, e.g. "access-date/stale-dead"; `remedy` one
    sentence telling a person what to do; `edit` the kind of amendment the rule asks for, if any.
    """

    citation: str
    rule: str
    severity: Severity
    confidence: Confidence
    status: AccessDateStatus
    reason: str
    remedy: str
    edit: AmendmentKind | None = None
    proven: bool = False
    waived: Waiver | None = None
    rule_version: int = 1
    """Raised when the rule's meaning changes, so that a stored finding says by which it was judged."""
