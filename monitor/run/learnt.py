"""What a run learns beside its observations: counts, notes, and what it would ask captures of."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from monitor.model.logged import facts
from monitor.model.observation import OUR_NETWORK, UNASKED, Observation, Outcome
from monitor.model.run import HostNight
from monitor.model.source import Source

if TYPE_CHECKING:
    from monitor.run.coverage import Waits
    from monitor.store.interface import DueSource

_LOG = logging.getLogger(__name__)

CAPTURES = 10_000
"""Sources a night would ask captures of at most: the archive takes some thousands a day."""


class HostTally(Struct):
    """What one host cost and gave this run; seconds are of answers, and of waits before further tries."""

    probes: int = 0
    failing: int = 0
    blocked: int = 0
    requests: int = 0
    seconds: float = 0.0
    waited_s: float = 0.0

    def add(self, seen: Observation) -> None:
        """Count one probe."""
        self.probes += 1
        self.failing += seen.outcome.failing
        self.blocked += seen.outcome in (Outcome.BLOCKED, Outcome.RATE_LIMITED)
        self.requests += seen.requests
        self.seconds += sum(attempt.duration_s for attempt in seen.attempts)
        self.waited_s += sum(attempt.waited_s for attempt in seen.attempts)


class Learnt(Struct):
    """The counts a run reports, and what it would ask captures of."""

    requests: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    archive_errors: Counter[str] = field(default_factory=Counter)
    at_risk: list[tuple[tuple[int, int], Source]] = field(default_factory=list)
    """Live sources nothing is archived of, with (failures in their history, citations)."""
    waits: "Waits | None" = None
    """Says how many look-ups wait, where archives are asked."""
    probed: bool = False
    lost: str | None = None
    """Why our own network does not work, once it is known: then nothing more is worth asking."""
    kept: int = 0
    """How many good answers were young enough not to be asked for again."""
    offline: int = 0
    """How many sources were not asked for because nobody is."""
    hosts: dict[str, HostTally] = field(default_factory=dict)
    """Kept where somebody reads the log."""
    unasked: dict[str, HostNight] = field(default_factory=dict)
    """Hosts that our own network kept from us: the store keeps no observation of what was not asked."""

    def note_at_risk(self, due: "DueSource") -> None:
        """Keep a living source of which nothing is archived, while it is among the riskiest."""
        failures = sum(one.observation.outcome.failing for one in due.observations)
        self.at_risk.append(((failures, len(due.citations)), due.source))
        if len(self.at_risk) >= 2 * CAPTURES:
            del self._by_risk()[CAPTURES:]

    def riskiest(self) -> list[Source]:
        """Return the sources at risk: those that failed before first, then the most cited."""
        return [source for _, source in self._by_risk()[:CAPTURES]]

    def _by_risk(self) -> list[tuple[tuple[int, int], Source]]:
        self.at_risk.sort(key=lambda one: one[0], reverse=True)
        return self.at_risk

    def note_unasked(self, host: str, seen: Observation, before: Outcome | None) -> None:
        """Count a source that could not be asked for a fault of our own network."""
        if seen.outcome in UNASKED and seen.cause in OUR_NETWORK:
            one = HostNight(
                host=host,
                probes=1,
                failing=1,
                working_before=before is not None and not before.failing,
                known_before=before is not None,
            )
            self.unasked[host] = one + self.unasked[host] if host in self.unasked else one

    def log(self, host: str, seen: Observation) -> None:
        """Log a probe, and count it for its host."""
        if not _LOG.isEnabledFor(logging.INFO):
            return
        self.hosts.setdefault(host, HostTally()).add(seen)
        _LOG.info("probed", extra=facts(
            source=seen.source, host=host, outcome=seen.outcome, cause=seen.cause, status=seen.http_status,
            requests=seen.requests, seconds=round(sum(attempt.duration_s for attempt in seen.attempts), 3),
            waited_s=round(sum(attempt.waited_s for attempt in seen.attempts), 1) or None,
        ))  # fmt: skip

    def log_hosts(self) -> None:
        """Log what each host cost and gave, the costliest first."""
        for host, one in sorted(self.hosts.items(), key=lambda item: (-item[1].seconds, item[0])):
            _LOG.info("host", extra=facts(
                host=host, probes=one.probes, failing=one.failing, blocked=one.blocked, requests=one.requests,
                seconds=round(one.seconds, 3), waited_s=round(one.waited_s, 1),
            ))  # fmt: skip

    def with_unasked(self, nights: Iterable[HostNight]) -> Iterator[HostNight]:
        """Yield the hosts as the store saw them, and those our own network kept from us."""
        left = dict(self.unasked)
        for night in nights:
            yield night + left.pop(night.host) if night.host in left else night
        yield from left.values()
