"""Several workers, real processes, a real PostgreSQL: killed, cut off, and without network.

A short form; MONITOR_TEST_SOURCES and MONITOR_TEST_KILLS make it a long one.
"""

import json
import os
import random
from collections import Counter

import pytest
from sqlalchemy import create_engine, text

from tests.scale.night import Web, folder, start

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]

SOURCES = int(os.environ.get("MONITOR_TEST_SOURCES", "120"))
HOSTS = max(SOURCES // 12, 1)
KILLS = int(os.environ.get("MONITOR_TEST_KILLS", "2"))
GAP_S = 0.2


@pytest.fixture
def web():
    served = Web()
    yield served
    served.close()


def rows(database, query):
    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = connection.execute(text(query)).all()
    engine.dispose()
    return found


def ended(process):
    process.join()
    return process.exitcode, process.said.read_text()


def outcomes(path):
    report = json.loads((path / "reports" / "report.json").read_text())
    return Counter(one["outcome"] for one in report["citations"]), report["run"]


def test_kills_lose_nothing_and_double_nothing_and_keep_the_gaps(tmp_path, web, postgres_server):
    database = postgres_server()
    night = folder(tmp_path, database, sources=SOURCES, hosts=HOSTS, gap_s=GAP_S)
    chance = random.Random(7)
    run = start(night, web, "run", "--engine", "procrastinate", "--no-progress", "--quiet")
    dead = start(night, web, "worker", dead=True)
    workers = [start(night, web, "worker") for _ in range(2)]
    killed = 0
    try:
        while run.is_alive():
            run.join(chance.uniform(0.2, 1.0))
            if killed < KILLS and web.asked > killed * SOURCES / KILLS:
                victim = chance.randrange(len(workers))
                workers[victim].kill()
                workers[victim].join()
                workers[victim] = start(night, web, "worker")
                killed += 1
        code, said = ended(run)
        assert code in (0, 1), said
    finally:
        for one in (*workers, dead):
            one.terminate()
        said = [ended(one) for one in (*workers, dead)]
    assert [code for code, _ in said] == [0] * len(said)
    assert "takes no work: none of the sentinels answered" in said[-1][1]
    seen, of = outcomes(night)
    assert not of["void"]
    assert seen == {"alive": SOURCES - SOURCES // 10, "gone": SOURCES // 10}
    assert rows(database, "SELECT count(*), count(DISTINCT owner_id) FROM observation") == [
        (SOURCES, SOURCES)
    ]
    assert rows(database, "SELECT count(*) FROM frontier") == [(0,)]
    assert rows(database, "SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    closest = web.closest()
    assert closest[0] >= 0.9 * GAP_S, closest
    assert killed == KILLS
    print(f"{killed} kills, {web.asked} requests for {SOURCES} sources, closest {closest[0]:.3f} s")
