"""Asking for a capture: Save Page Now 2, with a ledger of what was asked and what became of it.

One submission. It is sent again only after a temporary refusal, on a later night and by the caller;
a submission that timed out may have worked, so it is looked up, never repeated.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from monitor.archive.addresses import view_url
from monitor.archive.captures import IndexRow, Look, instant, requestable, stamp_of
from monitor.archive.errors import ArchiveStopped, ArchiveTrouble
from monitor.archive.policy import WaybackPolicy
from monitor.archive.replay import Replayer
from monitor.archive.transport import Cost, Transport
from monitor.model.ports import Monotonic, Sleep
from monitor.model.snapshot import Capture, CaptureRefusal, CaptureState
from monitor.model.source import Source
from monitor.model.values import replaced

PERMANENT = frozenset(
    {
        "bad-request", "blocked", "blocked-url", "blocked-client-ip", "filesize-limit", "ftp-access-denied",
        "http-version-not-supported", "invalid-url-syntax", "invalid-host-resolution", "method-not-allowed",
        "not-implemented", "no-access", "not-found", "unauthorized", "too-many-redirects",
    }
)  # fmt: skip
"""Refusals that asking again will not change (SPN2 API, `status_ext`); all others are temporary."""
STATUS_LIVES = timedelta(hours=1)
"""After an hour the service answers "pending" for every job for ever."""
RECENT = timedelta(days=2)
"""How far from the asking a capture may lie and still be what it came to: archives answer "the same
snapshot had been made" for a day and more, and date a delayed capture by its making."""


class Saver:
    """Submits, follows and verifies captures."""

    def __init__(
        self,
        name: str,
        transport: Transport,
        replayer: Replayer,
        policy: WaybackPolicy,
        *,
        sleep: Sleep,
        monotonic: Monotonic,
    ) -> None:
        self._name = name
        self._transport = transport
        self._replayer = replayer
        self._policy = policy
        self._sleep = sleep
        self._monotonic = monotonic

    async def capture(
        self, source: Source, now: datetime, *, sending: Callable[[], Awaitable[None]] | None = None
    ) -> Capture:
        """Submit once and follow for `capture_wait_s`; see `Archive.capture`.

        `sending` is called when the archive's limit lets the submission through, before it is sent.
        """
        url = requestable(source.url)
        ledger = Capture(
            source=source.canonical_url, url=url, archive=self._name, state=CaptureState.REQUESTED,
            requested_at=now, updated_at=now,
        )  # fmt: skip
        if not (self._policy.access_key and self._policy.secret_key):
            return replaced(ledger, state=CaptureState.REFUSED, refusal=CaptureRefusal.NO_KEYS)
        try:
            answer = await self._post(url, sending)
        except ArchiveStopped as trouble:  # nothing was sent
            return replaced(
                ledger, state=CaptureState.REFUSED, refusal=CaptureRefusal.STOPPED, reason=str(trouble)
            )
        except ArchiveTrouble as trouble:
            return replaced(ledger, reason=f"outcome unknown: {trouble}")
        ledger = _submitted(ledger, *answer)
        if ledger.state is CaptureState.REQUESTED and answer[1] is not None:
            return await self._recent(ledger, now)
        return await self._poll(ledger, now)

    async def follow(self, capture: Capture, now: datetime) -> Capture:
        """Ask the job's status while it lives, then the archive itself; see `Archive.follow`."""
        if capture.state.settled:
            return capture
        cost = Cost()
        try:
            if (
                capture.state is CaptureState.PENDING
                and capture.job
                and now - capture.requested_at < STATUS_LIVES
            ):
                return await self._verified(await self._status(capture, now, cost), now, cost)
            if capture.state in (CaptureState.SAVED, CaptureState.INDEXED):
                return await self._verified(capture, now, cost)
            return await self._found(capture, now, cost)
        except ArchiveTrouble as trouble:
            return replaced(capture, updated_at=now, reason=str(trouble))

    # -- parts

    async def _recent(self, ledger: Capture, now: datetime) -> Capture:
        """Look for the copy the archive says it made a while ago, instead of a new one."""
        try:
            return await self._found(ledger, now, Cost())
        except ArchiveTrouble as trouble:
            return replaced(ledger, reason=str(trouble))

    async def _post(
        self, url: str, sending: Callable[[], Awaitable[None]] | None
    ) -> tuple[int, dict[str, Any] | None]:
        keys = f"LOW {self._policy.access_key}:{self._policy.secret_key}"
        headers = {
            "Accept": "application/json",
            "Authorization": keys,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"url": url, "skip_first_archive": "1"}).encode()
        answer = await self._transport.ask(
            "save", self._policy.save_url, Cost(), headers=headers, body=body, once=True, sending=sending
        )
        return answer.status, _json(answer.body)

    async def _poll(self, ledger: Capture, now: datetime) -> Capture:
        ends = self._monotonic() + self._policy.capture_wait_s
        cost = Cost()
        while ledger.state is CaptureState.PENDING and self._monotonic() < ends:
            await self._sleep(self._policy.poll_s)
            try:
                ledger = await self._status(ledger, now, cost)
            except ArchiveTrouble as trouble:
                return replaced(ledger, reason=str(trouble))
        try:
            return await self._verified(ledger, now, cost)
        except ArchiveTrouble as trouble:
            return replaced(ledger, reason=str(trouble))

    async def _status(self, ledger: Capture, now: datetime, cost: Cost) -> Capture:
        url = f"{self._policy.save_url.rstrip('/')}/status/{ledger.job}"
        keys = f"LOW {self._policy.access_key}:{self._policy.secret_key}"
        headers = {"Accept": "application/json", "Authorization": keys}
        answer = await self._transport.ask("status", url, cost, headers=headers, whole=True)
        data = _json(answer.body)
        if answer.status != 200 or data is None:
            raise ArchiveTrouble(f"capture status: HTTP {answer.status}")
        state = data.get("status")
        if state == "error":
            return _refused(replaced(ledger, updated_at=now), data)
        stamp = str(data.get("timestamp"))
        if state != "success" or (when := instant(stamp)) is None:
            return replaced(ledger, updated_at=now)
        original = str(data.get("original_url") or ledger.url)
        return replaced(
            ledger, state=CaptureState.SAVED, updated_at=now, timestamp=when, reason=None,
            snapshot_url=view_url(self._policy.replay_url, stamp, original),
        )  # fmt: skip

    async def _verified(self, ledger: Capture, now: datetime, cost: Cost) -> Capture:
        """Look at a saved capture: visible at all means indexed, showing a page means verified."""
        if ledger.state not in (CaptureState.SAVED, CaptureState.INDEXED) or ledger.timestamp is None:
            return ledger
        row = IndexRow(stamp=stamp_of(ledger.timestamp), when=ledger.timestamp, original=_original(ledger))
        seen = await self._replayer.look(row, ledger.url, cost)
        if seen.look is Look.PAGE:
            return replaced(ledger, state=CaptureState.VERIFIED, updated_at=now, reason=None)
        if seen.look in (Look.REJECTED, Look.UNREADABLE):
            return replaced(ledger, state=CaptureState.INDEXED, updated_at=now, reason=seen.reason)
        return replaced(ledger, updated_at=now, reason="not visible yet")

    async def _found(self, ledger: Capture, now: datetime, cost: Cost) -> Capture:
        """Look for the capture of a submission whose outcome is unknown, or whose status has expired."""
        row = await self._replayer.nearest(stamp_of(ledger.requested_at), ledger.url, cost)
        if row is None or abs(row.when - ledger.requested_at) > RECENT:
            return replaced(ledger, updated_at=now, reason=ledger.reason or "no capture seen yet")
        url = view_url(self._policy.replay_url, row.stamp, row.original)
        saved = replaced(
            ledger, state=CaptureState.SAVED, timestamp=row.when, snapshot_url=url, updated_at=now
        )
        return await self._verified(saved, now, cost)


def _original(ledger: Capture) -> str:
    tail = (ledger.snapshot_url or "").split(f"/{stamp_of(ledger.timestamp)}/", 1) if ledger.timestamp else []
    return tail[1] if len(tail) == 2 else ledger.url


def _submitted(ledger: Capture, status: int, data: dict[str, Any] | None) -> Capture:
    """Return the ledger line after the answer to a submission. Refusals come with status 200 too."""
    if status == 401:
        return replaced(ledger, state=CaptureState.REFUSED, refusal=CaptureRefusal.BAD_KEYS)
    if data is None:
        return replaced(ledger, reason=f"outcome unknown: HTTP {status} without JSON")
    if data.get("status") == "error" or status >= 400:
        return _refused(ledger, data)
    job = data.get("job_id")
    if isinstance(job, str) and job:
        return replaced(ledger, state=CaptureState.PENDING, job=job, reason=_words(data))
    # "The same snapshot had been made 3 minutes ago": as good as saved, but it does not say where.
    return replaced(ledger, reason=_words(data) or "outcome unknown: no job")


def _refused(ledger: Capture, data: Mapping[str, Any]) -> Capture:
    code = str(data.get("status_ext") or data.get("exception") or "error:unknown").removeprefix("error:")
    refusal = CaptureRefusal.PERMANENT if code in PERMANENT else CaptureRefusal.PASSING
    reason = code + (f" ({words})" if (words := _words(data)) else "")
    return replaced(ledger, state=CaptureState.REFUSED, refusal=refusal, reason=reason)


def _words(data: Mapping[str, Any]) -> str | None:
    message = data.get("message")
    return str(message)[:300] if message else None


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(body)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None
