"""Captures asked of the archive: those under way followed first, then new ones by risk."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from monitor.archive.interface import Archive
from monitor.model.ports import UNWATCHED, Progress
from monitor.model.run import Run
from monitor.model.snapshot import Capture, CaptureRefusal, CaptureState
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.run.question import question
from monitor.store.interface import Store


async def capture(
    store: Store,
    archive: Archive,
    sources: Sequence[Source],
    now: datetime,
    progress: Progress = UNWATCHED,
) -> list[Capture]:
    """Follow the captures asked for earlier, then ask for new ones; return every line that was touched.

    A source asked for before is not asked for again; where the archive takes no more today, or has no
    keys to ask with, the rest waits for another night.
    """
    touched = []
    open_ones = await store.captures(pending=True)
    progress.stage("captures", len(open_ones) + len(sources))
    for pending in open_ones:
        touched.append(await archive.follow(pending, now))
        await store.put_capture(touched[-1])
        progress.advance()
    asked = {one.source for one in await store.captures() if not one.state.again}
    for source in sources:
        progress.advance()
        if source.canonical_url in asked:
            continue
        made = await archive.capture(source, now)
        await store.put_capture(made)
        touched.append(made)
        if made.refusal is not None and made.refusal.meets_all:
            break
    return touched


_STOPS = {
    CaptureRefusal.NO_KEYS: "no captures: set the archive's access key and secret key",
    CaptureRefusal.BAD_KEYS: "no captures: the archive did not accept the keys",
}


def refused_all(touched: Iterable[Capture]) -> list[str]:
    """Return why captures ended that a person can mend, as notes of the run."""
    return [_STOPS[line.refusal] for line in touched if line.refusal in _STOPS and line.refusal is not None]


async def cover(store: Store, archive: Archive, run: Run, touched: Iterable[Capture]) -> None:
    """Look again at the sources whose captures are verified: they are covered from this night on."""
    for line in touched:
        if line.state is not CaptureState.VERIFIED:
            continue
        cases = [case async for case in store.cases(run, source=line.source)]
        if not cases:
            continue
        asked = question(Source(line.source, line.url), [case.citation for case in cases], run.now)
        answer = await archive.look_up(replaced(asked, captured=(line,)))
        told = {key: replaced(one, text=None) for key, one in answer.results.items()}
        await store.record_coverage(run, [replaced(answer, results=told)])
