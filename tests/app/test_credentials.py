"""A name and password in a cited address reach no report, no log and no page of the site."""

from pathlib import Path

import pytest

LINE = "- [Athens](http://ann:w3irpass@www.geocities.com/Athens/Forum/). Accessed 8 June 2004.\n"
NOW = ("--now", "2026-11-06T03:00:00Z")


@pytest.fixture
def watched(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text(f"# Sources\n\n{LINE}")
    (tmp_path / "config.toml").write_text(
        '[[documents]]\npath = "list.md"\n[report]\nformats = ["html", "json", "atom", "badge", "csv", "markdown"]\n'
    )


@pytest.mark.parametrize("form", ["text", "json", "markdown", "csv", "junit", "sarif", "github"])
def test_no_format_shows_them(form, monitor, servers, watched):
    ended = monitor("check", *NOW, "-f", form, **servers)
    assert "Athens" in ended.out
    assert "w3irpass" not in ended.out + ended.err


def test_neither_site_nor_history_show_them(monitor, servers, watched, tmp_path):
    monitor("run", *NOW, **servers)
    written = [file for file in (tmp_path / "reports").rglob("*") if file.is_file()]
    assert written
    for file in written:
        assert b"w3irpass" not in file.read_bytes(), file
    told = monitor("history", "http://www.geocities.com/Athens/Forum/", **servers)
    assert "geocities.com" in told.out
    assert "w3irpass" not in told.out + told.err
