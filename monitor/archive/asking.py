"""Questions to one archive: every request passes the limiter, is counted, and fails with a reason.

Rule of the house (anchor archives §1.3): `Memento-Datetime` present, the status belongs to the past;
absent, it is the archive's own. An archived 429 is no reason to stop.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from monitor.archive.limiter import LONGEST_WAIT_S, ArchiveStoppedError, Limiter
from monitor.fetch.interface import Fetcher, FetchFailure, FetchRequest, FetchResponse
from monitor.model.ports import Clock, Sleep

GIVE_UP_AFTER = 40
"""Questions failing in a row, whoever asked, after which an archive counts as down for this run."""

_OVERLOADED = frozenset({408, 425, 500, 502, 503, 504, 509, 520, 521, 522, 523, 524, 525, 526, 527, 530})

Fault = Callable[[FetchResponse], str | None]
"""Says why an answer is no answer (an error page with status 200), or None."""


class ArchiveError(Exception):
    """The archive did not answer; the message says why. Nothing follows about what it holds."""


@dataclass(slots=True)
class Tally:
    """What one look-up cost: requests sent, seconds waited for limits and before retries."""

    requests: int = 0
    waited_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How one archive is asked: seconds, tries, and the name given."""

    timeout_s: float
    connect_timeout_s: float
    retries: int
    retry_wait_s: float
    user_agent: str
    max_body_bytes: int


@dataclass(frozen=True, slots=True)
class _Trouble:
    reason: str
    pause_s: float = 0.0
    hopeless: bool = False


class Asker:
    """Sends requests to one archive."""

    def __init__(
        self, fetcher: Fetcher, limiter: Limiter, manners: Manners, sleep: Sleep, clock: Clock
    ) -> None:
        self.limiter = limiter
        self._fetcher = fetcher
        self._manners = manners
        self._sleep = sleep
        self._clock = clock
        self._failed_in_a_row = 0

    async def get(
        self, pool: str, url: str, tally: Tally, *, fault: Fault | None = None, retries: int | None = None
    ) -> FetchResponse:
        """Ask once, again after passing errors, and return a proper answer.

        Raises ArchiveError where none came, ArchiveStoppedError where the archive may not be asked.
        """
        request = FetchRequest(
            url=url,
            headers={"User-Agent": self._manners.user_agent},
            timeout_s=self._manners.timeout_s,
            connect_timeout_s=self._manners.connect_timeout_s,
            max_body_bytes=self._manners.max_body_bytes,
        )
        return await self.send(pool, request, tally, fault=fault, retries=retries)

    async def send(
        self,
        pool: str,
        request: FetchRequest,
        tally: Tally,
        *,
        fault: Fault | None = None,
        retries: int | None = None,
    ) -> FetchResponse:
        """Send a prepared request; see `get`."""
        tries = (self._manners.retries if retries is None else retries) + 1
        trouble = _Trouble("not asked")
        for number in range(tries):
            if trouble.pause_s:
                tally.waited_s += trouble.pause_s
                await self._sleep(trouble.pause_s)
            async with self.limiter.slot(pool) as waited:
                tally.waited_s += waited
                tally.requests += 1
                answer = await self._fetcher.fetch(request)
                found = await self._weigh(pool, answer, fault, number)
            if found is None and isinstance(answer, FetchResponse):
                self._failed_in_a_row = 0
                return answer
            trouble = found or trouble
            if trouble.hopeless:
                break
        self._failed_in_a_row += 1
        if self._failed_in_a_row >= GIVE_UP_AFTER:
            self.limiter.give_up(f"{self._failed_in_a_row} questions in a row failed, last: {trouble.reason}")
        raise ArchiveError(trouble.reason)

    async def _weigh(
        self, pool: str, answer: FetchResponse | FetchFailure, fault: Fault | None, number: int
    ) -> _Trouble | None:
        """Tell what is wrong with an answer, and let the limiter know."""
        backoff = self._manners.retry_wait_s * 2.0**number
        if isinstance(answer, FetchFailure):
            if answer.cause == "connect-refused":
                await self.limiter.refused(answer.detail or answer.cause)
                raise ArchiveStoppedError(self.limiter.stopped or answer.cause)
            # A far side that hangs gets one more chance: each costs a whole timeout.
            slow = "timeout" in answer.cause and number > 0
            own_fault = answer.cause in ("private-address", "bad-url", "scheme")
            return _Trouble(f"the archive gave no answer: {answer.cause}", backoff, slow or own_fault)
        past = answer.header("memento-datetime") is not None
        if not past and answer.status == 429:
            self.limiter.tripped(pool, self._retry_after(answer))
            return _Trouble("the archive answers 429 (too many requests)")
        self.limiter.answered(pool)
        if answer.body_failure is not None:
            return _Trouble(f"the archive's answer broke off: {answer.body_failure.cause}", backoff)
        if not past and answer.status in _OVERLOADED:
            asked = self._retry_after(answer) or 0.0
            reason = f"the archive answers {answer.status}"
            return _Trouble(reason, max(backoff, asked), asked > LONGEST_WAIT_S)
        if fault is not None and (words := fault(answer)) is not None:
            return _Trouble(words, backoff)
        return None

    def _retry_after(self, answer: FetchResponse) -> float | None:
        return retry_after_s(answer.header("retry-after"), self._clock())


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for (RFC 9110 §10.2.3); None where it says nothing."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max((at - now).total_seconds(), 0.0)
