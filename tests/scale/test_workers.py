"""Several workers, real processes, a real PostgreSQL: killed, cut off, and without network.

The long form, with a restart of PostgreSQL and fifty kills, is `python -m tests.bench.workers`.
"""

import random
from collections import Counter

import pytest

from tests.scale.night import Web, account, folder, kill_about, verdicts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SOURCES, HOSTS, GAP_S = 80, 20, 0.2


@pytest.fixture
def web():
    served = Web()
    yield served
    served.close()


def test_kills_lose_nothing_and_double_nothing_and_keep_the_gaps(tmp_path, web, postgres_server):
    database = postgres_server()
    night = folder(tmp_path, database, sources=SOURCES, hosts=HOSTS, gap_s=GAP_S, stalled_s=2.0)
    proof = kill_about(night, web, workers=2, sources=SOURCES, kills=2, chance=random.Random(7))
    assert proof.code in (0, 1), proof.said
    assert proof.kills == 2
    assert account(database) == (SOURCES, SOURCES, 0, 0)
    said, run = verdicts(night)
    assert not run["void"]
    assert Counter(outcome for outcome, *_ in said.values()) == {
        "alive": SOURCES - SOURCES // 10,
        "gone": SOURCES // 10,
    }
    assert web.closest()[0] >= 0.9 * GAP_S
    assert proof.second[0] == 3
    assert "a run is under way already" in proof.second[1]
    assert "takes no work: none of the sentinels answered" in proof.dead[1]
    assert [code for code, _ in (*proof.others, proof.dead, proof.cut)] == [0] * 4
