"""The ledger of captures: nothing is asked for twice, and no day gets more than its share.

It stands before the saver and writes a line before anything is sent, so that a process that dies
while submitting never submits again: what became of it is looked up instead.
"""

import asyncio
import json
from datetime import datetime, timedelta

from monitor.archive.captures import requestable
from monitor.archive.interface import LookUpMemory
from monitor.archive.save import Saver
from monitor.model.snapshot import Capture, CaptureRefusal, CaptureState
from monitor.model.source import Source
from monitor.model.urls import names_archive
from monitor.model.values import replaced

ASK_AGAIN = timedelta(days=1)
"""A passing refusal ("too many captures of this address today") holds for a day."""
EXPIRES = timedelta(days=7)
"""A capture the archive shows nothing of for so long is given up."""
MOST_ASKED = 5
"""An archive that refused an address on so many days is not asked for it again."""
_INSTANTS = ("requested_at", "updated_at", "timestamp")


class Ledger:
    """Captures of one archive, asked for once each, `per_day` at most in one day (UTC)."""

    def __init__(self, name: str, saver: Saver, memory: LookUpMemory, per_day: int) -> None:
        self._name = name
        self._saver = saver
        self._memory = memory
        self._per_day = per_day
        self._counting = asyncio.Lock()

    async def capture(self, source: Source, now: datetime) -> Capture:
        """Ask for a capture unless it was asked for before; see `Archive.capture`."""
        if names_archive(source.url):
            return replaced(
                self._line(source, now), state=CaptureState.REFUSED, refusal=CaptureRefusal.PERMANENT,
                reason="this is an archive's own address",
            )  # fmt: skip
        known = await self._known(source.canonical_url)
        if known is not None and not _may_ask_again(known, now):
            return await self.follow(known, now)
        asked = known.asked + 1 if known is not None and known.refusal is CaptureRefusal.PASSING else 1
        line = replaced(self._line(source, now), asked=asked)
        if not await self._spend(now, 1):
            reason = f"{self._per_day} a day"
            return replaced(line, state=CaptureState.REFUSED, refusal=CaptureRefusal.DAY_SPENT, reason=reason)
        # Written when its turn has come and nothing was sent yet: a process killed while it waited for
        # the archive's limit has asked for nothing.
        made = await self._saver.capture(source, now, sending=lambda: self._write(line))
        made = _given_up(replaced(made, asked=asked))
        if made.refusal is not None and not made.refusal.spends:
            await self._spend(now, -1)
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
        if capture.state.settled:
            return capture
        followed = await self._saver.follow(capture, now)
        if not followed.state.settled and now - followed.requested_at >= EXPIRES:
            reason = f"given up after {EXPIRES.days} days: {followed.reason or 'no capture seen'}"
            followed = replaced(followed, state=CaptureState.LOST, reason=reason)
        await self._write(followed)
        return followed

    async def _spend(self, now: datetime, count: int) -> bool:
        """Count captures of the day, or give them back; False where the day's share is spent."""
        day = json.dumps(["captures", now.date().isoformat()])
        async with self._counting:
            kept = await self._memory.recall(self._name, day)
            spent = int(kept[0]) if kept else 0
            if count > 0 and spent >= self._per_day:
                return False
            await self._memory.remember(self._name, day, str(max(spent + count, 0)), now)
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
        data = {name: getattr(line, name) for name in line.__struct_fields__}
        instants = {name: data[name].isoformat() if data[name] else None for name in _INSTANTS}
        text = json.dumps({**data, **instants, "state": line.state.value})
        await self._memory.remember(self._name, _key(line.source), text, line.updated_at)


def _key(source: str) -> str:
    return json.dumps(["capture", source])


def _may_ask_again(known: Capture, now: datetime) -> bool:
    """Tell whether nothing came of a capture, for a reason that may have passed."""
    if known.state is CaptureState.LOST:
        return True
    if known.state is not CaptureState.REFUSED or known.refusal is None or known.refusal.final:
        return False
    return not known.refusal.waits or now - known.updated_at >= ASK_AGAIN


def _given_up(made: Capture) -> Capture:
    """Return a capture refused once too often as refused for good."""
    if made.refusal is not CaptureRefusal.PASSING or made.asked < MOST_ASKED:
        return made
    reason = f"refused on {made.asked} days, the last time with {made.reason}"
    return replaced(made, refusal=CaptureRefusal.PERMANENT, reason=reason)
