"""After a fix, extraction reads back exactly what was intended, and nothing else changed."""

from pathlib import Path

import pytest

from monitor.model.finding import AmendmentKind
from tests.support.fixing import essence, fix, snapshot_url

CASES = Path(__file__).parent / "cases"
FILES = sorted(path for path in CASES.iterdir() if path.is_file())


def located(citations):
    return [one for one in citations if one.url]


@pytest.mark.parametrize("case", FILES, ids=lambda p: p.name)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_an_archive_link_is_read_back_and_nothing_else_changed(tmp_path, case, newline):
    data = case.read_text("utf-8").replace("\n", newline).encode()
    fixed = fix(tmp_path / case.name, data, AmendmentKind.ADD_ARCHIVE)
    assert located(fixed.before), "the case holds citations"
    assert all(a is not None and a.proven and a.edits for a in fixed.amendments)
    # The dead say so in wikitext (url-status=dead): that too is read back.
    dead = {"marked_dead": True} if case.suffix == ".wiki" else {}
    assert [essence(c, **dead) for c in fixed.after] == [
        essence(c, archive_url=snapshot_url(c), **dead) if c.url else essence(c) for c in fixed.before
    ]
    assert fixed.again == fixed.data
    if newline == "\r\n":
        assert fixed.data.replace(b"\r\n", b"").count(b"\n") == 0
    else:
        assert b"\r" not in fixed.data


@pytest.mark.parametrize("case", FILES, ids=lambda p: p.name)
def test_a_date_is_refreshed_in_its_own_style(tmp_path, case):
    fixed = fix(tmp_path / case.name, case.read_bytes(), AmendmentKind.REFRESH_DATE)
    for before, after in zip(fixed.before, fixed.after, strict=True):
        if before.url and before.access_date and before.access_date.date:
            claim = before.access_date
            today = "2026-11-21"[: len(claim.date)]
            expected = [today if d is claim else d.date for d in before.access_dates]
            assert [d.date for d in after.access_dates] == expected
        else:
            assert essence(before) == essence(after)
        assert essence(before, access_dates=()) == essence(after, access_dates=())
    assert fixed.again == fixed.data


@pytest.mark.parametrize("case", FILES, ids=lambda p: p.name)
def test_a_moved_address_is_read_back(tmp_path, case):
    fixed = fix(tmp_path / case.name, case.read_bytes(), AmendmentKind.REPLACE_URL)
    for before, after in zip(fixed.before, fixed.after, strict=True):
        if before.url:
            assert (
                after.url.replace("%28", "(").replace("%29", ")") == "https://new.example.org/home(2)?a=1&b=2"
            )
        assert essence(before, url=None) == essence(after, url=None)
    assert fixed.again == fixed.data


def test_what_is_written_stands_where_it_should(tmp_path):
    """The layouts as people see them, whatever extraction makes of them."""
    fixed = fix(tmp_path / "a.txt", (CASES / "layout-blank.txt").read_bytes(), AmendmentKind.ADD_ARCHIVE)
    assert (
        "[accessed 3 August 2016]\n\n[accessed 27 May 2021]\n"
        "[archived https://web.archive.org/web/20110216120000/http://www.labour.example.org/reports/fields.pdf]\n\n"
    ) in fixed.text
    assert fixed.again == fixed.data
    fixed = fix(tmp_path / "a.html", (CASES / "page.html").read_bytes(), AmendmentKind.ADD_ARCHIVE)
    assert (
        '<a href="http://weekly.example.com/2009/04/salt.asp?id=9&amp;part=2" data-versionurl="https://web.archive.org/'
        'web/20110216120000/http://weekly.example.com/2009/04/salt.asp?id=9&amp;part=2" data-versiondate="2011-02-16">'
    ) in fixed.text
    assert fixed.again == fixed.data
