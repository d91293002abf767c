"""What one probe of a source found: facts, and what they amount to."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from monitor.model.page import Drift, QuoteResult


class Outcome(StrEnum):
    """What one observation amounts to (docs/design.md#outcomes)."""

    ALIVE = "alive"
    MOVED = "moved"
    SOFT_404 = "soft-404"
    PARKED = "parked"
    GONE = "gone"
    SERVER_ERROR = "server-error"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate-limited"
    MALFORMED = "malformed"
    UNSUPPORTED = "unsupported"
    REFUSED = "refused"
    UNCHECKED = "unchecked"

    @property
    def readable(self) -> bool:
        """Tell whether a page of the source itself was seen."""
        return self in READABLE

    @property
    def failing(self) -> bool:
        """Tell whether the outcome counts towards rot (a strike, once spaced)."""
        return self in FAILING


READABLE = frozenset({Outcome.ALIVE, Outcome.MOVED})
FAILING = frozenset(
    {Outcome.SOFT_404, Outcome.PARKED, Outcome.GONE, Outcome.SERVER_ERROR, Outcome.UNREACHABLE}
)


OUR_NETWORK = frozenset(
    {"captive-network", "network-unreachable", "proxy-failed", "proxy-login", "too-many-open-files"}
)
"""Causes that lie with this side's network or machine: they say nothing of the page, and where they come
in numbers the run is void."""

OUR_LIMITS = frozenset(
    {"http-version", "misdirected", "tls-no-http1", "tls-old-protocol", "upgrade-required"}
)
"""Causes that lie with what this program speaks: another day changes nothing, and no strike counts."""

DOUBTFUL = frozenset({Outcome.UNREACHABLE, Outcome.SERVER_ERROR})
"""Failures that a broken network, resolver or proxy of our own can cause; a 404 never is."""
UNASKED = frozenset({Outcome.UNCHECKED, Outcome.MALFORMED, Outcome.UNSUPPORTED, Outcome.REFUSED})
"""Outcomes for which no host was asked: they tell nothing of a network."""


class Phase(StrEnum):
    """Where in a request something failed."""

    URL = "url"
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    HTTP = "http"
    BODY = "body"


class Confidence(StrEnum):
    """How sure a statement is; apart from how bad it would be."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


MOVE_SHOWN = "moved"
"""The kind of evidence that a page's new address is its own: quote, title or canonical."""


PICTURE = "screenshot"
"""The kind of evidence that decides nothing: the file of what a browser was shown."""


class Evidence(Struct, frozen=True, omit_defaults=True, gc=False):
    """One fact that decided: `kind` as in "header", "phrase", "status"; `detail` for a person."""

    kind: str
    detail: str


class Hop(Struct, frozen=True, omit_defaults=True, gc=False):
    """One redirect step: `url` answered `status` and named `location` (absolute)."""

    url: str
    status: int
    location: str

    @property
    def permanent(self) -> bool:
        """Tell whether the step says "for good" (RFC 9110 §15.4.2, §15.4.9)."""
        return self.status in (301, 308)


class Attempt(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One request: what was sent and how it ended. `cause` names a failure, `status` an answer."""

    url: str
    method: str = "GET"
    purpose: str = "page"
    status: int | None = None
    phase: Phase | None = None
    cause: str | None = None
    duration_s: float = 0.0
    waited_s: float = 0.0
    headers: tuple[tuple[str, str], ...] = ()
    """The few response headers that decided or may be asked for: server, retry-after, cf-mitigated …"""


class Observation(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The stored result of one probe of one source.

    `cause` is a named reason in kebab-case, shared with reports ("dns-not-found",
    "connect-refused", "not-found", "challenge"); `phase` is set where a request failed.
    `final_url` is where the redirects ended. `notes` stand beside the outcome ("tls: expired").
    `permanent_target` is the end of the leading run of permanent hops, set only for `moved`.
    `tls` names what is wrong with a certificate behind which the page was read ("expired", "self-signed").
    `fingerprint` is the SHA-256 of the visible text; `unchanged` is true after a 304.
    """

    source: str
    url: str
    observed_at: datetime
    outcome: Outcome
    cause: str | None = None
    phase: Phase | None = None
    confidence: Confidence = Confidence.HIGH
    http_status: int | None = None
    final_url: str | None = None
    permanent_target: str | None = None
    hops: tuple[Hop, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    title: str | None = None
    published: str | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fingerprint: str | None = None
    words: int | None = None
    tls: str | None = None
    unchanged: bool = False
    retry_after_s: float | None = None

    @property
    def requests(self) -> int:
        """Return how many requests the observation cost."""
        return len(self.attempts)


class CitationFacts(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What one probe found for one citation of the source: quote, drift, the place its fragment names."""

    citation: str
    quote: QuoteResult = field(default_factory=QuoteResult)
    drift: Drift = Drift.UNKNOWN
    drift_detail: str | None = None
    fragment_missing: bool = False
