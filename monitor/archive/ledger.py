"""The ledger of captures: nothing is asked for twice, and no day gets more than its share.

It stands before the saver and writes a line before anything is sent, so that a process that dies
while submitting never submits again: what became of it is looked up instead.
"""

import asyncio
import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from monitor.archive.captures import requestable
from monitor.archive.interface import Memory
from monitor.archive.save import Saver
from monitor.model.snapshot import Capture, CaptureRefusal, CaptureState
from monitor.model.source import Source
from monitor.model.urls import names_archive

ASK_AGAIN = timedelta(days=1)
"""A temporary refusal ("too many captures of this address today") holds for a day."""
_INSTANTS = ("requested_at", "updated_at", "timestamp")


class Ledger:
    """Captures of one archive, asked for once each, `per_day` at most in one day (UTC)."""

    def __init__(self, name: str, saver: Saver, memory: Memory, per_day: int) -> None:
        self._name = name
        self._saver = saver
        self._memory = memory
        self._per_day = per_day
        self._counting = asyncio.Lock()

    async def capture(self, source: Source, now: datetime) -> Capture:
        """Ask for a capture unless it was asked for before; see `Archive.capture`."""
        if names_archive(source.url):
            return replace(
                self._line(source, now), state=CaptureState.REFUSED, refusal=CaptureRefusal.PERMANENT,
                reason="this is an archive's own address",
            )  # fmt: skip
        known = await self._known(source.canonical_url)
        if known is not None and not _may_ask_again(known, now):
            return await self.follow(known, now)
        line = self._line(source, now)
        if not await self._spend(now):
            reason = f"{self._per_day} a day"
            return replace(line, state=CaptureState.REFUSED, refusal=CaptureRefusal.DAY_SPENT, reason=reason)
        await self._write(line)
        made = await self._saver.capture(source, now)
        await self._write(made)
        return made

    def _line(self, source: Source, now: datetime) -> Capture:
        return Capture(
            source=source.canonical_url,
            url=requestable(source.url),
            archive=self._name,
            state=CaptureState.REQUESTED,
            requested_at=now,
            updated_at=now,
            reason="outcome unknown: the process ended while asking",
        )

    async def follow(self, capture: Capture, now: datetime) -> Capture:
        """Look again at a capture; see `Archive.follow`."""
        if capture.state in (CaptureState.VERIFIED, CaptureState.REFUSED):
            return capture
        followed = await self._saver.follow(capture, now)
        await self._write(followed)
        return followed

    async def _spend(self, now: datetime) -> bool:
        """Count one more capture of the day; False where the day's share is spent."""
        day = json.dumps(["captures", now.date().isoformat()])
        async with self._counting:
            kept = await self._memory.recall(self._name, day)
            spent = int(kept[0]) if kept else 0
            if spent >= self._per_day:
                return False
            await self._memory.remember(self._name, day, str(spent + 1), now)
            return True

    async def _known(self, source: str) -> Capture | None:
        kept = await self._memory.recall(self._name, _key(source))
        if kept is None:
            return None
        try:
            data = json.loads(kept[0])
            instants = {n: datetime.fromisoformat(data[n]) if data[n] else None for n in _INSTANTS}
            refusal = CaptureRefusal(data["refusal"]) if data.get("refusal") else None
            return Capture(**{**data, **instants, "state": CaptureState(data["state"]), "refusal": refusal})
        except (ValueError, KeyError, TypeError):
            return None

    async def _write(self, line: Capture) -> None:
        data = asdict(line)
        instants = {name: data[name].isoformat() if data[name] else None for name in _INSTANTS}
        text = json.dumps({**data, **instants, "state": line.state.value})
        await self._memory.remember(self._name, _key(line.source), text, line.updated_at)


def _key(source: str) -> str:
    return json.dumps(["capture", source])


def _may_ask_again(known: Capture, now: datetime) -> bool:
    """Tell whether a refusal was of the passing kind, and long enough ago or never sent at all."""
    if known.state is not CaptureState.REFUSED or known.refusal is None or known.refusal.final:
        return False
    return not known.refusal.sent or now - known.updated_at >= ASK_AGAIN
