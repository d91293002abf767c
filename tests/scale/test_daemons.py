"""`monitor serve` with the engine on: one night whoever's clock strikes, and what is seen of it from outside."""

import json
import re
import time
import urllib.request

import pytest
from sqlalchemy import create_engine, text

from monitor.doctor import CheckState, examine
from monitor.settings import Settings
from tests.scale.night import Web, ended, folder, rows, start

pytestmark = pytest.mark.slow

SOURCES = 12


@pytest.fixture
def begun():
    """What starts the program, and ends it with the test."""
    processes = []

    def begin(*words):
        processes.append(start(*words))
        return processes[-1]

    yield begin
    for one in processes:
        if one.is_alive():
            one.kill()


def until(found):
    """Return what is found at last; the test's time limit is the only one."""
    while not (seen := found()):
        time.sleep(0.1)
    return seen


def address(process):
    said = until(lambda: process.said.exists() and re.search(r"http://[\d.:]+/", process.said.read_text()))
    return said[0]


def read(url):
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own daemon
        return answer.read().decode()


def gauges(served):
    return dict(re.findall(r"^(monitor_[a-z_]+) ([\d.e+-]+)$", read(f"{served}metrics"), re.MULTILINE))


async def engine_line(config):
    return await anext(line async for line in examine(config) if line.name == "engine")


async def test_two_daemons_carry_out_one_night_and_show_how_it_stands(tmp_path, postgres_server, begun):
    database, web = postgres_server(), Web()
    homes = [tmp_path / "first", tmp_path / "second"]
    for home in homes:
        home.mkdir()
        folder(home, database, sources=SOURCES, hosts=3, gap_s=0.3)
        config = (home / "config.toml").read_text()
        (home / "config.toml").write_text(config + 'engine = "procrastinate"\n')
    config = Settings(config=homes[0] / "config.toml", resolve=(f"*:80:127.0.0.1:{web.port}",)).load()
    serving = [begun(home, web.port, "serve", "--port", "0") for home in homes]
    served = [address(one) for one in serving]

    seen = until(lambda: (now := gauges(served[0])).get("monitor_queue_sources") == f"{SOURCES}.0" and now)
    assert (seen["monitor_workers_alive"], seen["monitor_queue_hosts"]) == ("0.0", "3.0")
    assert float(seen["monitor_schedule_lag_seconds"]) >= 0
    assert "0 workers alive, 12 sources to ask at 3 hosts" in (await engine_line(config)).said

    worker = begun(homes[0], web.port, "worker")
    assert until(lambda: gauges(served[0])["monitor_workers_alive"] == "1.0")
    assert until(lambda: "monitor_host_wait_seconds{host=" in read(f"{served[1]}metrics"))
    reports = [
        until(lambda one=one: (one / "reports" / "report.json").exists() and one / "reports" / "report.json")
        for one in homes
    ]
    assert until(lambda: not any(json.loads(read(f"{one}healthz"))["running"] for one in served))
    assert rows(database, "SELECT count(*), bool_and(complete) FROM run") == [(1, True)]
    assert rows(database, "SELECT count(*) FROM observation") == [(SOURCES,)]
    told = [json.loads(one.read_text())["run"]["id"] for one in reports]
    assert told[0] == told[1]
    assert [json.loads(read(f"{one}healthz"))["status"] for one in served] == ["ok", "ok"]
    line = await engine_line(config)
    assert (line.mark, "1 worker alive, 0 sources to ask" in line.said) == (CheckState.OK, True)
    for one in (*serving, worker):
        one.terminate()
    assert [ended(one)[0] for one in (*serving, worker)] == [0, 0, 0]
    web.close()

    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("DROP FUNCTION procrastinate_finish_job_v1"))
    engine.dispose()
    line = await engine_line(config)
    assert (line.mark, "no function procrastinate_finish_job_v1" in line.said) == (CheckState.FAIL, True)
