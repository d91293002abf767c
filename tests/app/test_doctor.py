"""What a night needs, looked over."""

import os
import sqlite3
from pathlib import Path

import pytest

LIST = "- [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.\n"


@pytest.fixture
def watched(tmp_path):
    (tmp_path / "list.md").write_text(LIST)
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "list.md"\n')
    return tmp_path


def test_all_is_well(monitor, servers, watched):
    ended = monitor("doctor", **servers)
    assert ended.code == 0, ended.out
    for line in (
        "ok    configuration: read",
        "ok    documents: 1 document with 1 citation",
        "ok    schedule: `monitor serve` would run next",
        "ok    database: monitor.sqlite3: opens",
        "ok    network: a sentinel answered",
        "ok    archives: wayback",
        "ok    archive wayback: answers",
        "ok    permissions: database and documents can be written",
    ):
        assert line in ended.out, line
    assert "→" not in ended.out


def test_a_wrong_configuration_is_named_first(monitor, watched):
    (watched / "config.toml").write_text('[check]\ntimeout = 3\ncolour = "red"\n')
    ended = monitor("doctor")
    assert ended.code == 2
    assert ended.out.count("fail  configuration") == 2


def test_every_trouble_has_its_remedy(monitor, servers, watched):
    (watched / "reports").write_text("in the way")
    (watched / "monitor.sqlite3").write_bytes(b"not a database, but quite long enough to be one" * 40)
    ended = monitor("doctor", **servers | {"MONITOR_SCHEDULE__CRON": "17 3 30 2 *"})
    assert ended.code == 3
    assert "fail  schedule: `monitor serve` would run next never" in ended.out
    assert "fail  reports: cannot write to the reports folder" in ended.out
    assert "fail  database: the database monitor.sqlite3 is not a database of this program" in ended.out
    lines = ended.out.splitlines()
    unwell = [number for number, line in enumerate(lines) if line.startswith(("fail", "look"))]
    assert unwell
    assert all(lines[number + 1].startswith("        → ") for number in unwell)


def test_no_network_is_said(monitor, servers, watched):
    dead = {"MONITOR_CHECK__SENTINELS": "http://timetravel.mementoweb.org/"}
    ended = monitor("doctor", **servers | dead)
    assert ended.code == 3
    assert "fail  network: " in ended.out
    assert "→ check connection, proxy and firewall" in ended.out
    assert "look  archives: not asked: there is no network" in ended.out


def test_an_archive_that_does_not_answer_is_said(monitor, servers, watched):
    ended = monitor("doctor", **servers | {"MONITOR_ARCHIVE__WAYBACK__CDX_URL": "http://127.0.0.1:9/cdx"})
    assert ended.code == 0  # a night goes on without it
    assert "look  archive wayback: " in ended.out
    assert "→ runs go on without it" in ended.out


def test_what_may_not_be_written_is_said(monitor, servers, watched, monkeypatch):
    # Simulated: whoever may do everything is denied nothing by a file's mode.
    asked = os.access

    def access(path, mode):
        ours = isinstance(path, Path) and path.absolute().is_relative_to(watched)
        return not ours and asked(path, mode)

    monkeypatch.setattr(os, "access", access)
    ended = monitor("doctor", **servers)
    assert ended.code == 3
    assert f"fail  permissions: no leave to write {watched}" in ended.out
    assert "look  permissions: 1 document cannot be written, such as" in ended.out


def test_the_database_is_checked_and_copied(monitor, servers, watched):
    assert monitor("db", "check").code == 2  # there is none yet
    (watched / "monitor.sqlite3").touch()
    empty = monitor("db", "check")
    assert empty.code == 3
    assert "is empty: nothing was stored in it yet, or it was lost; restore a backup" in empty.err
    assert "is empty and is begun anew" in monitor("db", "upgrade").err
    monitor("db", "upgrade")
    assert monitor("db", "check").out == "monitor.sqlite3: sound\n"
    assert monitor("db", "backup", "copy.sqlite3").code == 0
    assert monitor("db", "check", "--database", "copy.sqlite3").code == 0
    again = monitor("db", "backup", "copy.sqlite3")
    assert again.code == 2
    assert "is there already" in again.err


def test_damage_is_found(monitor, watched):
    monitor("db", "upgrade")
    path = watched / "monitor.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    data = bytearray(path.read_bytes())
    data[4096 : 4096 + 3000] = b"\xff" * 3000
    path.write_bytes(data)
    ended = monitor("db", "check")
    assert ended.code == 3
    assert "is damaged" in ended.err
    assert "restore a backup" in ended.err
