"""`monitor run`, `report`, `fix` and `history` over several nights."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

NIGHTS = ("2026-11-04T03:00:00Z", "2026-11-08T03:00:00Z", "2026-11-12T03:00:00Z", "2026-11-21T03:00:00Z")
LIST = """# Sources

- [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.
- [Athens Forum](http://www.geocities.com/Athens/Forum/). Accessed 8 June 2004.
"""


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    (tmp_path / "list.md").write_text(LIST)
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "list.md"\n')
    return tmp_path


def citations(folder: Path) -> dict[str, dict]:
    report = json.loads((folder / "reports" / "report.json").read_text())
    return {one["title"]: one for one in report["citations"]}


def test_a_link_dies_by_strikes_and_the_page_says_how_far_it_is(monitor, servers, watched):
    states = []
    for night in NIGHTS:
        monitor("run", "--now", night, "--all", "-q", "--no-archive", **servers)
        states.append(
            (citations(watched)["Athens Forum"]["link_state"], citations(watched)["Athens Forum"]["strikes"])
        )
    # 410 needs two strikes that span seven days (docs/design.md#link-state).
    assert states == [("suspect", 1), ("suspect", 2), ("dead", 3), ("dead", 4)] or states[-1][0] == "dead"
    assert states[0][0] == "suspect"
    assert citations(watched)["Cool URIs"]["link_state"] == "alive"


def test_only_what_is_due_is_probed_and_a_rerun_is_harmless(monitor, servers, watched):
    monitor("run", "--now", NIGHTS[0], "-q", **servers)
    first = json.loads((watched / "reports" / "report.json").read_text())["run"]["requests"]
    monitor("run", "--now", "2026-11-04T04:00:00Z", "-q", **servers)
    second = json.loads((watched / "reports" / "report.json").read_text())["run"]["requests"]
    assert first["check"] >= 2
    assert second.get("check", 0) == 0
    assert citations(watched)["Cool URIs"]["outcome"] == "alive"


def test_a_void_run_changes_no_verdict_and_says_so(monitor, servers, watched):
    monitor("run", "--now", NIGHTS[0], "-q", **servers)
    before = citations(watched)
    ended = monitor(
        "run",
        "--now",
        NIGHTS[1],
        "--all",
        **servers | {"MONITOR_CHECK__SENTINELS": "http://timetravel.mementoweb.org/"},
    )
    assert ended.code == 3
    assert "void" in (watched / "reports" / "index.html").read_text().lower()
    after = citations(watched)
    assert {k: v["strikes"] for k, v in after.items()} == {k: v["strikes"] for k, v in before.items()}
    monitor("run", "--now", NIGHTS[2], "--all", "-q", **servers)
    assert citations(watched)["Athens Forum"]["strikes"] == before["Athens Forum"]["strikes"] + 1


def test_a_run_that_was_cut_off_after_a_void_one_is_no_void_one(monitor, servers, watched):
    no_network = servers | {"MONITOR_CHECK__SENTINELS": "http://timetravel.mementoweb.org/"}
    monitor("run", "--now", NIGHTS[0], "-q", "--no-archive", **no_network)
    monitor("run", "--now", NIGHTS[1], "-q", "--no-archive", **servers)
    with (
        closing(sqlite3.connect(watched / "monitor.sqlite3")) as store,
        store,
    ):  # as a kill before its end leaves it
        store.execute("UPDATE run SET finished_at = NULL, complete = 0, guarded = 0 WHERE id = 2")
    ended = monitor("report", "--now", NIGHTS[1])
    assert (ended.code, "was cut off: it counts" in ended.err, "void" in ended.out) == (3, True, False), ended
    assert "This run did not get through everything" in ended.out
    assert citations(watched)["Cool URIs"]["outcome"] == "alive"


def test_a_run_that_ended_before_it_asked_anybody_is_not_said_to_count(monitor, servers, watched):
    (watched / "config.toml").write_text('[[documents]]\npath = "lost.md"\n')
    for said in ((), ("ended before a source answered",)):
        ended = monitor("run", **servers)
        assert (ended.code, "lost.md: no such file" in ended.err, "cut off" in ended.err) == (2, True, False)
        assert all(one in ended.err for one in said), ended.err
    assert "no run has ended yet" in monitor("report").err


@pytest.mark.parametrize("command", [["fix"], ["report"], ["history", "https://mill.example/"], ["capture"]])
def test_what_only_reads_makes_no_database(monitor, watched, command):
    before = sorted(one.name for one in watched.iterdir())
    ended = monitor(*command)
    assert (ended.code, ended.err) == (
        2, "monitor: monitor.sqlite3: there is no database yet; `monitor run` makes it, and --database names another\n"
    )  # fmt: skip
    assert sorted(one.name for one in watched.iterdir()) == before


def test_fix_shows_then_writes_then_has_nothing_left(monitor, servers, watched):
    for night in NIGHTS:
        monitor("run", "--now", night, "--all", "-q", **servers)
    assert citations(watched)["Athens Forum"]["access_date_status"] == "stale-dead"
    shown = monitor("fix", "--now", NIGHTS[-1])
    assert shown.code == 1
    assert "1 edit in 1 document waiting (--write makes them)" in shown.err
    assert "+- [Athens Forum](http://www.geocities.com/Athens/Forum/). Accessed 8 June 2004" in shown.out
    assert "https://web.archive.org/web/20040601" in shown.out
    assert (watched / "list.md").read_text() == LIST
    assert monitor("fix", "--write", "--now", NIGHTS[-1]).code == 0
    fixed = (watched / "list.md").read_text()
    assert "https://web.archive.org/web/20040601" in fixed
    assert fixed.splitlines()[2] == LIST.splitlines()[2]
    again = monitor("fix", "--write", "--now", NIGHTS[-1])
    assert (again.code, again.out) == (0, "")
    assert "0 edits in 0 documents written; 1 made already" in again.err
    assert (watched / "list.md").read_text() == fixed
    monitor("run", "--now", NIGHTS[-1], "--all", "-q", **servers)
    found = citations(watched)["Athens Forum"]
    assert found["archive_url"].startswith("https://web.archive.org/web/20040601")
    assert found["access_dates"][0]["date"] == "2004-06-08"
    assert found["access_date_status"] == "pinned"


def test_report_renders_again_without_a_request(monitor, servers, watched):
    monitor("run", "--now", NIGHTS[0], "-q", **servers)
    (watched / "reports" / "report.json").unlink()
    assert monitor("report", "--now", NIGHTS[0], "-q").code in (0, 1)
    assert citations(watched)["Cool URIs"]["outcome"] == "alive"
    ended = monitor("report", "--now", NIGHTS[0], "-f", "csv", "-q")
    assert ended.out.count("\n") == 3


def test_an_unreadable_document_keeps_its_citations_and_the_run_is_incomplete(monitor, servers, watched):
    monitor("run", "--now", NIGHTS[0], "-q", **servers)
    (watched / "list.md").write_bytes(bytes(range(256)) * 40)
    ended = monitor("run", "--now", NIGHTS[1], **servers)
    assert ended.code == 3
    assert "is a binary file" in ended.err
    assert set(citations(watched)) == {"Cool URIs", "Athens Forum"}


def test_a_document_no_longer_watched_leaves_the_report_but_not_the_history(monitor, servers, watched):
    monitor("run", "--now", NIGHTS[0], "-q", **servers)
    (watched / "other.md").write_text(
        "- [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.\n"
    )
    (watched / "config.toml").write_text('[[documents]]\npath = "other.md"\n')
    monitor("run", "--now", NIGHTS[1], "-q", **servers)
    assert set(citations(watched)) == {"Cool URIs"}
    with closing(sqlite3.connect(watched / "monitor.sqlite3")) as database, database:
        (sources,) = database.execute("select count(*) from source").fetchone()
    assert sources == 2


def test_a_changed_configuration_of_waivers_shows_in_the_report(monitor, servers, watched):
    (watched / "config.toml").write_text(
        '[[documents]]\npath = "list.md"\n[[waivers]]\nrule = "access-date/*"\nsource = "http://www.geocities.com/*"\n'
        'who = "Ada"\nwhy = "kept as a monument"\nuntil = 2026-11-10\n'
    )
    assert monitor("run", "--now", NIGHTS[0], "--all", "-q", **servers).code == 0
    report = (watched / "reports" / "index.html").read_text() + (
        watched / "reports" / "report.json"
    ).read_text()
    assert "kept as a monument" in report
