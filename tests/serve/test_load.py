"""A crowd at the door while a run goes on: everybody who behaves is answered, and memory stays bounded.

A few seconds here; ten minutes with 200 clients by hand: LOAD_SECONDS=600 pytest tests/serve/test_load.py -s
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.web_load import (
    Crowd,
    begin_run,
    cited_web,
    crowd,
    daemon,
    environment,
    memory_bytes,
    watched,
)

SECONDS = float(os.environ.get("LOAD_SECONDS", "1"))
LONG = SECONDS >= 60
CROWD = (
    Crowd(seconds=SECONDS)
    if LONG
    else Crowd(seconds=SECONDS, clients=30, slow_senders=5, slow_readers=5, half_open=5, gone=2)
)
CITATIONS, HOSTS = (3000, 4) if LONG else (20, 4)
MOST_MORE_BYTES = 150_000_000


@pytest.mark.timeout(1800 if LONG else 600)
async def test_everybody_is_answered_while_a_run_goes_on(tmp_path: Path) -> None:
    async with cited_web() as port:
        watched(tmp_path, "known", CITATIONS, 50)
        (tmp_path / "config.toml").write_text(
            '[[documents]]\nglob = "*.md"\n[serve]\nheader_timeout_s = 1.0\n'
        )
        done = await _monitor(tmp_path, port)
        assert done in (0, 1)
        # What is new is due: a page a host and a pause, for longer than the crowd stays.
        watched(tmp_path, "new", HOSTS * int(2 * SECONDS + 20), HOSTS)
        with daemon(tmp_path, environment(port, 1.0)) as (process, address):
            await begin_run(address)
            before = memory_bytes(process, "VmRSS")
            answers = await crowd(address, process.pid, CROWD)
            more = memory_bytes(process, "VmHWM") - before
            assert process.poll() is None
    print(
        f"\n{answers.requests} requests, {dict(answers.cut)} cut, {more / 1e6:.0f} MB more than {before / 1e6:.0f}\n"
        f"/healthz {len(answers.health_s)} times, by the clock: {_spread(answers.health_s)}\n"
        f"without waits for a core: {_spread(answers.own_s)}"
    )
    assert answers.errors == {}
    assert {status for _, status in answers.statuses} == {200}
    assert {path for path, _ in answers.statuses} >= {"/", "/api/citations?limit=20"}
    assert answers.running == {True}
    assert more < MOST_MORE_BYTES
    if LONG:
        assert answers.cut["half-open"]
        assert answers.cut["slow sender"]
        assert max(answers.own_s) < 1.0


def _spread(seconds: list[float]) -> str:
    """Say the middle, the usual most and the most of some times."""
    ranked = sorted(seconds)
    shares = ((0.5, "median"), (0.99, "99 %"), (0.999, "99.9 %"), (1.0, "longest"))
    return ", ".join(f"{name} {ranked[int(share * (len(ranked) - 1))]:.3f} s" for share, name in shares)


async def _monitor(folder: Path, port: int) -> int:
    import asyncio

    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "monitor", "run", "-q", "--no-progress",
        cwd=folder, env=environment(port, 0.0), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return await process.wait()
