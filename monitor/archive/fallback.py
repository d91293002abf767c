"""Several archives as one: asked in order until one shows what the author saw."""

from collections.abc import Sequence
from datetime import datetime

from monitor.archive.interface import Archive, LookUp
from monitor.model.snapshot import ArchiveAnswer, ArchivedRot, Capture, Coverage, CoverageResult
from monitor.model.source import Source
from monitor.model.values import replaced

OPEN = frozenset({Coverage.NONE, Coverage.UNKNOWN})


class Fallback:
    """Archives in the configured order. The first one takes the captures."""

    def __init__(self, archives: Sequence[Archive]) -> None:
        self._archives = tuple(archives)

    @property
    def name(self) -> str:
        """Return the names of all archives asked."""
        return ", ".join(archive.name for archive in self._archives)

    @property
    def pace(self) -> float:
        """Return the pace of the first archive, which is asked for every source."""
        return self._archives[0].pace

    async def look_up(self, question: LookUp) -> ArchiveAnswer:
        """Answer from the first archive that shows each citation's page; see `Archive`."""
        answer = await self._archives[0].look_up(question)
        for archive in self._archives[1:]:
            still = [w for w in question.wanted if answer.results[w.key].coverage in OPEN]
            if not still:
                break
            answer = merged(answer, await archive.look_up(replaced(question, wanted=still)))
        return answer

    async def read(self, url: str, now: datetime) -> bytes | None:
        """Return the first archive's newest page of an address, or the next one's."""
        for archive in self._archives:
            if (body := await archive.read(url, now)) is not None:
                return body
        return None

    async def capture(self, source: Source, now: datetime) -> Capture:
        """Ask the first archive for a capture."""
        return await self._archives[0].capture(source, now)

    async def follow(self, capture: Capture, now: datetime) -> Capture:
        """Look again at a capture where it was asked for."""
        for archive in self._archives:
            if archive.name == capture.archive:
                return await archive.follow(capture, now)
        return capture


def merged(one: ArchiveAnswer, two: ArchiveAnswer) -> ArchiveAnswer:
    """Return the better of two archives' answers: shown beats open, open-by-error beats none."""
    results = dict(one.results)
    for key, result in two.results.items():
        results[key] = _better(results[key], result)
    left_open = any(r.coverage is Coverage.UNKNOWN for r in results.values())
    return ArchiveAnswer(
        source=one.source,
        results=results,
        rot=_rot(one.rot, two.rot),
        requests=one.requests + two.requests,
        waited_s=one.waited_s + two.waited_s,
        error=(one.error or two.error) if left_open else None,
    )


def _better(one: CoverageResult, two: CoverageResult) -> CoverageResult:
    if two.coverage not in OPEN:
        best = two
    elif one.coverage is Coverage.UNKNOWN:
        best = one
    elif two.coverage is Coverage.UNKNOWN:
        best = two
    else:
        best = one if one.snapshot else two
    return replaced(
        best,
        evidence=(*one.evidence, *two.evidence)[:12],
        pinned=one.pinned or two.pinned,
        link_fault=None if one.pinned or two.pinned else one.link_fault or two.link_fault,
    )


def _rot(one: ArchivedRot | None, two: ArchivedRot | None) -> ArchivedRot | None:
    """Return the tighter bounds: the latest good capture anywhere, the first failure after it."""
    if one is None or two is None:
        return one or two
    good = max((r.last_good for r in (one, two) if r.last_good), default=None)
    bad = [r.first_bad for r in (one, two) if r.first_bad and (good is None or r.first_bad > good)]
    return ArchivedRot(
        last_good=good, first_bad=min(bad, default=None), failures=one.failures + two.failures if bad else 0
    )
