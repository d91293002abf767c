"""Answers kept across runs: positives long, negatives a week at most, errors never."""

import base64
import hashlib
import json
import zlib
from datetime import datetime, timedelta
from typing import Any

from monitor.archive.interface import LookUp, LookUpMemory
from monitor.archive.policy import ArchivePolicy
from monitor.model.citation import last_day
from monitor.model.page import PageText
from monitor.model.snapshot import (
    ArchivedRot,
    ArchiveLinkFault,
    Coverage,
    CoverageResult,
    OpenReason,
    Snapshot,
    SnapshotWanted,
)

FORMAT = 2
"""Raised when answers given before may be wrong today: they are asked anew."""
MAX_TEXT = 200_000
YOUNG = timedelta(days=60)
PROOF = frozenset({Coverage.BRACKETED, Coverage.QUOTE_ANCHORED, Coverage.NEAR})


class Cache:
    """Coverage answers of one archive, by (source, access date, quote, title, own archive link)."""

    def __init__(self, archive: str, memory: LookUpMemory, policy: ArchivePolicy) -> None:
        self._archive = archive
        self._memory = memory
        self._policy = policy

    async def result(self, question: LookUp, wanted: SnapshotWanted) -> CoverageResult | None:
        """Return a kept answer still believed."""
        kept = await self._memory.recall(self._archive, _key(question, wanted))
        if kept is None:
            return None
        answer, at = kept
        try:
            result = _read(json.loads(answer), wanted.key)
        except (ValueError, KeyError, TypeError, zlib.error):
            return None
        settled = result.coverage in PROOF and not _young(result, wanted, question.now)
        days = self._policy.positive_days if settled else self._policy.negative_days
        # An answer out of the future was noted on a wrong clock: near enough, it is believed all the same.
        return result if abs(question.now - at) < timedelta(days=days) else None

    async def believed(self, question: LookUp, wanted: SnapshotWanted) -> Snapshot | None:
        """Return the snapshot named last, however old the answer: it may have vanished since."""
        kept = await self._memory.recall(self._archive, _key(question, wanted))
        try:
            return _read(json.loads(kept[0]), wanted.key).snapshot if kept else None
        except (ValueError, KeyError, TypeError, zlib.error):
            return None

    async def keep(self, question: LookUp, wanted: SnapshotWanted, result: CoverageResult) -> None:
        """Keep an answer, unless an error left it open.

        A search that ended unfinished is kept like a "none", or it would be paid for every night.
        """
        if result.failed:
            return
        text = json.dumps(_written(result), ensure_ascii=False)
        await self._memory.remember(self._archive, _key(question, wanted), text, question.now)

    async def rot(self, question: LookUp) -> ArchivedRot | None:
        """Return a kept dating of the death."""
        kept = await self._memory.recall(self._archive, _rot_key(question))
        if kept is None or abs(question.now - kept[1]) >= timedelta(days=self._policy.negative_days):
            return None
        try:
            good, bad, failures = json.loads(kept[0])
            return ArchivedRot(last_good=_instant(good), first_bad=_instant(bad), failures=int(failures))
        except (ValueError, TypeError):
            return None

    async def keep_rot(self, question: LookUp, rot: ArchivedRot) -> None:
        """Keep a dating of the death."""
        text = json.dumps([_iso(rot.last_good), _iso(rot.first_bad), rot.failures])
        await self._memory.remember(self._archive, _rot_key(question), text, question.now)


def _young(result: CoverageResult, wanted: SnapshotWanted, now: datetime) -> bool:
    """Tell whether the capture that would close the bracket may yet be made, or be listed."""
    day = last_day(wanted.access_date)
    return day is not None and result.coverage is not Coverage.BRACKETED and now.date() - day < YOUNG


def _key(question: LookUp, wanted: SnapshotWanted) -> str:
    quote = hashlib.sha256((wanted.quote or "").encode("utf-8", "replace")).hexdigest()
    parts = (question.source.canonical_url, wanted.access_date, quote, wanted.title, wanted.archive_url)
    return json.dumps(["coverage", FORMAT, *parts])


def _rot_key(question: LookUp) -> str:
    return json.dumps(["rot", FORMAT, question.source.canonical_url])


def _written(result: CoverageResult) -> dict[str, Any]:
    snapshots = {name: _snapshot(getattr(result, name)) for name in ("snapshot", "before", "after")}
    return {
        **snapshots,
        "coverage": result.coverage.value,
        "pinned": result.pinned,
        "link_fault": result.link_fault,
        "excluded": result.excluded,
        "reason": result.reason,
        "answered_at": _iso(result.answered_at),
        "text": _packed(result.text),
    }


def _read(data: dict[str, Any], key: str) -> CoverageResult:
    snapshots = {name: _unsnapshot(data[name]) for name in ("snapshot", "before", "after")}
    coverage = Coverage(data["coverage"])
    return CoverageResult(
        key=key,
        coverage=coverage,
        open=OpenReason.UNREAD if coverage is Coverage.UNKNOWN else None,  # no other unknown is kept
        pinned=data["pinned"],
        link_fault=ArchiveLinkFault(data["link_fault"]) if data["link_fault"] else None,
        excluded=data["excluded"],
        reason=data["reason"],
        answered_at=_instant(data["answered_at"]),
        text=_unpacked(data["text"]),
        snapshot=snapshots["snapshot"],
        before=snapshots["before"],
        after=snapshots["after"],
    )


def _snapshot(snapshot: Snapshot | None) -> dict[str, Any] | None:
    if snapshot is None:
        return None
    fields = {name: getattr(snapshot, name) for name in snapshot.__struct_fields__}
    return fields | {"timestamp": _iso(snapshot.timestamp)}


def _unsnapshot(data: dict[str, Any] | None) -> Snapshot | None:
    if data is None:
        return None
    return Snapshot(**{**data, "timestamp": datetime.fromisoformat(data["timestamp"])})


def _packed(page: PageText | None) -> str | None:
    """Return what drift needs of a page, compressed: a night must not cost a request for it."""
    if page is None:
        return None
    kept = {"title": page.title, "main": (page.main or page.visible)[:MAX_TEXT], "shell": page.shell}
    return base64.b64encode(
        zlib.compress(json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"))
    ).decode()


def _unpacked(text: str | None) -> PageText | None:
    if text is None:
        return None
    kept = json.loads(zlib.decompress(base64.b64decode(text)))
    return PageText(title=kept["title"], visible=kept["main"], main=kept["main"], shell=kept["shell"])


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
