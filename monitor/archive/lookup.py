"""Answering for one source: list, look, choose, confirm. The same for every archive.

The plan is chosen by measured cost. One index request lists every capture with its digest and
serves all citations of the source; equal digests then spare looking at both sides of a bracket, so
a covered citation costs about two requests. Replay-first costs three (nearest, page, other side)
and is the way taken where the index fails or is shut: every memento's `Link` header names its
neighbours, which is a second, slower index.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from monitor.archive.addresses import cited_capture, view_url
from monitor.archive.cache import PROOF, Cache
from monitor.archive.captures import Look, Row, Seen, instant, requestable, stamp_of
from monitor.archive.errors import ArchiveStopped, ArchiveTrouble, Excluded
from monitor.archive.interface import LookUp
from monitor.archive.judgement.choose import UNREAD, Choice, Fact, Fetch, Verdict, same_text
from monitor.archive.judgement.death import date_rot
from monitor.archive.policy import ArchivePolicy
from monitor.archive.replay import Replayer
from monitor.archive.transport import Tally
from monitor.model.citation import access_interval
from monitor.model.observation import Evidence
from monitor.model.snapshot import (
    ArchiveAnswer,
    ArchivedRot,
    Coverage,
    CoverageResult,
    Snapshot,
    SnapshotWanted,
)

MOST_ROT_LOOKS = 4


class Index(Protocol):
    """Lists captures of an address."""

    async def rows(self, url: str, tally: Tally) -> list[Row]:
        """Return every capture listed; raises ArchiveTrouble and Excluded."""
        ...


@dataclass(slots=True)
class Case:
    """What is known of one source while it is looked up."""

    question: LookUp
    url: str
    tally: Tally
    rows: list[Row] = field(default_factory=list)
    seen: dict[Row, Seen] = field(default_factory=dict)
    index_trouble: str | None = None
    excluded: str | None = None
    confirmed: bool = False

    def add(self, rows: tuple[Row, ...] | list[Row]) -> bool:
        """Add captures the index did not list; tell whether there were any."""
        instants = {r.when for r in self.rows}
        fresh = [r for r in rows if r.when not in instants]
        self.rows += fresh
        return bool(fresh)


@dataclass(slots=True)
class Searcher:
    """Looks sources up in one archive."""

    name: str
    policy: ArchivePolicy
    index: Index | None
    replayer: Replayer
    cache: Cache
    second: Callable[[str, str, Tally], Awaitable[Row | None]] | None = None

    async def look_up(self, question: LookUp) -> ArchiveAnswer:
        """Answer for every wanted citation; an error is an `unknown` with its reason."""
        results: dict[str, CoverageResult] = {}
        bare = False
        asked: list[SnapshotWanted] = []
        for wanted in question.wanted:
            kept = await self.cache.result(question, wanted)
            if kept is None:
                asked.append(wanted)
            else:
                results[wanted.key], uncovered = kept
                bare = bare or uncovered
        rot = await self.cache.rot(question) if question.want_history else None
        case = Case(question=question, url=requestable(question.source.url), tally=Tally())
        error = None
        if asked or (question.want_history and rot is None):
            await self._list(case)
            for wanted in asked:
                answer = await self._answer(case, wanted)
                before = await self.cache.believed(question, wanted)
                results[wanted.key] = self._missed(case, answer, before)
            bare = bare or self._bare(case, [results[w.key] for w in asked])
            for wanted in asked:
                await self.cache.keep(question, wanted, results[wanted.key], uncovered=bare)
            if question.want_history and rot is None:
                rot = await self._rot(case)
            error = next((r.reason for r in results.values() if _failed(r)), None)
        return ArchiveAnswer(
            source=question.source.canonical_url,
            results=results,
            rot=rot,
            uncovered=bare and all(r.coverage is Coverage.NONE for r in results.values()),
            requests=case.tally.requests,
            waited_s=case.tally.waited_s,
            error=error,
        )

    def _missed(self, case: Case, answer: CoverageResult, before: Snapshot | None) -> CoverageResult:
        """Add that the snapshot named on an earlier night is gone, if it is."""
        if before is None or case.index_trouble or before.timestamp in {r.when for r in case.rows}:
            return answer
        gone = Evidence("vanished", f"{before.url} was named before and is no longer in the archive")
        return replace(answer, evidence=(gone, *answer.evidence))

    # -- listing

    async def _list(self, case: Case) -> None:
        """Fill the case from the index; note why it would not say."""
        if self.index is None:
            case.index_trouble = "has no index"
            return
        try:
            case.rows = await self.index.rows(case.url, case.tally)
        except Excluded as trouble:
            case.excluded = str(trouble)
        except ArchiveTrouble as trouble:
            case.index_trouble = str(trouble)

    # -- one citation

    async def _answer(self, case: Case, wanted: SnapshotWanted) -> CoverageResult:
        try:
            own = await self._own(case, wanted)
            verdict = await self._decide(case, wanted)
        except ArchiveTrouble as trouble:
            return self._unknown(case, wanted, str(trouble))
        if verdict.coverage is Coverage.UNKNOWN:
            return self._unknown(case, wanted, verdict.reason or "not answered")
        return self._result(case, wanted, verdict, own)

    async def _decide(self, case: Case, wanted: SnapshotWanted) -> Verdict:
        """Converse with the choice until it has a verdict that stands."""
        if (case.index_trouble or case.excluded) and not case.rows and not case.confirmed:
            await self._nearest(case, wanted)
        choice = self._choice(case, wanted)
        while True:
            step = choice.step()
            if isinstance(step, Fetch):
                seen = await self.replayer.look(step.row, case.url, case.tally)
                case.seen[step.row] = seen
                if stopped := self.replayer.transport.limiter.stopped:
                    raise ArchiveStopped(stopped)
                case.add(seen.neighbours)
                case.confirmed = case.confirmed or seen.look is not Look.TROUBLE
                continue
            if step.coverage is not Coverage.NONE:
                return step
            if case.index_trouble is not None:
                return Verdict(coverage=Coverage.UNKNOWN, reason=f"index: {case.index_trouble}")
            if case.confirmed or not await self._nearest(case, wanted):
                return replace(step, reason=case.excluded or step.reason)

    async def _nearest(self, case: Case, wanted: SnapshotWanted) -> bool:
        """Ask replay for the nearest capture: a second opinion on "none", the first without an index.

        Returns whether it knows one the index did not list. Raises ArchiveTrouble.
        """
        interval = access_interval(wanted.access_date, case.question.now)
        middle = interval[0] + (interval[1] - interval[0]) / 2 if interval else case.question.now
        try:
            row = await self.replayer.nearest(stamp_of(middle), case.url, case.tally)
        except Excluded as trouble:
            case.excluded = str(trouble)
            row = None
        except ArchiveStopped:
            raise
        except ArchiveTrouble:
            row = await self.second(case.url, stamp_of(middle), case.tally) if self.second else None
            if row is None:
                raise
        case.confirmed = True
        return row is not None and case.add([row])

    def _choice(self, case: Case, wanted: SnapshotWanted) -> Choice:
        return Choice(
            wanted=wanted,
            url=case.url,
            now=case.question.now,
            rows=case.rows,
            seen=case.seen,
            near_days=self.policy.near_days,
            max_bodies=self.policy.max_bodies,
        )

    # -- the citation's own archive link

    async def _own(self, case: Case, wanted: SnapshotWanted) -> Seen | None:
        """Look at the capture the citation itself links; ELSEWHERE means it vanished."""
        place = cited_capture(wanted.archive_url, self.replayer.replay_url) if wanted.archive_url else None
        if place is None:
            return None
        stamp = place[0]
        row = next((r for r in case.rows if r.stamp == stamp), None)
        if row is None:
            padded = (stamp + "00000101000000"[len(stamp) :])[:14]
            nearest = await self.replayer.nearest(padded, place[1], case.tally)
            exact = len(stamp) == 14 and nearest is not None and nearest.when != instant(stamp)
            if nearest is None or exact:
                gone = Row(stamp=padded, when=instant(padded) or case.question.now, original=place[1])
                return Seen(row=gone, look=Look.ELSEWHERE)
            case.add([nearest])
            row = next(r for r in case.rows if r.when == nearest.when)
        if row not in case.seen:
            case.seen[row] = await self.replayer.look(row, case.url, case.tally)
        return case.seen[row]

    def _pinned(self, case: Case, wanted: SnapshotWanted, verdict: Verdict, own: Seen | None) -> bool:
        if own is None or own.look is not Look.PAGE:
            return False
        if wanted.quote:
            return self._choice(case, wanted).fact(own.row) is Fact.HOLDS
        cited = case.seen.get(verdict.row) if verdict.row else None
        if verdict.coverage is not Coverage.BRACKETED or cited is None or not (cited.page and own.page):
            return False
        return same_text(own.page, cited.page)

    # -- results

    def _result(
        self, case: Case, wanted: SnapshotWanted, verdict: Verdict, own: Seen | None
    ) -> CoverageResult:
        seen = case.seen.get(verdict.row) if verdict.row else None
        proof = verdict.coverage in PROOF
        evidence = [Evidence("archive", verdict.reason)] if verdict.reason else []
        for row, look in case.seen.items():
            if look.look in (Look.REJECTED, Look.ELSEWHERE, Look.TROUBLE) and len(evidence) < 8:
                evidence.append(Evidence("capture", f"{row.stamp}: {look.reason}"))
        if seen is not None and seen.chain:
            evidence.append(Evidence("redirects", " > ".join(seen.chain)[:500]))
        return CoverageResult(
            key=wanted.key,
            coverage=verdict.coverage,
            snapshot=self._snapshot(verdict.row, verified=verdict.verified and proof),
            before=self._snapshot(verdict.before),
            after=self._snapshot(verdict.after),
            pinned=self._pinned(case, wanted, verdict, own),
            vanished=own is not None and own.look is Look.ELSEWHERE,
            reason=verdict.reason,
            evidence=tuple(evidence),
            answered_at=case.question.now,
            text=seen.page if seen and proof else None,
        )

    def _snapshot(self, row: Row | None, *, verified: bool = False) -> Snapshot | None:
        if row is None:
            return None
        return Snapshot(
            archive=self.name,
            timestamp=row.when,
            url=view_url(self.replayer.replay_url, row.stamp, row.original),
            original=row.original,
            status=row.status,
            digest=row.digest,
            media_type=row.media_type,
            verified=verified,
        )

    def _unknown(self, case: Case, wanted: SnapshotWanted, reason: str) -> CoverageResult:
        if not reason.startswith(self.name):
            reason = f"{self.name}: {reason}"
        evidence = (Evidence("archive", reason),)
        return CoverageResult(
            key=wanted.key,
            coverage=Coverage.UNKNOWN,
            reason=reason,
            evidence=evidence,
            answered_at=case.question.now,
        )

    def _bare(self, case: Case, results: list[CoverageResult]) -> bool:
        """Tell whether the archive answered and holds nothing usable at all."""
        if case.excluded or case.index_trouble or not results:
            return False
        shown = any(s.look in (Look.PAGE, Look.UNREADABLE) for s in case.seen.values())
        return not shown and all(r.coverage is Coverage.NONE and r.snapshot is None for r in results)

    # -- history

    async def _rot(self, case: Case) -> ArchivedRot | None:
        if case.index_trouble or case.excluded or not case.rows:
            return None
        for _ in range(MOST_ROT_LOOKS):
            found = date_rot(case.rows, lambda row: self._bad(case, row))
            if isinstance(found, ArchivedRot):
                await self.cache.keep_rot(case.question, found)
                return found
            case.seen[found] = await self.replayer.look(found, case.url, case.tally)
            if case.seen[found].look is Look.TROUBLE:
                return None
        return None

    def _bad(self, case: Case, row: Row) -> bool | None:
        """Tell whether a capture of good status shows no page; None where nobody looked."""
        for other, seen in case.seen.items():
            same = other == row or (row.digest and row.digest == other.digest and not other.redirect)
            if same and seen.look is not Look.TROUBLE and (other == row or seen.look is not Look.ELSEWHERE):
                return seen.look in (Look.REJECTED, Look.ELSEWHERE)
        return None


def _failed(result: CoverageResult) -> bool:
    """Tell whether the archive left a question open, rather than our own patience."""
    return result.coverage is Coverage.UNKNOWN and not (result.reason or "").endswith(UNREAD)
