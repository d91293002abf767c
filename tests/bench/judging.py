"""What a citation's judgement, edit and report cost: `python -m tests.bench.judging [CITATIONS]`.

CPU milliseconds a citation, the least of five turns, without the store: of `check` (one list, every page says its quote,
a summary), and of a first night (ten lists, a page in seven gone, JSON and the status page). Documents are files, for
edits are made from them.
"""

import asyncio
import datetime as dt
import gc
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import chdir
from pathlib import Path

from monitor.documents import read_document
from monitor.extract.registry import FORMATS, extract
from monitor.judge.judge import Judge
from monitor.judge.policy import JudgePolicy
from monitor.model.case import Case
from monitor.model.observation import Attempt, CitationFacts, Observation, Outcome
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.ports import UNWATCHED
from monitor.model.run import DocumentSummary, Run
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.report.publish import write_site
from monitor.report.spool import Spool
from monitor.report.text import text_summary
from monitor.run.amender import Amender
from monitor.run.assess import assess
from monitor.run.ports import Parts
from monitor.store.interface import SourceResult
from monitor.store.one_run import OneRunStore
from tests.bench.web import QUOTE

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
RUN = Run(id="r", started_at=NOW, now=NOW, finished_at=NOW, complete=True)
TURNS = 5


class FirstNight(OneRunStore):
    """A store to which every citation is new, as on a first night."""

    async def changed(
        self,
        run: Run,
        way: str,
        *,
        only: tuple[str, ...] | None = None,
        groups: object = None,
    ) -> AsyncIterator[Case]:
        """Yield all citations as a database does: what is made of them is kept."""
        async for case in self.cases(run, only=only):
            yield replaced(case, revision=0)


async def filled(store: OneRunStore, citations: int, documents: int, gone: float) -> dict[str, str]:
    """Write lists, keep what they cite and what was seen of it; return the format of each list."""
    chance, formats, results = random.Random(3), {}, []
    for name in (f"list{number}.md" for number in range(documents)):
        Path(name).write_text(
            "# The weirs of the valley\n\n## References\n\n"
            + "\n".join(
                f"{n}. [The weir in the upper valley, {n}](https://host{n % 500}.example/{name}/{n}). "
                f"Accessed 4 March 2024.\n\n   > {QUOTE}\n"
                for n in range(citations // documents)
            )
        )
        found = extract(read_document(Path(name), FORMATS))
        formats[name] = found.format
        summary = DocumentSummary(path=name, format=found.format, title=None, citations=len(found.citations))
        await store.put_documents(RUN, [(summary, found)])
        for one in found.citations:
            lost = chance.random() < gone
            seen = Observation(
                source=one.canonical_url or "", url=one.url or "", observed_at=NOW, final_url=one.url,
                outcome=Outcome.GONE if lost else Outcome.ALIVE, http_status=404 if lost else 200,
                attempts=(Attempt(url=one.url or "", status=404 if lost else 200),), words=300,
            )  # fmt: skip
            quote = QuoteResult(match=QuoteMatch.UNKNOWN if lost else QuoteMatch.FOUND)
            facts = {one.key: CitationFacts(citation=one.key, quote=quote)}
            results.append(SourceResult(source=Source(seen.source, seen.url), observation=seen, facts=facts))
    await store.record(RUN, results)
    return formats


async def measured(citations: int, *, night: bool) -> tuple[float, float]:
    """Return CPU milliseconds a citation: judged with its edit, and reported."""
    store = FirstNight()
    formats = await filled(store, citations, 10 if night else 1, 0.15 if night else 0.0)
    turns = []
    for turn in range(TURNS):
        parts = Parts(
            store=store, checker=None, archive=None, guard=None,
            judging=lambda: Judge(JudgePolicy(), lambda: 0.5, (), one_off=not night), drift=None, amend=Amender(NOW, formats), spool=Spool, clock=lambda: NOW, progress=UNWATCHED,
            way="way" if night else None,
        )  # fmt: skip
        gc.collect()
        begun = time.process_time()
        report = await assess(parts, RUN, record=True)
        judged = time.process_time()
        if night:
            write_site(report, Path(f"reports{turn}"), ("html", "json"))
        else:
            "".join(text_summary(report))
        turns.append((judged - begun, time.process_time() - judged))
    one, other = min(turns, key=sum)
    return 1000 * one / citations, 1000 * other / citations


def main() -> None:
    citations = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    for night, name in ((False, "check"), (True, "a first night")):
        with tempfile.TemporaryDirectory() as folder, chdir(folder):
            judged, reported = asyncio.run(measured(citations, night=night))
        print(
            f"{name:<14} judged {judged:.2f} ms, reported {reported:.2f} ms, {judged + reported:.2f} in all",
            flush=True,
        )


if __name__ == "__main__":
    main()
