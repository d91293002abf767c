"""Databases looked over and copied, in whatever state a killed process left them."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from monitor.errors import StoreError
from monitor.store.integrity import integrity
from monitor.store.upkeep import backup
from tests.support.progress import Noted


def test_what_a_killed_writer_left_is_rolled_back_and_not_called_damage(tmp_path):
    there, taken = tmp_path / "there?#%41.db", tmp_path / "taken?#%41.db"
    with closing(sqlite3.connect(there, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE a (b TEXT)")
        connection.executemany("INSERT INTO a VALUES (?)", [("x" * 3000,)] * 50)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("UPDATE a SET b = b || 'y'")  # so much that it goes to the file before the commit
        for name in ("", "-journal"):
            shutil.copy(f"{there}{name}", f"{taken}{name}")
        connection.execute("ROLLBACK")
    assert (tmp_path / f"{taken.name}-journal").stat().st_size > 3000
    shutil.copy(taken, tmp_path / "again.db")
    shutil.copy(f"{taken}-journal", tmp_path / "again.db-journal")
    assert integrity(str(taken)) is None
    backup(str(tmp_path / "again.db"), tmp_path / "copy.db")
    for name in (taken, tmp_path / "copy.db"):
        with closing(sqlite3.connect(name)) as connection:
            assert connection.execute("SELECT count(*), max(length(b)) FROM a").fetchone() == (50, 3000)


def test_what_is_not_there_is_not_made(tmp_path):
    assert integrity(str(tmp_path / "none.db")) == "unable to open database file"
    assert list(tmp_path.iterdir()) == []


def test_a_backup_says_how_many_pages_there_are_and_how_many_are_copied(tmp_path):
    there, seen = tmp_path / "there.db", Noted()
    with closing(sqlite3.connect(there)) as connection:
        connection.execute("CREATE TABLE a AS SELECT zeroblob(5000000) AS b")
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    backup(str(there), tmp_path / "copy.db", seen)
    assert pages > 1024
    assert seen.stages == [["copying pages", pages, pages]]


def test_what_hinders_a_copy_is_named_by_the_copy(tmp_path):
    there = tmp_path / "there.db"
    with closing(sqlite3.connect(there)) as connection:
        connection.execute("CREATE TABLE a (b TEXT)")
    with pytest.raises(StoreError, match=r"missing/copy\.db cannot be made: .* name another place"):
        backup(str(there), tmp_path / "missing" / "copy.db")


def test_a_full_disk_is_that_of_the_copy(tmp_path, monkeypatch):
    there = tmp_path / "there.db"
    with closing(sqlite3.connect(there, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE a (b TEXT)")
        connection.executemany("INSERT INTO a VALUES (?)", [("x" * 3000,)] * 50)
    connect = sqlite3.connect

    def small(name, **more):
        made = connect(name, **more)
        if str(name).endswith(".part"):
            made.execute("PRAGMA max_page_count = 3")
        return made

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(StoreError, match=r"copy\.db cannot be written: .*full"):
        backup(str(there), tmp_path / "copy.db")
    assert [one.name for one in tmp_path.iterdir()] == ["there.db"]
