"""One clear line with the remedy, the right exit code, and nothing lost."""

import errno
import os
import sqlite3
from contextlib import closing

import pytest

from monitor import cli
from monitor.documents import SECTION_BYTES
from tests.support.lengths import LONG


def test_a_missing_file_is_named(monitor):
    ended = monitor("check", "nowhere.md")
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "nowhere.md: no such file" in ended.err


def test_a_folder_without_documents_says_what_documents_are(monitor, tmp_path):
    (tmp_path / "empty").mkdir()
    ended = monitor("check", "empty")
    assert ended.code == 2
    assert "empty: no documents in this folder" in ended.err
    assert ".md" in ended.err


def test_a_binary_file_is_refused_with_a_remedy(monitor, tmp_path):
    (tmp_path / "photo.txt").write_bytes(bytes(range(256)) * 20)
    ended = monitor("check", "photo.txt")
    assert ended.code == 2
    assert "photo.txt: is a binary file" in ended.err


def test_an_unreadable_file_of_a_folder_is_named_and_its_neighbours_are_read(monitor, tmp_path):
    folder = tmp_path / "refs"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4\n")
    (folder / "list.md").write_text("# Sources\n\n- Klee. <https://quay.example/a>. Accessed 4 May 2020.\n")
    ended = monitor("extract", "refs")
    assert ended.code == 3
    assert "refs/scan.pdf: " in ended.err
    assert "https://quay.example/a" in ended.out
    assert monitor("extract", "refs/scan.pdf").code == 2


def test_another_encoding_is_read_and_said_so(monitor, tmp_path):
    text = "Ein schönes Haus\n\nAnna Müller, Zeitung, 2009\n\nwww.example.org/häuser\n\n[accessed 3 May 2011]\n\nGanz ähnlich wäre es überall größer.\n"
    (tmp_path / "alt.txt").write_bytes(text.encode("cp1252"))
    ended = monitor("extract", "alt.txt")
    assert ended.code == 0
    assert "2011-05-03" in ended.out
    assert "guessed; declare the encoding" in ended.out


def test_megabytes_are_read_section_by_section(monitor, tmp_path):
    """Twice the section here; fifty megabytes with MONITOR_LONG_TESTS."""
    blocks = 9 if LONG else 2
    filler = "Nothing is cited in this line of a long document, and there are very many lines like it.\n"
    with (tmp_path / "long.md").open("w") as file:
        for _ in range(blocks):
            file.write(filler * 62_000 + "\n")
        file.write("- The last one. <https://example.org/last>. Accessed 4 May 2020.\n")
    assert (tmp_path / "long.md").stat().st_size > 2 * SECTION_BYTES
    ended = monitor("extract", "long.md", "--format", "json")
    assert ended.code == 0
    assert '"https://example.org/last"' in ended.out
    assert '"2020-05-04"' in ended.out


def test_every_fault_of_a_configuration_is_listed_at_once(monitor, tmp_path):
    (tmp_path / "config.toml").write_text(
        "databse = 'x'\n[check]\ntimout_s = 3\nretries = 'x'\n[judge]\nstrikes = 0\n"
        "[report]\nfail_on = 'sometimes'\n[archive.wayback]\nsecret_key = 'k'\n"
    )
    ended = monitor("run")
    assert ended.code == 2
    assert "databse: unknown key; did you mean database?" in ended.err
    assert "check.timout_s: unknown key; did you mean timeout_s? allowed: " in ended.err
    assert "check.retries: 'x' is not a whole number" in ended.err
    assert "judge.strikes: 0 is too small; at least 1" in ended.err
    assert "report.fail_on: 'sometimes' is not allowed; allowed: error, warning, info, never" in ended.err
    assert "MONITOR_ARCHIVE__WAYBACK__SECRET_KEY" in ended.err
    assert ended.err.count("config.toml: ") == 6


def test_broken_toml_names_the_line(monitor, tmp_path):
    (tmp_path / "config.toml").write_text("[check\n")
    ended = monitor("run")
    assert ended.code == 2
    assert "config.toml: not valid TOML" in ended.err
    assert "line 1" in ended.err


def test_a_misspelt_environment_variable_is_an_error(monitor):
    ended = monitor("run", MONITOR_CHECK__TIMOUT_S="3")
    assert ended.code == 2
    assert "environment MONITOR_CHECK__TIMOUT_S: no such key" in ended.err


@pytest.mark.parametrize("now", ["9999-12-31", "0001-01-01"])
def test_a_present_beyond_what_can_be_judged_is_refused(monitor, tmp_path, now):
    (tmp_path / "list.md").write_text("- [Page](https://mill.example/a). Accessed 4 March 2026.\n")
    ended = monitor("check", "list.md", "--offline", "--now", now)
    assert ended.code == 2
    assert "--now" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ("extract", "{long}.md"),
        ("check", "list.md", "--links", "all", "--root-dir", "{long}", "--offline"),
        ("db", "check", "--database", "{long}"),
        ("db", "backup", "{long}"),
        ("init", "{long}"),
    ],
)
def test_a_name_no_file_can_have_is_a_usage_error(monitor, tmp_path, words):
    (tmp_path / "list.md").write_text("- [Page](https://mill.example/a). Accessed 4 March 2026.\n")
    monitor("db", "upgrade")
    ended = monitor(*(word.format(long="x" * 300) for word in words))
    assert (ended.code, "Traceback" in ended.err) == (2, False), ended.err
    assert ended.err.endswith("too long; shorten that name\n") or "cannot be made" in ended.err


def test_symbolic_links_in_a_circle_are_named(monitor, tmp_path):
    (tmp_path / "one.md").symlink_to("two.md")
    (tmp_path / "two.md").symlink_to("one.md")
    for words in (("extract", "one.md"), ("check", "--offline", "two.md"), ("run", "--config", "one.md")):
        ended = monitor(*words)
        assert (ended.code, "Traceback" in ended.err) == (2, False), ended.err
        assert words[-1] in ended.err


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (errno.ENOSPC, 3, "free some space"),
        (errno.EROFS, 3, "name a place that may be written"),
        (errno.EACCES, 3, "leave"),
        (errno.EMFILE, 3, "ulimit -n"),
        (errno.EBADF, 4, "this is a bug"),
    ],
)
def test_what_the_system_refuses_is_no_bug_of_ours(number, code, said, capsys):
    def command():
        raise OSError(number, os.strerror(number), "kept.md")

    assert cli._guarded(command) == code
    assert said in capsys.readouterr().err


def test_names_as_long_as_can_be_and_longer_end_no_run(monitor, tmp_path):
    name = f"{'x' * 252}.md"
    (tmp_path / name).write_text(
        f"---\nbibliography: [{'y' * 300}.bib, none.bib]\n---\n- [Page](https://mill.example/a). Accessed 4 March 2026.\n"
    )
    ended = monitor("check", name, "--offline")
    assert ended.code == 0, ended.err
    assert "1 citation of 1 source" in ended.out


def test_a_file_of_logins_that_is_missing_and_a_database_that_fails_on_the_way_are_named(
    monitor, servers, tmp_path, monkeypatch
):
    from monitor.errors import StoreError
    from monitor.store.sql_store import SqlStore

    (tmp_path / "list.md").write_text(
        "- [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.\n"
    )
    ended = monitor("check", "list.md", **servers, MONITOR_CHECK__NETRC="none")
    assert (ended.code, "check.netrc: none cannot be read" in ended.err) == (2, True)
    monkeypatch.delenv("MONITOR_CHECK__NETRC")

    async def full(*_):
        raise StoreError("the database has no room: the disk is full; free space and run again")

    monkeypatch.setattr(SqlStore, "record", full)
    ended = monitor("check", "list.md", "--database", "kept.db", **servers)
    assert (ended.code, "the disk is full" in ended.err, "Traceback" in ended.err) == (3, True, False)


def test_no_documents_at_all_says_how_to_give_some(monitor):
    ended = monitor("check")
    assert ended.code == 2
    assert "[[documents]]" in ended.err


@pytest.mark.parametrize("content", [b"not a database at all, just words " * 40, b""])
def test_a_file_that_is_no_database_is_left_alone(monitor, tmp_path, content):
    (tmp_path / "old.sqlite3").write_bytes(content)
    ended = monitor("report", "--database", "old.sqlite3")
    assert ended.code == (3 if content else 2)
    assert "old.sqlite3" in ended.err
    if content:
        assert (tmp_path / "old.sqlite3").read_bytes() == content


def test_a_database_of_a_newer_version_is_left_alone(monitor, tmp_path):
    assert monitor("db", "upgrade", "--database", "new.sqlite3").code == 0
    with closing(sqlite3.connect(tmp_path / "new.sqlite3")) as database, database:
        database.execute("update alembic_version set version_num = '9999_from_the_future'")
    before = (tmp_path / "new.sqlite3").read_bytes()
    ended = monitor("report", "--database", "new.sqlite3")
    assert ended.code == 3
    assert "newer version" in ended.err
    assert (tmp_path / "new.sqlite3").read_bytes() == before


def test_an_unwritable_reports_folder_is_told_before_the_work(monitor, tmp_path):
    (tmp_path / "list.md").write_text("[A page](https://example.org/a). Accessed 3 May 2020.\n")
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "list.md"\n[report]\ndirectory = "taken"\n')
    (tmp_path / "taken").write_text("a file where the folder should be")
    ended = monitor("run")
    assert ended.code == 2
    assert "cannot write to the reports folder" in ended.err
    assert "report] directory" in ended.err
    assert (tmp_path / "taken").read_text() == "a file where the folder should be"


def test_wrong_words_on_the_command_line_end_with_two(monitor):
    assert monitor("check", "--nonsense").code == 2
    assert monitor("check", "x.md", "--format", "yaml").code == 2
    assert monitor("check", "x.md", "--new-only").code == 2
    assert monitor("check", "x.md", "--now", "yesterday").code == 2
    assert monitor("fix", "--select", "everything").code == 2


def test_control_characters_do_not_reach_the_terminal(monitor):
    ended = monitor("check", "evil\x1b[2J.md")
    assert ended.code == 2
    assert "\x1b" not in ended.err


def test_an_interrupted_or_failing_write_keeps_the_old_file(tmp_path):
    from monitor.errors import UsageError
    from monitor.files import replace_file

    target = tmp_path / "kept.md"
    target.write_text("old")
    target.chmod(0o640)
    replace_file(target, b"new")
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640
    with pytest.raises(UsageError, match="cannot be written"):
        replace_file(tmp_path / "no" / "folder.md", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.md"]
    link = tmp_path / "link.md"
    link.symlink_to(target)
    replace_file(link, b"through")
    assert link.is_symlink()
    assert target.read_text() == "through"
    assert link.readlink() == target
