"""When to try again in the same run, by cause, and how long to wait.

Only faults that pass by themselves are tried again (docs/design.md#retries): a missing page or an
unknown name does not come back within a minute, and Cloudflare's 52x pages speak for a dead origin.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.patterns import lazy

FAILURE_RETRIES: Mapping[str, int] = {
    "connection-reset": 5,
    "connection-failed": 5,
    "disconnected": 5,
    "tls-reset": 5,
    "dns-temporary": 5,
    "dns-timeout": 1,
    "timeout": 1,
    "connect-timeout": 1,
    "connect-refused": 1,
    "connect-failed": 1,
    "host-unreachable": 1,
    "network-unreachable": 1,
    "proxy-failed": 1,
    "too-many-open-files": 5,
}
"""Tries after the first, per cause; the policy's `retries` caps them. Absent: none."""

STATUS_RETRIES: Mapping[int, int] = {408: 5, 421: 1, 425: 5, 429: 5, 500: 5, 502: 5, 503: 5, 504: 5}

SECOND_LOOK = frozenset({400, 403, 404, 405, 406, 410, 415, 418})
"""Answers some servers give to programs only: asked once more with a browser's headers."""

MANNERS_ONLY = frozenset({400, 405, 406, 415, 418})
"""Answers to how was asked, not to what: what a browser's headers get counts, whatever it is."""

HTTP2_STATUS = frozenset({421, 426, 505})
"""Answers that ask for another HTTP than 1.1 (RFC 9110 §15.5.20, §15.5.22, §15.6.6)."""

HTTP2_FAILURES = frozenset({"bad-chunking", "bad-http", "disconnected", "connection-reset", "tls-no-http1"})
"""How a server that speaks only HTTP/2 meets HTTP/1.1 on a secure connection."""

_PART = lazy(
    r"\s*(\d{1,12}(?:\.\d{1,6})?)(?![\d.])\s*"
    r"(?:(ms|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)(?![a-z])|(?=\s*$))",
    re.IGNORECASE,
)
_UNIT_S = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_EPOCH_FROM = 1_000_000_000


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, an HTTP date, or "1m30s"; None for junk (RFC 9110 §10.2.3)."""
    if value is None or not (text := value.strip()):
        return None
    if text[0].isdigit():
        total, position = 0.0, 0
        while position < len(text):
            match = _PART.match(text, position)
            if match is None:
                break
            unit = (match[2] or "").lower()
            total += float(match[1]) * _UNIT_S[unit if unit == "ms" else unit[:1]]
            position = match.end()
        if not text[position:].strip():
            return total
    moment = http_date(text)
    return None if moment is None else max(0.0, (moment - now) / timedelta(seconds=1))


def http_date(value: str | None) -> datetime | None:
    """Read an HTTP date of any of its three forms; None for junk (RFC 9110 §5.6.7)."""
    if value is None:
        return None
    try:
        moment = parsedate_to_datetime(value.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def exhausted_for_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return how long a host wants rest although it answered: a rate limit that reached 0.

    Reads `x-ratelimit-remaining`/`-reset` (GitHub: an epoch), `ratelimit-…` (GitLab, IETF drafts:
    seconds or an epoch) and the IETF structured form `ratelimit: "x";r=0;t=30`.
    """
    combined = headers.get("ratelimit", "")
    match = re.search(r"\br(?:emaining)?=(\d+).{0,40}?\b(?:t|reset)=(\d+)", combined)
    if match is not None:
        remaining, reset = match[1], match[2]
    else:
        remaining = headers.get("x-ratelimit-remaining", headers.get("ratelimit-remaining", ""))
        reset = headers.get("x-ratelimit-reset", headers.get("ratelimit-reset", ""))
    if not remaining.strip().isdecimal() or int(remaining) > 0:
        return None
    seconds = retry_after_s(reset, now)
    if seconds is None:
        return None
    return max(0.0, seconds - now.timestamp()) if seconds > _EPOCH_FROM else seconds


def backoff_s(base_s: float, tried: int, chance: float) -> float:
    """Return the wait before try number `tried` + 1: doubling, ± 25 %."""
    return float(base_s * 2.0 ** (tried - 1) * (0.75 + 0.5 * chance))
