"""Answering for one source: list, look, choose, confirm. The same for every archive.

The plan is decision by measured cost. One index request lists every capture with its digest and
serves all citations of the source; equal digests then spare looking at both sides of a bracket, so
a covered citation costs about two requests. Replay-first costs three (nearest, page, other side)
and is the way taken where the index fails or is shut: every memento's `Link` header names its
neighbours, which is a second, slower index.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from monitor.archive.addresses import view_url
from monitor.archive.cache import PROOF, Cache
from monitor.archive.captures import IndexRow, Look, Seen, instant, requestable, stamp_of
from monitor.archive.errors import ArchiveStopped, ArchiveTrouble, ExcludedByArchive, RobotsExcluded
from monitor.archive.interface import LookUp
from monitor.archive.judgement.choose import Choice, Decision, Fetch
from monitor.archive.judgement.death import date_rot
from monitor.archive.own_link import LinkedCapture, fault_of, pins, place_of
from monitor.archive.policy import ArchivePolicy
from monitor.archive.replay import Replayer
from monitor.archive.tracking import untracked
from monitor.archive.transport import Cost
from monitor.model.citation import access_interval
from monitor.model.observation import Evidence
from monitor.model.snapshot import (
    ArchiveAnswer,
    ArchivedRot,
    ArchiveLinkFault,
    Coverage,
    CoverageResult,
    OpenReason,
    Snapshot,
    SnapshotWanted,
)
from monitor.model.values import replaced

MOST_ROT_LOOKS = 4

Own = Seen | ArchiveLinkFault | None
"""The citation's own archive link: as looked at, or what is wrong with it; None where it has none of ours."""


class Index(Protocol):
    """Lists captures of an address."""

    async def rows(self, url: str, cost: Cost) -> list[IndexRow]:
        """Return every capture listed; raises ArchiveTrouble and Excluded."""
        ...


@dataclass(slots=True)
class Inquiry:
    """What is known of one source while it is looked up."""

    question: LookUp
    url: str
    cost: Cost
    rows: list[IndexRow] = field(default_factory=list)
    seen: dict[IndexRow, Seen] = field(default_factory=dict)
    index_trouble: str | None = None
    excluded: str | None = None
    confirmed: bool = False
    cleaned: bool = False

    def add(self, rows: tuple[IndexRow, ...] | list[IndexRow]) -> bool:
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
    second: Callable[[str, str, Cost], Awaitable[IndexRow | None]] | None = None

    async def look_up(self, question: LookUp) -> ArchiveAnswer:
        """Answer for every wanted citation; an error is an `unknown` with its reason."""
        results: dict[str, CoverageResult] = {}
        asked: list[SnapshotWanted] = []
        for wanted in question.wanted:
            kept = None if question.captured else await self.cache.result(question, wanted)
            if kept is not None:
                results[wanted.key] = kept
            elif question.kept_only:
                results[wanted.key] = CoverageResult(
                    key=wanted.key, coverage=Coverage.UNKNOWN, open=OpenReason.WAITING
                )
            else:
                asked.append(wanted)
        rot = await self.cache.rot(question) if question.want_history else None
        dating = question.want_history and rot is None and not question.kept_only
        inquiry = Inquiry(question=question, url=requestable(question.source.url), cost=Cost())
        if asked or dating:
            await self._list(inquiry)
            for wanted in asked:
                answer = await self._answer(inquiry, wanted)
                before = await self.cache.believed(question, wanted)
                results[wanted.key] = self._missed(inquiry, answer, before)
                await self.cache.keep(question, wanted, results[wanted.key])
            if dating:
                rot = await self._rot(inquiry)
        return ArchiveAnswer(
            source=question.source.canonical_url,
            results=results,
            rot=rot,
            requests=inquiry.cost.requests,
            waited_s=inquiry.cost.waited_s,
            error=next((r.reason for r in results.values() if r.failed), None),
        )

    def _missed(self, inquiry: Inquiry, answer: CoverageResult, before: Snapshot | None) -> CoverageResult:
        """Add that the snapshot named on an earlier night is gone, if it is."""
        if before is None or inquiry.index_trouble or before.timestamp in {r.when for r in inquiry.rows}:
            return answer
        gone = Evidence("vanished", f"{before.url} was named before and is no longer in the archive")
        return replaced(answer, evidence=(gone, *answer.evidence))

    # -- listing

    async def _list(self, inquiry: Inquiry) -> None:
        """Fill the inquiry from the index; note why it would not say."""
        await self._list_index(inquiry)
        for made in inquiry.question.captured:
            if made.timestamp is not None:
                inquiry.add(
                    [IndexRow(stamp=stamp_of(made.timestamp), when=made.timestamp, original=made.url)]
                )

    async def _list_index(self, inquiry: Inquiry) -> None:
        if self.index is None:
            inquiry.index_trouble = "has no index"
            return
        try:
            inquiry.rows = await self.index.rows(inquiry.url, inquiry.cost)
        except ExcludedByArchive as trouble:
            inquiry.excluded = str(trouble)
            # The owner's wish holds for replay too; an index silent for robots.txt may know less than it.
            inquiry.confirmed = not isinstance(trouble, RobotsExcluded)
        except ArchiveTrouble as trouble:
            inquiry.index_trouble = str(trouble)

    async def _list_untracked(self, inquiry: Inquiry) -> bool:
        """List the address without what only tracks readers; tell whether that named further captures.

        Raises ArchiveTrouble: without an answer there is no "none".
        """
        clean = untracked(inquiry.url)
        if inquiry.cleaned or self.index is None or clean == inquiry.url or inquiry.excluded:
            return False
        inquiry.cleaned = True
        return inquiry.add(await self.index.rows(clean, inquiry.cost))

    # -- one citation

    async def _answer(self, inquiry: Inquiry, wanted: SnapshotWanted) -> CoverageResult:
        try:
            own = await self._own(inquiry, wanted)
            decision = await self._decide(inquiry, wanted)
        except ArchiveStopped as trouble:
            return self._unknown(inquiry, wanted, OpenReason.STOPPED, str(trouble))
        except ArchiveTrouble as trouble:
            return self._unknown(inquiry, wanted, OpenReason.FAILED, str(trouble))
        if decision.open is not None:
            return self._unknown(inquiry, wanted, decision.open, decision.reason or "not answered")
        return self._result(inquiry, wanted, decision, own)

    async def _decide(self, inquiry: Inquiry, wanted: SnapshotWanted) -> Decision:
        """Converse with the choice until it has an answer that stands."""
        if not inquiry.rows and not inquiry.index_trouble:
            await self._list_untracked(inquiry)
        if (inquiry.index_trouble or inquiry.excluded) and not inquiry.rows and not inquiry.confirmed:
            await self._nearest(inquiry, wanted)
        choice = self._choice(inquiry, wanted)
        while True:
            step = choice.step()
            if isinstance(step, Fetch):
                seen = await self.replayer.look(step.row, inquiry.url, inquiry.cost)
                inquiry.seen[step.row] = seen
                if stopped := self.replayer.transport.limiter.stopped:
                    raise ArchiveStopped(stopped)
                inquiry.add(seen.neighbours)
                inquiry.confirmed = inquiry.confirmed or seen.look is not Look.TROUBLE
                continue
            if step.coverage is not Coverage.NONE:
                return step
            if inquiry.index_trouble is None and await self._list_untracked(inquiry):
                continue
            if inquiry.index_trouble is not None:
                return Decision(
                    coverage=Coverage.UNKNOWN,
                    open=OpenReason.FAILED,
                    reason=f"index: {inquiry.index_trouble}",
                )
            if inquiry.confirmed or not await self._nearest(inquiry, wanted):
                return replace(step, reason=inquiry.excluded or step.reason)

    async def _nearest(self, inquiry: Inquiry, wanted: SnapshotWanted) -> bool:
        """Ask replay for the nearest capture: a second opinion on "none", the first without an index.

        Returns whether it knows one the index did not list. Raises ArchiveTrouble.
        """
        interval = access_interval(wanted.access_date, inquiry.question.now)
        middle = interval[0] + (interval[1] - interval[0]) / 2 if interval else inquiry.question.now
        try:
            row = await self.replayer.nearest(stamp_of(middle), inquiry.url, inquiry.cost)
        except ExcludedByArchive as trouble:
            inquiry.excluded = str(trouble)
            row = None
        except ArchiveStopped:
            raise
        except ArchiveTrouble:
            row = await self.second(inquiry.url, stamp_of(middle), inquiry.cost) if self.second else None
            if row is None:
                raise
        inquiry.confirmed = True
        return row is not None and inquiry.add([row])

    def _choice(self, inquiry: Inquiry, wanted: SnapshotWanted) -> Choice:
        return Choice(
            wanted=wanted,
            url=inquiry.question.source.url,
            live_type=inquiry.question.live_type,
            now=inquiry.question.now,
            rows=inquiry.rows,
            seen=inquiry.seen,
            near_days=self.policy.near_days,
            max_bodies=self.policy.max_bodies,
        )

    # -- the citation's own archive link

    async def _own(self, inquiry: Inquiry, wanted: SnapshotWanted) -> Own:
        """Look at the capture the citation itself links; ELSEWHERE means it vanished."""
        if not wanted.archive_url:
            return None
        source = inquiry.question.source
        place = place_of(wanted.archive_url, source.url, self.replayer.replay_url)
        if not isinstance(place, LinkedCapture):
            return place
        row = next((r for r in inquiry.rows if r.stamp == place.stamp), None)
        if row is None:
            nearest = await self.replayer.nearest(place.padded, place.original, inquiry.cost)
            if nearest is None or place.moved(nearest):
                when = instant(place.padded) or inquiry.question.now
                gone = IndexRow(stamp=place.padded, when=when, original=place.original)
                return Seen(row=gone, look=Look.ELSEWHERE)
            inquiry.add([nearest])
            row = next(r for r in inquiry.rows if r.when == nearest.when)
        if row not in inquiry.seen:
            inquiry.seen[row] = await self.replayer.look(row, inquiry.url, inquiry.cost)
        return inquiry.seen[row]

    # -- results

    def _result(
        self,
        inquiry: Inquiry,
        wanted: SnapshotWanted,
        decision: Decision,
        own: Own,
    ) -> CoverageResult:
        seen = inquiry.seen.get(decision.row) if decision.row else None
        choice = self._choice(inquiry, wanted)
        proof = decision.coverage in PROOF
        evidence = [Evidence("archive", decision.reason)] if decision.reason else []
        for row, look in inquiry.seen.items():
            if look.look in (Look.REJECTED, Look.ELSEWHERE, Look.TROUBLE) and len(evidence) < 8:
                evidence.append(Evidence("capture", f"{row.stamp}: {look.reason}"))
        if seen is not None and seen.chain:
            evidence.append(Evidence("redirects", " > ".join(seen.chain)[:500]))
        return CoverageResult(
            key=wanted.key,
            coverage=decision.coverage,
            snapshot=self._snapshot(decision.row, verified=decision.verified and proof),
            before=self._snapshot(decision.before),
            after=self._snapshot(decision.after),
            pinned=isinstance(own, Seen) and pins(own, choice, decision),
            link_fault=fault_of(own, choice) if isinstance(own, Seen) else own,
            excluded=inquiry.excluded is not None and decision.coverage is Coverage.NONE,
            reason=decision.reason,
            evidence=tuple(evidence),
            answered_at=inquiry.question.now,
            text=seen.page if seen and proof else None,
        )

    def _snapshot(self, row: IndexRow | None, *, verified: bool = False) -> Snapshot | None:
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

    def _unknown(
        self, inquiry: Inquiry, wanted: SnapshotWanted, why: OpenReason, detail: str
    ) -> CoverageResult:
        reason = f"{self.name}: {detail}"
        evidence = (Evidence("archive", reason),)
        return CoverageResult(
            key=wanted.key,
            coverage=Coverage.UNKNOWN,
            open=why,
            reason=reason,
            evidence=evidence,
            answered_at=inquiry.question.now,
        )

    # -- history

    async def _rot(self, inquiry: Inquiry) -> ArchivedRot | None:
        if inquiry.index_trouble or inquiry.excluded or not inquiry.rows:
            return None
        for _ in range(MOST_ROT_LOOKS):
            found = date_rot(inquiry.rows, lambda row: self._bad(inquiry, row))
            if isinstance(found, ArchivedRot):
                await self.cache.keep_rot(inquiry.question, found)
                return found
            inquiry.seen[found] = await self.replayer.look(found, inquiry.url, inquiry.cost)
            if inquiry.seen[found].look is Look.TROUBLE:
                return None
        return None

    def _bad(self, inquiry: Inquiry, row: IndexRow) -> bool | None:
        """Tell whether a capture of good status shows no page; None where nobody looked."""
        for other, seen in inquiry.seen.items():
            same = other == row or (row.digest and row.digest == other.digest and not other.redirect)
            if same and seen.look is not Look.TROUBLE and (other == row or seen.look is not Look.ELSEWHERE):
                return seen.look in (Look.REJECTED, Look.ELSEWHERE)
        return None
