"""The real pipeline, night after night on a virtual clock, against the truth (tests/support/long_life.py).

A few weeks here; the whole year by hand, some ten minutes: YEAR_NIGHTS=400 YEAR_SOURCES=60 pytest tests/run/test_a_year.py -s
"""

import os
import tracemalloc
from pathlib import Path

import pytest

from tests.support.long_life import Life

NIGHTS = int(os.environ.get("YEAR_NIGHTS", "26"))
SOURCES = int(os.environ.get("YEAR_SOURCES", "12"))
SEED = int(os.environ.get("YEAR_SEED", "1"))
LONG = NIGHTS >= 365


@pytest.mark.timeout(7200 if LONG else 600)
def test_no_night_says_what_is_not_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    life = Life(tmp_path, NIGHTS, seed=SEED, sources=SOURCES)
    if LONG:
        tracemalloc.start()
    life.play()
    print(f"\n{dict(life.tally)}\nvoid nights {life.voids}, clock jumps {life.jumps}")
    print(
        f"nights from death to the word: {sorted(life.named.values())}\nbytes on disk, by month {life.sizes}"
    )
    assert life.wrong == []
    assert life.tally["counted"] > NIGHTS * 0.8
    assert life.named
    assert life.world.archive.log
    if LONG:
        print(f"bytes in memory, by month {life.memory}")
        assert life.sizes[-1] < 1.5 * life.sizes[len(life.sizes) // 2]
        assert life.memory[-1] < 1.3 * life.memory[len(life.memory) // 2]
