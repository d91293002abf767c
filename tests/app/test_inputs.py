"""Standard input, addresses and lists of both, besides files."""

import io
import json

import pytest

from monitor.errors import UsageError
from monitor.inputs import Inputs, from_stdin, sort_out

GONE = "# Sources\n\n- Gone page. [Athens](http://www.geocities.com/Athens/Forum/). Accessed 8 June 2004.\n"
NOW = ("--now", "2026-11-21T03:00:00Z")


def stdin(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def test_files_addresses_and_standard_input_are_told_apart(tmp_path):
    listed = tmp_path / "list"
    listed.write_text("# ours\na.md\n\nHTTPS://mill.example/a\n")
    made = sort_out(["b.md", "-", "http://mill.example/b", "http://mill.example/b"], [str(listed)])
    assert [path.name for path in made.paths] == ["b.md", "a.md"]
    assert made.addresses == ("http://mill.example/b", "HTTPS://mill.example/a")
    assert made.stdin
    assert made.any
    assert not Inputs().any


def test_a_file_of_addresses_is_a_list(monitor, servers, tmp_path):
    page = "http://gvnet.com/humantrafficking/Kyrgyzstan.htm"
    (tmp_path / "pages.urls").write_text(f"# watched\n{page}\n")
    ended = monitor("check", "pages.urls", "--format", "json", "--fail-on", "never", *NOW, **servers)
    assert [one["path"] for one in json.loads(ended.out)["documents"]] == [page], ended.err
    assert sort_out(["https://mill.example/a.urls"]).addresses == ("https://mill.example/a.urls",)


def test_a_list_that_cannot_be_read_is_named():
    with pytest.raises(UsageError, match="nowhere: cannot be read as a list"):
        sort_out([], ["nowhere"])


def test_standard_input_is_kept_under_its_name(tmp_path):
    rule = from_stdin(tmp_path, "notes/a.wiki", None, io.BytesIO(b"x"))
    assert rule.path.endswith(".wiki")
    assert rule.called == "notes/a.wiki"
    assert from_stdin(tmp_path, None, "markdown", io.BytesIO(b"x")).called == "standard input"


def test_check_reads_standard_input(monitor, servers, monkeypatch, tmp_path):
    stdin(monkeypatch, GONE)
    ended = monitor("check", "-", "--stdin-name", "list.md", "--format", "json", *NOW, **servers)
    assert ended.code == 1, ended.err
    (one,) = json.loads(ended.out)["citations"]
    assert (one["document"], one["line"], one["outcome"]) == ("list.md", 3, "gone")
    assert list(tmp_path.iterdir()) == []


def test_extract_reads_standard_input_but_asks_nobody(monitor, monkeypatch):
    stdin(monkeypatch, "[accessed 8 June 2004] http://mill.example/a\n")
    assert "standard input (text)" in monitor("extract", "-").out
    ended = monitor("extract", "https://mill.example/a")
    assert ended.code == 2
    assert "`check` reads pages by address" in ended.err


def test_check_reads_a_page_by_its_address(monitor, servers):
    page = "http://gvnet.com/humantrafficking/Kyrgyzstan.htm"
    ended = monitor("check", page, "--format", "json", "--fail-on", "never", *NOW, **servers)
    assert ended.code == 0, ended.err
    report = json.loads(ended.out)
    assert [document["path"] for document in report["documents"]] == [page]
    assert report["documents"][0]["format"] == "html"


def test_a_page_that_is_not_there_is_said(monitor, servers):
    ended = monitor("check", "http://www.geocities.com/Athens/Forum/", *NOW, **servers)
    assert ended.code == 3
    assert "answered 410; check the address" in ended.err


def test_nothing_cited_fails_where_it_is_asked_for(monitor, servers, tmp_path):
    (tmp_path / "a.md").write_text("Nothing.\n")
    assert monitor("check", "a.md", *NOW, **servers).code == 0
    assert monitor("check", "a.md", "--fail-if-empty", *NOW, **servers).code == 1


def test_what_has_no_file_still_shows_its_edit(monitor, servers, monkeypatch):
    moved = "https://www.pewresearch.org/data-labs/2024/05/17/when-online-content-disappears/"
    stdin(monkeypatch, f"# Sources\n\n- [When Online Content Disappears]({moved}). Retrieved June 3, 2020.\n")
    ended = monitor("check", "-", "--stdin-name", "list.md", "--format", "json", *NOW, **servers)
    (found,) = json.loads(ended.out)["citations"]
    assert found["amendment"]["kind"] == "replace-url"
    assert "(https://www.pewresearch.org/internet/2024/" in found["amendment"]["replacement"]
