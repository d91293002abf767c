"""One run from its documents to its report. Nothing here knows a concrete class; `app.py` wires them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from monitor.model.citation import Extraction
from monitor.model.run import DocumentSummary, Report, Run
from monitor.run.assess import assess
from monitor.run.capture import capture
from monitor.run.network import Network
from monitor.run.ports import Parts, RunOptions
from monitor.run.probe import Learnt, probe, riskiest
from monitor.run.unfinished import settle_unfinished

T = TypeVar("T")

DOCUMENTS_AT_ONCE = 50
"""Documents written per transaction."""


async def execute(
    parts: Parts,
    run: Run,
    extractions: Iterable[tuple[DocumentSummary, Extraction]],
    options: RunOptions,
) -> Report:
    """Carry out one run and return its report; the store holds everything when this returns.

    A run that cannot reach the network is void, and nothing is concluded from it: the sentinels are asked
    at the start, when hosts begin to fail together, and at the end.
    """
    await settle_unfinished(parts)
    await parts.store.begin(run)
    unread = 0
    for some in batched(extractions, DOCUMENTS_AT_ONCE):
        unread += sum(summary.error is not None for summary, _ in some)
        await parts.store.put_documents(run, some)
    learnt = Learnt()
    network = Network(parts, run)
    reason = await network.look()
    if reason is None:
        reason = await probe(parts, run, options, learnt, network)
    if reason is None and options.guard:
        reason = parts.judge.void_reason(learnt.with_unasked(await parts.store.host_nights(run)))
    run = replace(run, void=reason is not None, void_reason=reason)
    await parts.store.settle(run)
    if options.capture and reason is None and parts.archive is not None:
        await capture(parts.store, parts.archive, riskiest(learnt), run.now)
    errors = [f"{error} ({count} sources)" for error, count in learnt.archive_errors.most_common(5)]
    run = replace(
        run,
        finished_at=parts.clock(),
        complete=reason is None and not errors and not unread,
        requests=dict(learnt.requests),
        notes=(*run.notes, *learnt.notes, *errors),
    )
    return await assess(parts, run, record=True, only=options.only)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most `size` items."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
