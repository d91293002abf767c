"""Pages that show what they showed are left as they are; whatever changes what they show makes them anew."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from monitor.model.finding import Severity
from monitor.model.urls import host_key
from monitor.model.values import replaced
from monitor.report import names
from monitor.report.publish import write_site
from monitor.report.site import pages, write
from monitor.report.transitions import present
from tests.support import report_cases

LATER = dt.timedelta(days=1)


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def next_night(report):
    run = replaced(report.run, id="the-next", now=report.run.now + LATER)
    return replaced(report, run=run)


def written_since(folder, mark):
    return {name for name in tree(folder) if (folder / name).stat().st_mtime_ns != mark}


def stamp(folder):
    for name in tree(folder):
        os.utime(folder / name, ns=(10**18, 10**18))
    return 10**18


def test_a_night_on_which_nothing_changed_writes_the_front_page_and_what_is_beside_it(tmp_path):
    report = report_cases.report()
    write_site(report, tmp_path, ["html", "json"])
    mark = stamp(tmp_path)
    write_site(next_night(report), tmp_path, ["html", "json"])
    written = written_since(tmp_path, mark)
    pages = {
        name
        for name in written
        if name.startswith(("sources/", "documents/", "hosts/", "documents.", "hosts."))
    }
    # An access date of a few weeks ago is a day older now: only such a card says something else.
    young = {
        name
        for name in pages
        if b"days ago" in (tmp_path / name).read_bytes() or b"yesterday" in (tmp_path / name).read_bytes()
    }
    assert pages == young
    assert {"index.html", "report.json"} <= written
    assert b"the-next" in (tmp_path / "index.html").read_bytes()


def test_what_stands_is_what_a_full_writing_would_have_made(tmp_path):
    """Night after night with changes here and there, against one that begins with an empty folder."""
    report = report_cases.report()
    kept = tmp_path / "kept"
    for night in range(6):
        every = list(report.assessments)
        chosen = night % len(every)
        finding = replaced(
            every[chosen].finding, reason=f"Changed in night {night}.", severity=Severity.ERROR
        )
        every[chosen] = replaced(every[chosen], finding=finding)
        if night == 3:
            del every[-1]
        report = replaced(next_night(report), assessments=every)
        write_site(report, kept, ["html", "json", "atom"])
        fresh = tmp_path / f"fresh-{night}"
        write_site(report, fresh, ["html", "json", "atom"])
        assert tree(kept) == tree(fresh)


def test_of_a_page_of_many_citations_only_the_changed_ones_are_made_anew(tmp_path, monkeypatch):
    report = report_cases.Many(60, documents=2, hosts=3).report()
    write_site(report, tmp_path / "kept", ["html"])
    every = list(report.assessments)
    every[7] = replaced(every[7], finding=replaced(every[7].finding, reason="Changed <!-- tonight -->."))
    later = replaced(report, assessments=every)
    made = []
    monkeypatch.setattr(
        write, "listed", lambda card, root: made.append(card.line) or pages.listed(card, root)
    )
    write_site(later, tmp_path / "kept", ["html"])
    assert made == [every[7].citation.line]
    write_site(later, tmp_path / "fresh", ["html"])
    assert tree(tmp_path / "kept") == tree(tmp_path / "fresh")


def test_of_the_page_of_a_host_only_the_changed_lines_are_made_anew(tmp_path, monkeypatch):
    report = report_cases.Many(60, documents=2, hosts=3).report()
    write_site(report, tmp_path / "kept", ["html"])
    every = list(report.assessments)
    every[7] = replaced(every[7], finding=replaced(every[7].finding, reason="Changed tonight."))
    made = []
    monkeypatch.setattr(write, "line", lambda card, root: made.append(card.line) or pages.line(card, root))
    write_site(replaced(report, assessments=every), tmp_path / "kept", ["html"])
    assert made == [every[7].citation.line]
    moved = replaced(report, assessments=every[1:])
    write_site(moved, tmp_path / "kept", ["html"])
    write_site(moved, tmp_path / "fresh", ["html"])
    assert tree(tmp_path / "kept") == tree(tmp_path / "fresh")


def test_a_page_whose_lists_somebody_changed_is_made_anew(tmp_path):
    report = report_cases.Many(60, documents=2, hosts=3).report()
    write_site(report, tmp_path / "kept", ["html"])
    for page in (*tmp_path.glob("kept/documents/*"), *tmp_path.glob("kept/hosts/*")):
        page.write_text(page.read_text("utf-8").replace("<!--/-->", "").replace("pill", "hill"), "utf-8")
    every = list(report.assessments)
    every[7] = replaced(every[7], finding=replaced(every[7].finding, reason="Changed tonight."))
    later = replaced(report, assessments=every)
    write_site(later, tmp_path / "kept", ["html"])
    write_site(later, tmp_path / "fresh", ["html"])
    changed = (
        names.document_page(every[7].citation.document),
        names.host_page(host_key(every[7].citation.url)),
    )
    for page in changed:
        assert tree(tmp_path / "kept")[page] == tree(tmp_path / "fresh")[page]


def test_a_page_that_somebody_removed_comes_back(tmp_path):
    report = report_cases.report()
    write_site(report, tmp_path, ["html"])
    before = tree(tmp_path)
    gone = next(path for path in tmp_path.glob("sources/*/*.html"))
    gone.unlink()
    write_site(report, tmp_path, ["html"])
    assert tree(tmp_path) == before


def test_other_formats_beside_the_pages_change_their_links(tmp_path):
    report = report_cases.report()
    write_site(report, tmp_path, ["html"])
    write_site(report, tmp_path, ["html", "json"])
    assert all(b"report.json" in page.read_bytes() for page in tmp_path.glob("sources/*/*.html"))


def test_what_a_first_night_wrote_stands_on_the_second(tmp_path):
    """A first night knows of no night before; the second does, and its pages say the same."""
    report = report_cases.report()
    first = replaced(report, assessments=[replaced(one, previous=None) for one in report.assessments])
    known = [replaced(one, previous=present(one)) for one in report.assessments]
    write_site(first, tmp_path / "kept", ["html"])
    mark = stamp(tmp_path / "kept")
    second = replaced(first, run=replaced(first.run, id="the-next"), assessments=known)
    write_site(second, tmp_path / "kept", ["html"])
    write_site(second, tmp_path / "fresh", ["html"])
    assert tree(tmp_path / "kept") == tree(tmp_path / "fresh")
    assert not {name for name in written_since(tmp_path / "kept", mark) if name.startswith("sources/")}


def test_what_one_process_wrote_stands_in_another(tmp_path):
    code = (
        "import sys, pathlib; from tests.support import report_cases; from monitor.report.publish import write_site\n"
        "write_site(report_cases.Many(12, documents=2, hosts=3).report(), pathlib.Path(sys.argv[1]), ['html'])"
    )
    written = []
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, tmp_path], check=True, cwd=Path(write_site.__code__.co_filename).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        written.append({page: page.stat().st_ino for page in tmp_path.glob("*/**/*.html")})
    assert written[0] == written[1] != {}
