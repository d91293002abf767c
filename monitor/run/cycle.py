"""One run from its documents to its report. Nothing here knows a concrete class; `app.py` wires them."""

import logging
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Sequence

from monitor.model.citation import Extraction
from monitor.model.logged import facts
from monitor.model.run import DocumentSummary, Report, Run
from monitor.model.values import replaced
from monitor.run.assess import assess
from monitor.run.learnt import Learnt
from monitor.run.ports import Parts, RunOptions
from monitor.run.unfinished import settle_unfinished

_LOG = logging.getLogger(__name__)

Read = tuple[DocumentSummary, Extraction | None]
"""A document and what it holds; None where it is as the store knows it."""

Extractions = AsyncIterable[Read] | Iterable[Read]

DOCUMENTS_AT_ONCE = 50
CITATIONS_AT_ONCE = 5_000
"""Documents written per transaction: so many, or as many as hold so many citations."""


Probing = Callable[[Parts, Run, RunOptions, Learnt], Awaitable[str | None]]
"""Asks all that is due in a run, adds to what was learnt, and returns why the run is void, or None."""


async def probe_here(parts: Parts, run: Run, options: RunOptions, learnt: Learnt) -> str | None:
    """Probe in this process. A run that cannot reach the network is void, and nothing is concluded from it.

    The sentinels are asked at the start, when hosts begin to fail together, and at the end; a night on which
    nothing is due asks nobody.
    """
    due = await parts.store.due_count(run.now, everything=options.everything, only=options.only)
    if not due:
        return None
    from monitor.run.network import Network
    from monitor.run.probe import probe

    network = Network(parts, run)
    reason = None if options.offline else await network.look()
    return await probe(parts, run, options, learnt, network, total=due) if reason is None else reason


async def execute(
    parts: Parts,
    run: Run,
    extractions: Extractions,
    options: RunOptions,
    probing: Probing = probe_here,
) -> Report:
    """Carry out one run and return its report; the store holds everything when this returns."""
    await settle_unfinished(parts)
    await parts.store.begin(run)
    _LOG.info("run begun", extra=facts(now=run.now.isoformat(), everything=options.everything))
    unread = await _put(parts, run, extractions, options)
    return await go_on(parts, run, options, probing, unread)


async def go_on(
    parts: Parts, run: Run, options: RunOptions, probing: Probing, unread: Sequence[str] = ()
) -> Report:
    """Carry out what follows once the documents are in the store: probe, guard, captures, judgement."""
    archive = parts.archive
    learnt = Learnt()
    if archive is not None:
        from monitor.run.coverage import Waits

        learnt.waits = Waits(parts.progress, archive.pace, parts.monotonic)
    reason = await probing(parts, run, options, learnt)
    if reason is None and options.guard:
        reason = parts.guard.void_reason(learnt.with_unasked(await parts.store.host_nights(run)))
    learnt.log_hosts()
    run = replaced(run, void=reason is not None, void_reason=reason)
    await parts.store.settle(run)
    if options.capture and reason is None and archive is not None:
        from monitor.run.capture import capture, cover, refused_all

        touched = await capture(parts.store, archive, learnt.riskiest(), run.now, parts.progress)
        await cover(parts.store, archive, run, touched)
        learnt.notes += refused_all(touched)
    if learnt.kept:
        answers = "good answer was" if learnt.kept == 1 else "good answers were"
        learnt.notes.append(f"{learnt.kept} {answers} young enough not to be asked for again (--max-age)")
    if learnt.offline:
        sources = "source was" if learnt.offline == 1 else "sources were"
        learnt.notes.append(f"{learnt.offline:,} {sources} not asked for (--offline)")
    errors = [f"{error} ({count} sources)" for error, count in learnt.archive_errors.most_common(5)]
    run = replaced(
        run,
        finished_at=parts.clock(),
        complete=reason is None and not errors and not unread,
        requests=dict(learnt.requests),
        notes=(*run.notes, *unread, *learnt.notes, *errors),
    )
    cost = {f"{stage}_requests": number for stage, number in run.requests.items()}
    _LOG.info("run ended", extra=facts(complete=run.complete, void_reason=reason, **cost))
    return await assess(parts, run, record=True, only=options.only)


async def _put(parts: Parts, run: Run, extractions: Extractions, options: RunOptions) -> list[str]:
    """Hand the documents to the store as they are read; return why some could not be read."""
    unread: list[str] = []
    paths: list[str] = []
    batch: list[tuple[DocumentSummary, Extraction]] = []
    held = 0
    async for summary, extraction in each(extractions):
        paths.append(summary.path)
        if summary.error is not None:
            unread.append(summary.error)
        if extraction is not None:
            batch.append((summary, extraction))
            held += len(extraction.citations)
        if len(batch) == DOCUMENTS_AT_ONCE or held >= CITATIONS_AT_ONCE:
            await parts.store.put_documents(run, batch)
            batch.clear()
            held = 0
    if batch:
        await parts.store.put_documents(run, batch)
    if options.forget:
        await parts.store.forget_documents(paths)
    return unread


async def each(items: Extractions) -> AsyncIterator[Read]:
    """Yield items that come at once or in time."""
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item
