"""What runs had to tell, kept from run to run: for a feed with its history, and for a digest."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from monitor.model.run import PastChange, Report
from monitor.report import words
from monitor.report.naming import accessed, name, place
from monitor.report.summary import summarise
from monitor.report.transitions import NOTICED, WORDS, Changed

MOST = 1000
"""Changes that are kept; a feed reader has seen older ones, or never will."""


def told(report: Report) -> tuple[PastChange, ...]:
    """Return what this run has to tell; a void one nothing."""
    if report.run.void:
        return ()
    noticed = (one for one in summarise(report).changes if one.transition in NOTICED)
    return tuple(_told(one, report) for one in noticed)


def _told(changed: Changed, report: Report) -> PastChange:
    assessment = changed.assessment
    identity = f"{assessment.citation.key}\0{changed.transition}\0{report.run.id}"
    said = (
        f"{place(assessment)}. {words.outcome(assessment)}; {accessed(assessment, report.run.now.date())}. "
        f"{words.plain(assessment.finding.reason, 500)} {words.plain(assessment.finding.remedy, 300)}"
    )
    return PastChange(
        id=hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32],
        run=report.run.id,
        at=report.run.now,
        transition=changed.transition.value,
        title=f"{name(assessment)}: {WORDS[changed.transition]}",
        text=said,
        url=words.link(assessment.citation.url),
    )


def joined(now: Iterable[PastChange], before: Iterable[PastChange]) -> tuple[PastChange, ...]:
    """Return both, newest first, each once, no more than are kept."""
    every = {one.id: one for one in (*now, *before)}
    return tuple(sorted(every.values(), key=lambda one: one.at, reverse=True)[:MOST])


def written(changes: Iterable[PastChange]) -> str:
    """Return changes as they are kept."""
    rows = [
        (one.id, one.run, one.at.isoformat(), one.transition, one.title, one.text, one.url) for one in changes
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def read(kept: str) -> tuple[PastChange, ...]:
    """Return changes from what was kept."""
    return tuple(
        PastChange(
            id=id_,
            run=run,
            at=dt.datetime.fromisoformat(at),
            transition=kind,
            title=title,
            text=text,
            url=url,
        )
        for id_, run, at, kind, title, text, url in json.loads(kept)
    )
