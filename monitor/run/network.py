"""Whether our own network works, asked of the sentinels while a run goes on."""

from datetime import datetime, timedelta

from monitor.model.observation import DOUBTFUL, Observation
from monitor.model.run import Run
from monitor.run.ports import Parts

VOUCH_EVERY = timedelta(minutes=10)
"""How old the sentinels' last answer may be when a host fails. What a run that is cut off observed since
then counts for nothing, so this bounds what is lost."""


class Network:
    """Asks the sentinels when it matters, and lets the store know when they last answered."""

    def __init__(self, parts: Parts, run: Run) -> None:
        self._parts = parts
        self._run = run
        self._watch = parts.guard.watch()
        self._vouched_at: datetime | None = None

    async def look(self) -> str | None:
        """Ask the sentinels; return why our network does not work, or None."""
        # The instant before asking: what fails while they answer is not vouched for.
        at = self._parts.clock()
        reason = await self._parts.checker.connected()
        if reason is None:
            self._watch.vouched()
            self._vouched_at = at
            await self._parts.store.vouch(self._run, at)
        return reason

    async def after(self, host: str, seen: Observation, *, failing_before: bool) -> str | None:
        """Ask again where a probe makes it advisable; return why our network does not work, or None."""
        jumped = self._watch.saw(host, seen, failing_before=failing_before)
        last = self._vouched_at
        old = seen.outcome in DOUBTFUL and last is not None and self._parts.clock() - last >= VOUCH_EVERY
        return await self.look() if jumped or old else None
