import json
import os
import re
import shutil
import subprocess
import sys
import tracemalloc
from html.parser import HTMLParser
from pathlib import Path

import pytest

from monitor.errors import IncompleteError, UsageError
from monitor.report import file_list, publish
from monitor.report.publish import MANIFEST, steps, write_site
from tests.support import report_cases
from tests.support.every_status import every_status


def files(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.targets, self.ids, self.rels = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids.add(found.get("id"))
        for name in ("href", "src"):
            if name in found:
                self.targets.append(found[name])
                if found[name].startswith("http"):
                    self.rels.append(found.get("rel"))


def test_writes_the_front_page_data_and_text(tmp_path, full_report):
    write_site(full_report, tmp_path / "reports", ["html", "json", "text"])
    found = files(tmp_path / "reports")
    assert {"index.html", "report.json", "report.txt", "assets/site.css", "data/meta.js"} <= set(found)
    assert not [name for name in found if "staging" in name]


@pytest.mark.parametrize("formats", [["html"], ["html", "json", "csv", "atom"]], ids=["alone", "with-data"])
def test_every_link_inside_the_site_leads_to_a_page_and_place_that_exist(tmp_path, full_report, formats):
    write_site(full_report, tmp_path, formats)
    pages = {p.resolve(): Links(p.read_text("utf-8")) for p in tmp_path.rglob("*.html")}
    assert len(pages) > 20
    checked = 0
    for page, links in pages.items():
        for target in links.targets:
            if re.match(r"https?:|data:", target):
                continue
            address, _, fragment = target.partition("#")
            aim = (page.parent / address).resolve() if address else page
            assert aim.is_file(), f"{page.name} → {target}"
            if fragment and aim in pages and "=" not in fragment:
                assert fragment in pages[aim].ids, f"{page.name} → {target}"
                checked += 1
    assert checked > 20


def test_writing_says_how_many_steps_it_takes(tmp_path, full_report):
    done = []
    write_site(full_report, tmp_path, ["html", "json"], done.append)
    assert sum(done) == steps(full_report, ["html", "json"]) > len(full_report.assessments)
    assert steps(full_report, ["json"]) == 0


def test_nothing_is_loaded_from_elsewhere_and_links_out_carry_no_referrer(tmp_path, full_report):
    write_site(full_report, tmp_path, ["html"])
    for page in tmp_path.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "Content-Security-Policy" in text
        assert not re.search(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(?:https?:)?//", text)
        assert not re.search(r"\sstyle=|\son\w+=\"", text)
        assert set(Links(text).rels) <= {"noreferrer nofollow"}


def test_pages_of_the_last_run_go_and_strangers_files_stay(tmp_path, full_report):
    write_site(full_report, tmp_path, ["html", "json"])
    before = set(files(tmp_path))
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "documents" / "mine.html").write_text("mine")
    fewer = report_cases.report(every_status()[:2])
    write_site(fewer, tmp_path, ["html"])
    after = set(files(tmp_path))
    assert {"notes.txt", "documents/mine.html", "index.html"} <= after
    assert "report.json" not in after
    assert len([n for n in after if n.startswith("sources/")]) == 2
    assert len(before) > len(after)


def test_empty_folders_of_removed_pages_go_too(tmp_path, full_report):
    write_site(full_report, tmp_path, ["html"])
    write_site(full_report, tmp_path, ["json"])
    assert files(tmp_path) == [MANIFEST, "report.json"]
    assert [p for p in tmp_path.iterdir() if p.is_dir()] == []


def test_a_folder_that_is_new_comes_as_a_whole_and_no_other_is_replaced(tmp_path, full_report):
    """What somebody made stays what it is: a folder that is elsewhere, one that is empty."""
    folder, elsewhere = tmp_path / "reports", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / "hosts").mkdir(parents=True)
    (folder / "documents").symlink_to(elsewhere)
    empty = (folder / "hosts").stat().st_ino
    write_site(full_report, tmp_path / "fresh", ["html", "json"])
    write_site(full_report, folder, ["html", "json"])
    assert (folder / "hosts").stat().st_ino == empty
    assert (folder / "documents").is_symlink()
    assert files(elsewhere) == files(tmp_path / "fresh" / "documents") != []
    assert {n for n in files(folder) if not n.startswith("documents/")} == {
        n for n in files(tmp_path / "fresh") if not n.startswith("documents/")
    }


def test_folders_that_come_and_go_while_pages_are_made_are_no_obstacle(tmp_path, full_report):
    def made(*_):
        (tmp_path / "hosts").mkdir(exist_ok=True)
        (tmp_path / "hosts" / "mine.html").write_text("mine")

    def removed(*_):
        shutil.rmtree(tmp_path / "hosts", ignore_errors=True)

    write_site(full_report, tmp_path, ["html"], made)
    first = files(tmp_path / "hosts")
    assert (tmp_path / "hosts" / "mine.html").read_text() == "mine"
    write_site(full_report, tmp_path, ["html", "json"], removed)
    assert files(tmp_path / "hosts") == [name for name in first if name != "mine.html"] != []


def test_pages_come_one_by_one_where_folders_cannot_be_moved(tmp_path, full_report, monkeypatch):
    moved, rename = [], Path.rename

    def only_files(path, target):
        if path.is_dir():
            moved.append(target)
            raise OSError(18, "Invalid cross-device link")
        return rename(path, target)

    write_site(full_report, tmp_path / "whole", ["html", "json"])
    monkeypatch.setattr(Path, "rename", only_files)
    write_site(full_report, tmp_path / "single", ["html", "json"])
    assert moved
    assert files(tmp_path / "single") == files(tmp_path / "whole")
    for name in files(tmp_path / "whole"):
        assert (tmp_path / "single" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/hosts", "a/../../outside.txt", "", 7])
def test_a_forged_list_cannot_remove_files_elsewhere(tmp_path, full_report, name):
    outside = tmp_path / "outside.txt"
    outside.write_text("keep")
    folder = tmp_path / "reports"
    write_site(full_report, folder, ["json"])
    (folder / MANIFEST).write_text(json.dumps({"files": [name]}))
    write_site(full_report, folder, ["json"])
    assert outside.read_text() == "keep"


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{",
        '{"files": 3}',
        "\x00",
        '["report.json",""]\n["index',
        '["report.json"]\n',
        '["a\\q","b"]\n',
    ],
)
def test_a_damaged_list_is_no_obstacle(tmp_path, full_report, damage):
    (tmp_path / MANIFEST).write_text(damage)
    write_site(full_report, tmp_path, ["json"])
    assert (tmp_path / "report.json").is_file()


def test_a_list_of_an_earlier_version_is_read(tmp_path, full_report):
    write_site(full_report, tmp_path, ["html", "json"])
    entries = [
        json.loads(line) for line in (tmp_path / MANIFEST).read_text().splitlines() if line[:5] != '["","'
    ]
    (tmp_path / "gone.html").write_text("of an earlier run")
    old = {
        "files": ["gone.html", *(name for name, _ in entries)],
        "keys": {name: key for name, key in entries if key},
    }
    (tmp_path / MANIFEST).write_text(json.dumps(old))
    stood = {path: path.stat().st_ino for path in tmp_path.glob("sources/*/*.html")}
    write_site(full_report, tmp_path, ["html", "json"])
    assert stood
    assert {path: path.stat().st_ino for path in stood} == stood
    assert not (tmp_path / "gone.html").exists()


def test_a_list_that_no_room_is_left_to_put_in_order_is_not_forgotten(tmp_path, full_report, monkeypatch):
    write_site(full_report, tmp_path, ["html", "json"])
    old = {"files": ["gone.html"], "keys": {}}
    (tmp_path / MANIFEST).write_text(json.dumps(old))

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(file_list.tempfile, "TemporaryFile", full)
        patch.setattr(publish, "check_writable", lambda _folder: None)
        with pytest.raises(IncompleteError, match=r"No space left on device.*old reports are untouched"):
            write_site(full_report, tmp_path, ["html", "json"])
    assert json.loads((tmp_path / MANIFEST).read_text()) == old


def test_a_night_that_changes_no_page_leaves_the_list_as_it_is(tmp_path, full_report):
    write_site(full_report, tmp_path, ["html", "json"])
    listed, inode = (tmp_path / MANIFEST).read_text(), (tmp_path / MANIFEST).stat().st_ino
    front = (tmp_path / "index.html").stat().st_ino
    write_site(full_report, tmp_path, ["html", "json"])
    assert (tmp_path / MANIFEST).stat().st_ino == inode
    assert (tmp_path / "index.html").stat().st_ino != front
    page = next(tmp_path.glob("sources/*/*.html"))
    page.unlink()
    write_site(full_report, tmp_path, ["html", "json"])
    assert page.is_file()
    assert (tmp_path / MANIFEST).read_text() == listed
    write_site(full_report, tmp_path, ["html"])
    assert "report.json" not in (tmp_path / MANIFEST).read_text()
    assert not (tmp_path / "report.json").exists()


def test_a_name_with_a_lone_surrogate_stays_in_the_list(tmp_path):
    entries = [("a\udc80.html", "k"), ("b.html", "")]
    written = file_list.WrittenFiles()
    for name, key in entries:
        written.add(name, key)
    assert list(written) == [name for name, _ in entries]
    nothing = file_list.EarlierFiles(tmp_path / MANIFEST)
    nothing.write(tmp_path / MANIFEST, written)
    nothing.close()
    earlier = file_list.EarlierFiles(tmp_path / MANIFEST)
    assert list(earlier) == [name for name, _ in entries]
    assert all(earlier.names(name) and earlier.holds(file_list.listed(name, key)) for name, key in entries)
    assert not earlier.names("a")
    earlier.close()
    written.close()


def test_of_many_files_the_list_holds_little():
    written = file_list.WrittenFiles()
    tracemalloc.start()
    for number in range(20_000):
        written.keep(b"sources/%02x/a-page-of-some-length-%d.html" % (number % 256, number))
    assert written.kept(b"sources/00/a-page-of-some-length-0.html")
    assert not written.kept(b"sources/00/a-page-of-some-length-1.html")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    written.close()
    assert held < 20_000 * 12


def test_a_failure_while_rendering_leaves_the_old_reports_whole(tmp_path, full_report):
    write_site(full_report, tmp_path, ["html", "json"])
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    class Breaks:
        def __iter__(self):
            yield from every_status()[:3]
            raise OSError(28, "No space left on device")

    broken = report_cases.report(run=report_cases.run(id="next"))
    broken = type(broken)(run=broken.run, documents=broken.documents, assessments=Breaks())
    with pytest.raises(IncompleteError, match=r"No space left on device.*old reports are untouched"):
        write_site(broken, tmp_path, ["html", "json"])
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_folder_that_cannot_be_written_is_one_line_with_a_remedy(tmp_path, full_report):
    (tmp_path / "reports").write_text("a file where the folder should be")
    with pytest.raises(UsageError, match="choose another one") as caught:
        write_site(full_report, tmp_path / "reports", ["html"])
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a folder where even root may not write")
def test_a_read_only_folder_is_said_so(full_report):
    with pytest.raises(UsageError, match="make it writable"):
        write_site(full_report, Path("/proc/citation-monitor"), ["html"])


def test_an_unknown_format_names_the_known_ones(tmp_path, full_report):
    with pytest.raises(UsageError, match=r"'pdf'.*html, text, json"):
        write_site(full_report, tmp_path, ["html", "pdf"])
    assert files(tmp_path) == []


def test_what_a_killed_run_left_is_swept_and_a_living_ones_is_not(tmp_path, full_report):
    code = (
        "import pathlib, sys; from monitor.report import publish\n"
        "staging = publish._Staging(pathlib.Path('.')); print(staging._folder, flush=True); sys.stdin.read()"
    )
    folders = []
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(publish.__file__).parents[2])},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        folders.append((tmp_path / process.stdout.readline().strip(), process))
    (dead, killed), (young, living) = folders
    killed.kill()
    killed.communicate()
    assert dead.is_dir()
    write_site(full_report, tmp_path, ["json"])
    assert not dead.exists()
    assert young.is_dir()
    living.communicate()


def test_a_rerun_writes_the_same_bytes(tmp_path, full_report):
    write_site(full_report, tmp_path / "a", ["html", "json", "text"])
    write_site(full_report, tmp_path / "b", ["html", "json", "text"])
    write_site(full_report, tmp_path / "b", ["html", "json", "text"])
    assert files(tmp_path / "a") == files(tmp_path / "b")
    for name in files(tmp_path / "a"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
