"""A page whose reading ends the process that reads it: set aside after some workers, and nobody else with it."""

import os
import re
import time

import pytest

import monitor.fetch.aiohttp_fetcher
from tests.scale.night import SHARED, Web, account, carry_out, ended, folder, start, verdicts

pytestmark = pytest.mark.slow

SOURCES, HOSTS, TRIES = 30, 10, 3
POISON = "/23"
DIED = 86
WORKER = "worker"


def carry_out_mortally(words, path, said):
    """Be the program, whose reader dies of one page, as of a fault in a library written in C."""
    fetcher = monitor.fetch.aiohttp_fetcher.AiohttpFetcher
    fetch = fetcher.fetch

    async def fatal(self, request):
        response = await fetch(self, request)
        if request.url.endswith(POISON):
            os._exit(DIED)
        return response

    fetcher.fetch = fatal
    carry_out(words, path, said)


def test_a_page_that_ends_every_worker_is_set_aside_and_the_run_completes(tmp_path, postgres_server):
    database, web = postgres_server(), Web()
    night = folder(tmp_path, database, sources=SOURCES, hosts=HOSTS, gap_s=0.0, stalled_s=2.5)
    config = night / "config.toml"
    config.write_text(config.read_text() + f"tries = {TRIES}\n")
    run = start(night, web.port, *SHARED)
    workers, codes = [], []
    try:
        while run.is_alive():
            # As a service manager does: who ended is started again.
            codes += [one.exitcode for one in workers if not one.is_alive()]
            workers = [one for one in workers if one.is_alive()]
            workers += [
                start(night, web.port, WORKER, program=carry_out_mortally) for _ in range(2 - len(workers))
            ]
            time.sleep(0.2)
    finally:
        for one in workers:
            one.terminate()
            one.join()
        web.close()
    code, said = ended(run)
    assert code in (0, 1), said
    # On a busy machine a worker may lose its lease on top of that, which counts as a try as well.
    assert set(codes) == {DIED}
    assert 2 <= len(codes) <= TRIES
    report, told = verdicts(night)
    poison = f"http://h{int(POISON[1:]) % HOSTS}.example{POISON}"
    (note,) = told["notes"]
    assert re.fullmatch(rf"{re.escape(poison)} was set aside: \d workers ended while asking it", note)
    assert not told["void"]
    unasked = {url for url, (outcome, *_) in report.items() if outcome == "unchecked"}
    assert (unasked, len(report)) == ({poison}, SOURCES)
    assert account(database) == (SOURCES, SOURCES, 0, 0)
