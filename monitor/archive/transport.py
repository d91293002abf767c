"""One request to an archive: through the limiter, with further tries, never a wrong "no".

RFC 7089 gives the rule that keeps the past's errors from ours: `Memento-Datetime` present means the
status belongs to the captured page, absent means it belongs to the archive.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.archive.errors import ArchiveStopped, ArchiveTrouble
from monitor.archive.limiter import LONGEST_WAIT_S, Limiter
from monitor.fetch.interface import Fetcher, FetchFailure, FetchRequest, FetchResponse
from monitor.model.logged import facts
from monitor.model.observation import Phase
from monitor.model.ports import Clock, Sleep

_LOG = logging.getLogger(__name__)
UNREACHABLE_IN_A_ROW = 3
DOWN_IN_A_ROW = 40
"""Questions failing in a row, whoever asked, after which an archive counts as down for this run."""
HANGS = frozenset({"timeout", "connect-timeout", "dns-timeout", "body-timeout"})
"""Causes of a far side that keeps us waiting: asked once more at most."""

Fault = Callable[[FetchResponse], str | None]
"""Says why an answer is no answer (an error page with a success status), or None."""


@dataclass(slots=True)
class Cost:
    """What one look-up cost."""

    requests: int = 0
    waited_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePatience:
    """How one archive is asked. Seconds; `retries` counts the tries after the first."""

    timeout_s: float = 60.0
    connect_timeout_s: float = 20.0
    retries: int = 3
    retry_wait_s: float = 5.0
    max_body_bytes: int = 5_000_000


@dataclass(slots=True)
class Transport:
    """Asks one archive. Raises ArchiveTrouble where it does not answer."""

    fetcher: Fetcher
    limiter: Limiter
    patience: ArchivePatience
    clock: Clock
    sleep: Sleep
    _lost: int = 0
    _failed: int = 0

    async def ask(
        self,
        pool: str,
        url: str,
        cost: Cost,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        once: bool = False,
        whole: bool = False,
        fault: Fault | None = None,
        sending: Callable[[], Awaitable[None]] | None = None,
    ) -> FetchResponse:
        """Return the archive's answer, whatever its status, unless it is the archive's own failure.

        `sending` is awaited each time the limit lets the request through, before it is sent. `once`
        sends it a single time (submissions). A 429 is waited for, by the limiter, and asked again; so
        are 5xx, with `whole` a body that broke off, and what `fault` objects to, `retries` times in all;
        a far side that hangs, once.
        """
        request = FetchRequest(
            url=url,
            method="GET" if body is None else "POST",
            headers=headers or {},
            body=body,
            timeout_s=self.patience.timeout_s,
            connect_timeout_s=self.patience.connect_timeout_s,
            max_body_bytes=self.patience.max_body_bytes,
            once=True,
        )
        timeouts, tries = 0, 0 if once else self.patience.retries
        reason = "no answer"
        for attempt in range(tries + 1):
            answer, trouble = await self._send(pool, request, cost, fault, whole=whole, sending=sending)
            if trouble is None and isinstance(answer, FetchResponse):
                self._failed = 0
                return answer
            if self.limiter.stopped is not None:
                raise ArchiveStopped(self.limiter.stopped)
            reason = trouble or reason
            timeouts += _hung(answer)
            pause = self._pause(answer, attempt)
            if attempt == tries or timeouts > 1 or pause > LONGEST_WAIT_S or _hopeless(answer):
                break
            cost.waited_s += pause
            await self.sleep(pause)
        self._failed += 1
        if self._failed >= DOWN_IN_A_ROW:
            self.limiter.stop(f"{self._failed} questions in a row failed, last: {reason}")
        raise ArchiveTrouble(reason)

    def _pause(self, answer: FetchResponse | FetchFailure, attempt: int) -> float:
        """Return the seconds before the next try; after a 429 the limiter itself waits."""
        if isinstance(answer, FetchResponse) and answer.status == 429 and not _past(answer):
            return 0.0
        pause = self.patience.retry_wait_s * 2.0**attempt
        if isinstance(answer, FetchResponse) and not _past(answer):
            pause = max(pause, retry_after(answer, self.clock()) or 0.0)
        return pause

    async def _send(
        self,
        pool: str,
        request: FetchRequest,
        cost: Cost,
        fault: Fault | None,
        *,
        whole: bool,
        sending: Callable[[], Awaitable[None]] | None,
    ) -> tuple[FetchResponse | FetchFailure, str | None]:
        async with await self.limiter.take(pool) as place:
            cost.waited_s += place.waited_s
            if sending is not None:
                await sending()
            cost.requests += 1
            answer = await self.fetcher.fetch(request)
            _LOG.debug("asked", extra=facts(
                archive=self.limiter.archive, pool=pool, url=request.url, waited_s=round(place.waited_s, 1),
                status=answer.status if isinstance(answer, FetchResponse) else None,
                cause=answer.cause if isinstance(answer, FetchFailure) else None,
            ))  # fmt: skip
            # Inside the place: whoever wakes next must already see the block.
            place.answered = isinstance(answer, FetchResponse)
            if isinstance(answer, FetchFailure):
                if pool != "availability":
                    await self._unreachable(answer)
                return answer, f"{answer.phase}: {answer.cause}"
            self._lost = 0
            if answer.status == 429 and not _past(answer):
                await self.limiter.limited(pool, retry_after(answer, self.clock()))
                return answer, "rate limited (429)"
            await self.limiter.succeeded(pool)
            return answer, _trouble(answer, fault, whole=whole)

    async def _unreachable(self, failure: FetchFailure) -> None:
        """A refusal stops at once and is remembered: it is how archive.org's firewall answers."""
        if failure.cause == "connect-refused":
            await self.limiter.refused(failure.cause)
            return
        if failure.phase not in (Phase.CONNECT, Phase.DNS, Phase.TLS):
            return
        self._lost += 1
        if self._lost < UNREACHABLE_IN_A_ROW:
            return
        if failure.cause == "connect-timeout":
            await self.limiter.refused(failure.cause)
        else:
            self.limiter.stop(f"unreachable ({failure.cause})")


def _trouble(answer: FetchResponse, fault: Fault | None, *, whole: bool) -> str | None:
    """Say what is wrong with an answer that came."""
    if whole and answer.body_failure is not None:
        return f"answer broke off: {answer.body_failure.cause}"
    if whole and answer.unfinished:
        return "answer broke off: its compressed body has no end"
    if not _past(answer) and not _shut(answer) and (answer.status >= 500 or answer.status == 408):
        return f"HTTP {answer.status}"
    return fault(answer) if fault is not None else None


def _hung(answer: FetchResponse | FetchFailure) -> bool:
    failure = answer.body_failure if isinstance(answer, FetchResponse) else answer
    return failure is not None and failure.cause in HANGS


def _hopeless(answer: FetchResponse | FetchFailure) -> bool:
    return isinstance(answer, FetchFailure) and answer.cause in ("private-address", "bad-url", "scheme")


def _shut(answer: FetchResponse) -> bool:
    """Tell whether an error is the archive's "no" to this address, which asking again will not change."""
    return "AccessControlException" in (answer.header("x-archive-wayback-runtime-error") or "")


def _past(answer: FetchResponse) -> bool:
    return answer.header("memento-datetime") is not None


def retry_after(answer: FetchResponse, now: datetime) -> float | None:
    """Return the seconds a Retry-After asks for (RFC 9110 §10.2.3: seconds or a date)."""
    value = answer.header("retry-after")
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        date = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - now).total_seconds())
