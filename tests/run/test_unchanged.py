"""Documents that are as they were are not read again; whatever may change what they yield is noticed."""

import itertools
import os
import time

import pytest

from monitor.collect import collect
from monitor.config import load_config
from monitor.unchanged import content, files_below
from tests.run.test_interrupted import Quiet

LIST = "# Sources\n\n- [The mills](https://a.example/mills). Accessed 4 March 2019.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.md").write_text(LIST)
    (tmp_path / "config.toml").write_text('[[documents]]\nglob = "*.md"\n')
    age(tmp_path / "list.md")
    return tmp_path


def age(path, seconds=100.0):
    then = time.time() - seconds
    os.utime(path, (then, then))


def read(folder, known=None):
    config = load_config(folder / "config.toml")
    return list(collect(config, (), Quiet(), strict=False, known=known or {}))


def known(folder):
    return {summary.path: summary for summary, _ in read(folder)}


def test_a_file_of_the_same_size_and_time_is_not_opened(folder):
    before = known(folder)
    (folder / "list.md").chmod(0)
    ((summary, found),) = read(folder, before)
    assert (summary, found) == (before["list.md"], None)


def test_a_fresh_checkout_of_the_same_content_is_not_extracted(folder):
    before = known(folder)
    age(folder / "list.md", 5)
    assert [found for _, found in read(folder, before)] == [None]


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "list.md").write_text(
            LIST + "\n- <https://b.example/>. Accessed 5 May 2019.\n"
        ),
        lambda folder: (folder / "list.md").write_text(LIST.replace("2019", "2018")),
        lambda folder: (folder / "config.toml").write_text('[[documents]]\nglob = "*.md"\nformat = "text"\n'),
        lambda folder: (folder / "list.md.sources.toml").write_text(""),
    ],
    ids=["longer", "of the same length", "read as another format", "a sidecar beside it"],
)
def test_what_may_change_the_citations_is_noticed(folder, change):
    before = known(folder)
    change(folder)
    age(folder / "list.md")
    assert [found is not None for _, found in read(folder, before)] == [True]


def test_a_file_written_again_within_the_same_instant_is_noticed(folder):
    before = known(folder)
    os.utime(folder / "list.md")
    stamp = (folder / "list.md").stat().st_mtime
    before = known(folder)
    (folder / "list.md").write_text(LIST.replace("mills", "locks"))
    os.utime(folder / "list.md", (stamp, stamp))
    ((_, found),) = read(folder, before)
    assert found is not None
    assert found.citations[0].title == "The locks"


def test_a_document_that_could_not_be_read_is_tried_again(folder):
    (folder / "list.md").write_bytes(bytes(range(256)) * 40)
    before = known(folder)
    assert before["list.md"].error
    (folder / "list.md").write_text(LIST)
    ((summary, found),) = read(folder, before)
    assert summary.error is None
    assert found is not None


def test_a_program_is_known_by_what_its_files_hold_not_by_when_they_were_installed(tmp_path, monkeypatch):
    monkeypatch.setattr("monitor.unchanged._KEPT", tmp_path / "kept.txt")
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    program, kept = tmp_path / "program", tmp_path / "kept.txt"
    (program / "room").mkdir(parents=True)
    (program / "room" / "a.py").write_text("one")

    def named():
        return content(program, files_below(program))

    first = named()
    age(program / "room" / "a.py", 5)
    assert named() == first
    (program / "room" / "a.py").write_text("two")
    told = named()
    assert told != first
    kept.write_text(kept.read_text().replace(told, "remembered"))
    assert named() == "remembered"
    kept.write_text("of another kind")
    assert named() == told


def test_a_file_that_grows_old_while_it_is_read_is_known_the_next_night(folder, monkeypatch):
    """Two looks at a file of just now: at the first it may change once more, at the second it is old."""
    os.utime(folder / "list.md")
    now = (folder / "list.md").stat().st_mtime
    clock = itertools.count(now + 1.5, 1.0)
    with monkeypatch.context() as patched:
        patched.setattr("monitor.unchanged.time.time", lambda: next(clock))
        before = known(folder)
    assert before["list.md"].mark.startswith(" ")
    assert [found for _, found in read(folder, before)] == [None]
    (folder / "list.md").write_text(LIST.replace("2019", "2018"))
    os.utime(folder / "list.md", (now, now))
    assert [found is not None for _, found in read(folder, before)] == [True]
