"""`monitor history URL`: a verdict explained with what was sent, what came back and what decided."""

from collections.abc import Iterator, Sequence

from monitor.model.case import Case, StoredObservation
from monitor.model.finding import Finding
from monitor.model.history import LinkHistory, Recheck
from monitor.model.observation import PICTURE, Attempt, Observation
from monitor.report.words import RECHECKS, instant, plain

SHOWN = 20
"""Observations shown in full; older ones are counted."""


def explain(
    url: str,
    stored: Sequence[StoredObservation],
    judged: Sequence[tuple[Case, LinkHistory, Finding]],
    why: Recheck | None = None,
) -> Iterator[str]:
    """Yield the history of one source, newest observation last, and the judgement of each citation.

    `why` is the wait the source is in.
    """
    yield f"{plain(url)}\n"
    if judged:
        history = judged[0][1]
        yield f"  link state: {history.state}"
        yield f" ({history.strikes_of} strikes)" if history.strikes else ""
        yield f", since {instant(history.since)}\n" if history.since else "\n"
        if history.reason:
            yield f"  because: {plain(history.reason)}\n"
        due = judged[0][0].next_check_at
        if due:
            yield f"  next check: {instant(due)}"
            yield f" ({RECHECKS[why]})\n" if why else "\n"
    if len(stored) > SHOWN:
        yield f"\n  {len(stored) - SHOWN} earlier observations not shown\n"
    for one in stored[-SHOWN:]:
        yield from _observation(one)
    for case, _, finding in judged:
        yield from _finding(case, finding)


def _observation(stored: StoredObservation) -> Iterator[str]:
    seen = stored.observation
    until = f" to {instant(stored.last_seen_at)}, {stored.times} times" if stored.times > 1 else ""
    void = "  [void run: counts for nothing]" if stored.void else ""
    yield f"\n  {instant(seen.observed_at)}{until}: {seen.outcome}"
    yield f" ({seen.cause})" if seen.cause else ""
    yield f", confidence {seen.confidence}{void}\n"
    for attempt in seen.attempts:
        yield f"    {_attempt(attempt)}\n"
    yield from _details(seen)


def _attempt(attempt: Attempt) -> str:
    if attempt.status is not None:
        answer = str(attempt.status)
    else:
        answer = f"failed in {attempt.phase or 'request'}: {attempt.cause or 'unknown'}"
    waited = f", waited {attempt.waited_s:.1f} s" if attempt.waited_s >= 0.1 else ""
    headers = "".join(f"; {name}: {plain(value, 80)}" for name, value in attempt.headers)
    sent = f"{attempt.method} {plain(attempt.url)} ({attempt.purpose})"
    return f"{sent} -> {answer} in {attempt.duration_s:.2f} s{waited}{headers}"


def _details(seen: Observation) -> Iterator[str]:
    for hop in seen.hops:
        yield f"    redirect {hop.status}: {plain(hop.url)} -> {plain(hop.location)}\n"
    for evidence in seen.evidence:
        said = "kept" if evidence.kind == PICTURE else "decided by"
        yield f"    {said} {evidence.kind}: {plain(evidence.detail)}\n"
    for note in seen.notes:
        yield f"    note: {plain(note)}\n"
    if seen.title:
        yield f"    page title: {plain(seen.title, 120)}\n"


def _finding(case: Case, finding: Finding) -> Iterator[str]:
    citation = case.citation
    title = plain(citation.title or "(no title)")
    yield f"\n  cited in {plain(citation.document)}:{citation.line}: {title}\n"
    if case.facts:
        quote = case.facts.quote
        yield f"    quote: {quote.match}"
        yield f" ({plain(quote.reason)})" if quote.reason else ""
        yield f"; {plain(quote.diff, 300)}\n" if quote.diff else "\n"
        if case.facts.drift_detail:
            yield f"    drift: {case.facts.drift}, {plain(case.facts.drift_detail)}\n"
    if case.coverage:
        coverage = case.coverage
        yield f"    archive: {coverage.coverage}"
        yield f", {plain(coverage.snapshot.url)}" if coverage.snapshot else ""
        yield f" ({plain(coverage.reason)})\n" if coverage.reason else "\n"
    yield f"    rule {finding.rule} v{finding.rule_version}: {finding.status}, {finding.severity}, "
    yield f"confidence {finding.confidence}\n"
    yield f"    {plain(finding.reason)}\n    {plain(finding.remedy)}\n"
