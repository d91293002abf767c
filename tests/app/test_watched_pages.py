"""Pages and sites among the watched documents: asked for what changed, and kept while they fail."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.support.loopback import Handler, serving

MOVED = "https://www.pewresearch.org/data-labs/2024/05/17/when-online-content-disappears/"
LIST = """<h1>References</h1><a href="b.html">more</a>
<ul><li><a href="%s">When Online Content Disappears</a>. Accessed 3 June 2020.</li></ul>"""
ALL_NIGHT = ("2026-11-21T03:00:00Z", "2026-11-22T03:00:00Z", "2026-11-23T03:00:00Z", "2026-11-24T03:00:00Z")


@dataclass
class Site:
    """A site on loopback whose pages have ETags; `status` overrules what all but robots.txt answer."""

    pages: dict[str, str]
    status: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    address: str = ""

    def answer(self, path: str, etag: str | None) -> tuple[int, str]:
        body = self.pages.get(path)
        status = self.status.get(path) or (404 if body is None else 200)
        if status == 200 and etag == tag(body or ""):
            status = 304
        self.asked.append((path, status))
        return status, body if status == 200 and body else ""

    def statuses(self, path: str) -> list[int]:
        found = [status for one, status in self.asked if one == path]
        self.asked.clear()
        return found


def tag(body: str) -> str:
    return f'"{abs(hash(body))}"'


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site({"/docs/": LIST % MOVED, "/docs/b.html": LIST % MOVED})

    class Pages(Handler):
        def do_GET(self):
            status, body = made.answer(self.path, self.headers.get("If-None-Match"))
            self.answer(status, body=body, ETag=tag(body))

    with serving(Pages) as port:
        made.address = f"http://127.0.0.1:{port}"
        yield made


@pytest.fixture
def night(monitor, servers, tmp_path):
    """One night over what a table of `[[documents]]` names; the report and what was said."""
    here = servers | {"MONITOR_CHECK__ALLOW_PRIVATE_ADDRESSES": "true", "MONITOR_CHECK__RETRIES": "0"}

    def run(table: str, now: str):
        (tmp_path / "config.toml").write_text(f"[[documents]]\n{table}\n")
        ended = monitor("run", "--now", now, **here)
        return ended, json.loads((tmp_path / "reports" / "report.json").read_text())

    return run


def places(report) -> list[str]:
    return [one["document"] for one in report["citations"]]


def test_a_page_is_revalidated_and_its_citations_outlive_its_failures(monitor, site, night, tmp_path):
    page = f"{site.address}/docs/"
    table = f'page = "{page}"'
    seen = []
    for now, status in zip(ALL_NIGHT, (0, 0, 500, 404), strict=True):
        site.status["/docs/"] = status
        ended, report = night(table, now)
        assert places(report) == [page]
        seen.append((site.statuses("/docs/")[0], ended.code == 3, f"{page}: answered {status}" in ended.err))
    assert seen == [(200, False, False), (304, False, False), (500, True, True), (404, True, True)]
    said = (tmp_path / "reports" / "index.html").read_text()
    assert "answered 404; its citations stand as they were" in said

    shown = monitor("fix", "--now", ALL_NIGHT[-1])
    assert '+<ul><li><a href="https://www.pewresearch.org/internet/2024/' in shown.out, shown
    assert f"--- a/{page}" in shown.out
    assert (shown.code, "1 edit in pages, to be made there" in shown.err) == (1, True)
    written = monitor("fix", "--write", "--patch", "all.patch", "--now", ALL_NIGHT[-1])
    assert (written.code, (tmp_path / "all.patch").exists()) == (1, False), "what is left is in a page"
    assert "all.patch: not written, for there is nothing to put into it" in written.out
    assert "0 edits in 0 documents written; 1 edit in pages, to be made there" in written.err
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix in {".html", ""}) == ["reports"]


def test_a_sites_pages_come_and_go_and_one_that_fails_stands(site, night):
    table = f'site = "{site.address}/docs/"\nmax_pages = 5'
    both = [f"{site.address}/docs/", f"{site.address}/docs/b.html"]
    _, report = night(table, ALL_NIGHT[0])
    assert places(report) == both

    site.asked.clear()
    site.status["/docs/b.html"] = 503
    ended, report = night(table, ALL_NIGHT[1])
    assert (places(report), ended.code) == (both, 3)
    assert (site.asked[-1], ("/docs/", 304) in site.asked) == (("/docs/b.html", 503), True)

    site.status["/docs/b.html"] = 410
    ended, report = night(table, ALL_NIGHT[2])
    assert (places(report), ended.code) == (both[:1], 0)
    assert f"{both[1]}: answered 410" in ended.err

    site.status["/docs/"] = 404
    ended, report = night(table, ALL_NIGHT[3])
    assert (places(report), ended.code) == (both[:1], 3)


def test_a_table_names_one_thing(monitor, tmp_path):
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "a.md"\npage = "https://a.example/"\n')
    assert "documents[0]: give exactly one of path, glob, page, site" in monitor("run").err
    (tmp_path / "config.toml").write_text('[[documents]]\npage = "a.example/page"\n')
    assert "is no address of a page; write it as https://example.org/page" in monitor("run").err


def test_what_asks_nobody_says_what_it_leaves_out(monitor, servers, tmp_path):
    (tmp_path / "config.toml").write_text('[[documents]]\npage = "https://a.example/"\n')
    assert "https://a.example/: not asked for here" in monitor("extract").err
    offline = monitor("check", "--offline")
    assert "https://a.example/: not asked for here" in offline.err
    (tmp_path / "nothing.md").write_text("nothing\n")
    assert "ok    documents: https://a.example/: not asked for here" in monitor("doctor", **servers).out
    (tmp_path / "config.toml").write_text(
        '[[documents]]\npage = "https://a.example/"\n[[documents]]\npath = "nothing.md"'
    )
    assert (
        "look  documents: 1 document with 0 citations; https://a.example/: not asked for here"
        in monitor("doctor", **servers).out
    )
