"""What a source that is due carries of its past is little, and tells the same of when it is asked again."""

import random

import pytest

from monitor.judge.judge import Judge
from monitor.judge.policy import JudgePolicy
from monitor.model.observation import Attempt, Evidence, Hop, Outcome
from monitor.store.sql_store import open_store
from tests.support.stored import NOW, A, cite, collect, day, extraction, make_run, result

WHOLE = {
    "attempts": (Attempt(url=A, headers=(("server", "x" * 200),)),) * 3,
    "hops": (Hop(A, 301, A + "/new"),),
    "evidence": (Evidence("status", "404"),),
    "notes": ("tls: expired",),
    "title": "The mill",
    "final_url": A + "/new",
}
NIGHTS = {
    "lives and changes": [(0, Outcome.ALIVE, None, 200), (20, Outcome.ALIVE, None, 200), (40, Outcome.MOVED, None, 200)],
    "flaps": [(n, (Outcome.ALIVE, Outcome.SERVER_ERROR)[n % 2], None, 503) for n in range(9)],
    "died": [(0, Outcome.ALIVE, None, 200), *((n, Outcome.GONE, "gone", 410) for n in (20, 23, 31))],
    "no such domain": [
        (0, Outcome.ALIVE, None, 200), (3, Outcome.UNREACHABLE, "dns-not-found", None),
        (6, Outcome.SERVER_ERROR, None, 503), (12, Outcome.UNREACHABLE, "dns-not-found", None),
    ],
    "limited": [(0, Outcome.BLOCKED, "challenge", 403), (5, Outcome.RATE_LIMITED, None, 429)],
}  # fmt: skip


@pytest.mark.parametrize("name", NIGHTS)
async def test_when_a_source_is_asked_again_needs_no_more_than_outlines(tmp_path, name):
    store = await open_store(str(tmp_path / "m.db"), lambda: NOW)
    for number, (n, outcome, cause, status) in enumerate(NIGHTS[name]):
        run = make_run(n)
        await store.begin(run)
        await store.put_documents(run, [extraction(cite(A))])
        more = WHOLE | {"cause": cause, "http_status": status, "fingerprint": f"{number:064x}"}
        await store.record(run, [result(n, outcome=outcome, **more)])
        await store.settle(run)
    (due,) = await collect(store.due(day(400), everything=True))
    (case,) = await collect(store.cases())
    assert due.observations[-1] == case.observations[-1]
    assert len(due.observations) == len(case.observations) > 1
    assert not any(one.observation.attempts or one.observation.title for one in due.observations[:-1])
    little, whole = (
        Judge(JudgePolicy(), random.Random(7).random).next_check(held, None, day(400))
        for held in (due.observations, case.observations)
    )
    assert little == whole
    assert due.previous is None or due.previous.attempts, "what was last read is whole"
    await store.close()
