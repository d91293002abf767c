"""Asking for one address politely: the host's turn, headers, retries by cause, second looks."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.check.hosts import HostQueues, Lane
from monitor.check.kinds import Treatments
from monitor.check.policy import CheckPolicy
from monitor.check.retry import (
    FAILURE_RETRIES,
    HTTP2_FAILURES,
    HTTP2_STATUS,
    MANNERS_ONLY,
    SECOND_LOOK,
    STATUS_RETRIES,
    backoff_s,
    exhausted_for_s,
    http_date,
    retry_after_s,
)
from monitor.check.secrets import Secrets, harmless
from monitor.fetch.identity import browser_agent
from monitor.fetch.interface import Fetcher, FetchFailure, FetchRequest, FetchResponse
from monitor.model.logged import facts
from monitor.model.observation import Attempt, Phase
from monitor.model.ports import Chance, Clock
from monitor.model.urls import host_key
from monitor.model.values import replaced
from monitor.page.signs.walls import find_wall

_LOG = logging.getLogger(__name__)
MEDIA_CAP_BYTES = 65_536

HEADERS: Mapping[str, str] = {
    # Some servers answer 404 to programs that do not ask for a page (hard case 91).
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.8",
    # Any language: a server's own choice is the page most readers were shown; some fail without the field.
    "Accept-Language": "*",
}

BROWSER: Mapping[str, str] = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.5",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "none",
    "Sec-Fetch-User": "?1",
}
"""What a browser sends for an address typed in; beside it `browser_agent()` names an engine and us."""

LEARN_STATUS = frozenset({
    "tls-expired", "tls-not-yet-valid", "tls-self-signed", "tls-untrusted-root", "tls-incomplete-chain",
    "tls-untrusted", "tls-weak", "tls-old-protocol", "tls-handshake", "tls-unrecognized-name",
})  # fmt: skip
"""TLS faults behind which the page is looked at once, unverified. A certificate for another host or
a revoked one may hide another site altogether, so nothing is learnt there."""

DOWN_AFTER = 3
"""Sources of one host in a row that could not even connect: from then on none is tried twice."""

BUSY_AFTER = 8
"""The same for sources that got a 429 or no answer in time, so that a busy host costs a long list of links
little more than one try each; a few slow or guarded pages say nothing of their neighbours."""

LEARN_LATE = frozenset({"tls-reset", "tls-failed"})
"""Faults that may pass, or that only speak for an old server: looked behind when the tries are spent."""

KEPT_HEADERS = frozenset({
    "server", "via", "location", "content-type", "retry-after", "cf-mitigated", "cf-ray", "x-datadome",
    "x-amzn-waf-action", "x-vercel-mitigated", "x-cache", "memento-datetime", "www-authenticate",
    "x-ratelimit-remaining", "x-ratelimit-reset", "content-encoding", "content-length", "age",
})  # fmt: skip
"""Headers of an answer that an attempt keeps: what a reader needs to follow the reasoning."""


@dataclass(slots=True)
class Probing:
    """One check under way: its place in the queues, what it asked and noticed.

    `notes` keeps order and drops repetitions.
    """

    lane: Lane
    attempts: list[Attempt] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    retry_after_s: float | None = None
    tls: str | None = None

    def note(self, text: str) -> None:
        """Put a note beside the outcome."""
        self.notes[text] = None


class Requester:
    """Sends the requests of every check."""

    def __init__(
        self,
        policy: CheckPolicy,
        *,
        treatments: Treatments,
        fetcher: Fetcher,
        queues: HostQueues,
        clock: Clock,
        chance: Chance,
    ) -> None:
        self._policy, self._treatments, self._fetcher, self._queues = policy, treatments, fetcher, queues
        self._clock, self._chance = clock, chance
        self._secrets = Secrets(treatments.rules, policy.netrc)
        self._unconnected: dict[str, int] = {}
        self._nowhere: dict[str, int] = {}

    async def ask(
        self,
        url: str,
        probing: Probing,
        *,
        headers: Mapping[str, str] | None = None,
        purpose: str = "page",
        unverified_look: bool = True,
    ) -> FetchResponse | FetchFailure:
        """Ask for one address until it answers, fails for good, or the tries are spent."""
        request = self._request(url, headers or {})
        host = host_key(url)
        tried = 0
        wait = waited = 0.0
        while True:
            answer = await self._once(request, probing, wait=wait, purpose=purpose)
            tried += 1
            if isinstance(answer, FetchFailure):
                limit = FAILURE_RETRIES.get(answer.cause, 0)
                last = tried > min(limit, self._policy.retries)
                second = await self._second_connection(
                    request, answer, probing, unverified_look=unverified_look, last=last
                )
                if second is not None:
                    return second
            else:
                limit = STATUS_RETRIES.get(answer.status, 0)
                self._rest(answer, host)
                if _wants_http2(answer) and (second := await self._http2_look(request, probing)):
                    return second
                if answer.status in SECOND_LOOK and purpose == "page" and not _walled(answer):
                    return await self._browser_look(request, answer, probing)
            down = self._down(host, answer, tried)
            busy = isinstance(answer, FetchResponse) and answer.status == 429
            if limit == 0 or (down and not busy):
                return answer
            found = self._wait_s(answer, tried)
            if isinstance(answer, FetchResponse) and found is not None and answer.status in (429, 503):
                probing.retry_after_s = found
            if found is None or waited + found > self._policy.retry_after_max_s:
                return answer
            if busy:
                self._queues.pause(host, found)
            # A sibling is a courtesy asked of the host: one request, whatever comes of it.
            if down or tried > min(limit, self._policy.retries) or purpose == "sibling":
                return answer
            wait = found
            waited += found
            reason = (
                "the server says when" if probing.retry_after_s == found else "tries lie ever further apart"
            )
            _LOG.debug("waits", extra=facts(host=host, url=url, seconds=round(found, 1), reason=reason))

    def _request(self, url: str, headers: Mapping[str, str]) -> FetchRequest:
        """Return the request of an address; secrets go along where its origin may see them."""
        rule = self._treatments.rule(host_key(url))
        own: dict[str, str] = {}
        timeout_s = self._policy.timeout_s
        if rule is not None:
            timeout_s = rule.timeout_s or timeout_s
            own = harmless(rule)
            if rule.user_agent is not None:
                own["User-Agent"] = rule.user_agent
        return FetchRequest(
            url=url,
            headers={**HEADERS, **own, **headers, **self._secrets.of(url)},
            timeout_s=timeout_s,
            # A little less, so that a host that never connects is named as such.
            connect_timeout_s=min(self._policy.connect_timeout_s, 0.9 * timeout_s),
            stop_after_s=self._policy.body_timeout_s,
            max_body_bytes=self._policy.max_body_bytes,
            media_cap_bytes=MEDIA_CAP_BYTES,
        )

    async def _once(
        self, request: FetchRequest, probing: Probing, *, wait: float = 0.0, purpose: str
    ) -> FetchResponse | FetchFailure:
        await probing.lane.to(host_key(request.url), wait)
        answer = await self._fetcher.fetch(request)
        if isinstance(answer, FetchFailure):
            attempt = Attempt(
                url=request.url,
                purpose=purpose,
                phase=answer.phase,
                cause=answer.cause,
                waited_s=round(wait, 3),
            )
        else:
            attempt = Attempt(
                url=request.url,
                purpose=purpose,
                status=answer.status,
                cause=answer.body_failure.cause if answer.body_failure else None,
                phase=answer.body_failure.phase if answer.body_failure else None,
                duration_s=round(answer.duration_s, 4),
                waited_s=round(wait, 3),
                headers=tuple((name, value[:200]) for name, value in answer.headers if name in KEPT_HEADERS),
            )
        probing.attempts.append(attempt)
        if _LOG.isEnabledFor(logging.DEBUG):
            _LOG.debug("asked", extra=facts(
                host=host_key(request.url), url=request.url, purpose=purpose, status=attempt.status,
                cause=attempt.cause, seconds=attempt.duration_s, waited_s=attempt.waited_s or None,
            ))  # fmt: skip
        return answer

    async def _second_connection(
        self,
        request: FetchRequest,
        failure: FetchFailure,
        probing: Probing,
        *,
        unverified_look: bool,
        last: bool,
    ) -> FetchResponse | FetchFailure | None:
        """Look behind a bad certificate, past bad framing, or over HTTP/2: one more connection, at once."""
        if failure.cause in HTTP2_FAILURES and (last or failure.cause not in FAILURE_RETRIES):
            second = await self._http2_look(request, probing)
            if second is not None:
                return second
        behind_tls = failure.cause in LEARN_STATUS or (last and failure.cause in LEARN_LATE)
        if behind_tls and unverified_look:
            # Whoever stands behind a bad certificate learns nothing but the address.
            told = {*self._secrets.of(request.url), "Authorization", "Cookie"}
            kept = {name: value for name, value in request.headers.items() if name not in told}
            changed = replaced(request, verify_tls=False, headers=kept)
            purpose = "status-behind-tls"
        elif failure.cause in ("bad-http", "bad-chunking"):
            changed = replaced(request, lenient=True)
            purpose = "lenient"
        else:
            return None
        answer = await self._once(changed, probing, purpose=purpose)
        if isinstance(answer, FetchFailure):
            # The second reader knows better what was wrong with the framing.
            return answer if answer.cause == "bad-chunking" else None
        if purpose == "lenient":
            probing.note("http: bad framing")
            return answer
        name = failure.cause.removeprefix("tls-")
        probing.note(f"tls: {name}")
        probing.tls = name
        return answer

    async def _http2_look(self, request: FetchRequest, probing: Probing) -> FetchResponse | None:
        """Ask over HTTP/2 a server that seems to speak nothing else; None where that leads nowhere."""
        if not request.url.startswith("https:"):
            return None
        answer = await self._once(replaced(request, http2=True), probing, purpose="http2")
        if isinstance(answer, FetchFailure):
            return None
        probing.note("http: only HTTP/2 is spoken here")
        return answer

    async def _browser_look(
        self, request: FetchRequest, answer: FetchResponse, probing: Probing
    ) -> FetchResponse | FetchFailure:
        """Ask once more with a browser's headers before a refusal is believed."""
        headers = {**request.headers, **BROWSER, "User-Agent": browser_agent()}
        changed = replaced(request, headers=headers)
        second = await self._once(changed, probing, purpose="browser-headers")
        if isinstance(second, FetchFailure):
            return answer
        if second.status == answer.status:
            return answer
        believed = answer.status in MANNERS_ONLY or second.status < 400 or second.status in (401, 403, 429)
        if not believed:
            return answer
        probing.note("answers differ by user agent or visit")
        return second

    def _wait_s(self, answer: FetchResponse | FetchFailure, tried: int) -> float | None:
        if isinstance(answer, FetchResponse):
            asked = retry_after_s(answer.header("retry-after"), self._now(answer))
            if asked is not None and answer.status in (429, 503):
                return asked
            if answer.status == 429:
                return backoff_s(self._policy.rate_limit_wait_s, tried, self._chance())
        return backoff_s(self._policy.retry_wait_s, tried, self._chance())

    def _down(self, host: str, answer: FetchResponse | FetchFailure, tried: int) -> bool:
        """Count sources in a row that got nowhere, and tell when a host is down or busy as a whole."""
        if isinstance(answer, FetchResponse):
            unconnected, nowhere = False, answer.status == 429
        else:
            unconnected = answer.phase in (Phase.DNS, Phase.CONNECT)
            nowhere = unconnected or answer.cause == "timeout"
        for counts, counted in ((self._unconnected, unconnected), (self._nowhere, nowhere)):
            if not counted:
                counts.pop(host, None)
            elif tried == 1:
                counts[host] = counts.get(host, 0) + 1
        return self._unconnected.get(host, 0) > DOWN_AFTER or self._nowhere.get(host, 0) > BUSY_AFTER

    def _now(self, answer: FetchResponse) -> datetime:
        """Return the server's own time where it tells it: its dates are by its clock, ours may be set."""
        return http_date(answer.header("date")) or self._clock()

    def _rest(self, answer: FetchResponse, host: str) -> None:
        if not any("ratelimit" in name for name, _ in answer.headers):
            return
        seconds = exhausted_for_s(dict(answer.headers), self._now(answer))
        if seconds:
            self._queues.pause(host, min(seconds, self._policy.retry_after_max_s))


def _wants_http2(answer: FetchResponse) -> bool:
    """Tell whether a server asks for another HTTP: by its status, or in the words of Node's own refusal."""
    return answer.status in HTTP2_STATUS or (answer.status == 403 and b"ALPN" in answer.body[:500])


def _walled(answer: FetchResponse) -> bool:
    """Tell whether a 403 says by itself what stands in the way: a wall's maker, or a limit used up."""
    if answer.status != 403:
        return False
    wall = find_wall(answer.status, answer.headers, None, answer.body, answer.url, answer.url)
    spent = answer.header("x-ratelimit-remaining") == "0" or answer.header("ratelimit-remaining") == "0"
    return spent or (wall is not None and wall.vendor is not None)
