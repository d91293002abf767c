"""Documents over HTTP: the pages of a site, a wiki's page, and what robots.txt says of both."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from monitor.check.robots import Robots
from monitor.errors import IncompleteError
from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.model.observation import Phase
from monitor.model.values import replaced
from monitor.site_pages import below, site_pages, wikitext_address
from tests.support.loopback import Handler, serving

HOST = "https://mill.example"


def answered(url, body="", status=200, media="text/html"):
    data = body if isinstance(body, bytes) else body.encode()
    return FetchResponse(url=url, status=status, headers=(("Content-Type", media),), body=data)


@dataclass
class Shelf:
    """A SiteReader over pages in memory."""

    pages: dict[str, str | bytes]
    maps: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def read(self, url):
        self.asked.append(url)
        if url in self.pages:
            return answered(url, self.pages[url])
        return answered(url, "no", 404)

    async def sitemaps(self, url):
        return self.maps


async def pages_of(start, reader, most=50):
    return [page.url async for page in site_pages(start, reader, most, print)]


def listing(*urls, kind="urlset"):
    inner = "".join(f"<loc> {url} </loc>" for url in urls)
    return (
        f'<?xml version="1.0"?><{kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{kind}>'
    )


async def test_a_site_is_read_by_its_sitemap_below_the_address():
    shelf = Shelf({
        f"{HOST}/docs/": "<a href='unlisted'>",
        f"{HOST}/docs/a": "", f"{HOST}/docs/b?c=1&d=2": "",
        f"{HOST}/maps/1.xml.gz": gzip.compress(listing(f"{HOST}/docs/b?c=1&amp;d=2", f"{HOST}/blog/").encode()),
        f"{HOST}/sitemap.xml": listing(f"{HOST}/maps/1.xml.gz", "https://else.example/map.xml", kind="sitemapindex"),
        f"{HOST}/named.xml": listing(f"{HOST}/docs/a", f"{HOST}/docs/a#top"),
    }, maps=[f"{HOST}/named.xml", "https://else.example/x.xml"])  # fmt: skip
    assert await pages_of(f"{HOST}/docs/", shelf) == [f"{HOST}/docs/a", f"{HOST}/docs/b?c=1&d=2"]
    assert not any("else.example" in url for url in shelf.asked)


async def test_a_sitemap_may_be_given_itself():
    shelf = Shelf({f"{HOST}/maps/all.xml": listing(f"{HOST}/a", "https://else.example/"), f"{HOST}/a": ""})
    assert await pages_of(f"{HOST}/maps/all.xml", shelf) == [f"{HOST}/a"]


async def test_without_a_sitemap_a_site_is_followed_nearest_first_within_its_budget():
    shelf = Shelf({
        f"{HOST}/docs/index.html": '<a href="b.html#x">b</a><a href="/blog/">no</a><a href="https://else.example/">no</a>'
        '<a href="x.png">no</a><a rel="nofollow" href="secret">no</a><a href="c/">c</a>',
        f"{HOST}/docs/b.html": '<a href="d">d</a><a href="b.html">again</a>',
        f"{HOST}/docs/c/": "<base href='/docs/e/'><a href='f'>f</a>",
        f"{HOST}/docs/d": "", f"{HOST}/docs/e/f": "",
    })  # fmt: skip
    every = [f"{HOST}/docs/{name}" for name in ("index.html", "b.html", "c/", "d", "e/f")]
    assert await pages_of(f"{HOST}/docs/index.html", shelf) == every
    assert await pages_of(f"{HOST}/docs/index.html", shelf, most=2) == every[:2]
    assert max(Counter(shelf.asked[: len(shelf.asked) // 2]).values()) == 1
    known = []
    assert (
        len([page async for page in site_pages(f"{HOST}/docs/index.html", shelf, 4, print, known.append)])
        == 4
    )
    assert known == [3, 4, 4, 4]


async def test_what_of_a_sitemap_is_not_read_is_said():
    whole = listing(*(f"{HOST}/{number}" for number in range(3)))
    inner = listing(*(f"{HOST}/map{number}.xml" for number in range(52)), kind="sitemapindex")
    shelf = Shelf({
        f"{HOST}/": "", f"{HOST}/sitemap.xml": inner, f"{HOST}/map0.xml": listing(f"{HOST}/more.xml", kind="sitemapindex"),
        f"{HOST}/map1.xml": gzip.compress(whole.encode())[:-30], f"{HOST}/map2.xml": b"\x1f\x8bno", f"{HOST}/map3.xml": whole,
    })  # fmt: skip
    said = []
    assert [page.url async for page in site_pages(f"{HOST}/", shelf, 9, said.append)]
    assert said[:4] == [
        f"{HOST}/sitemap.xml: it lists 52 sitemaps; 50 are read",
        f"{HOST}/map0.xml: it lists 1 sitemap; an index inside an index is not read",
        f"{HOST}/map1.xml: only the beginning of this sitemap was read; it is broken off, or too long",
        f"{HOST}/map2.xml: cannot be unpacked: Error -3 while decompressing data: unknown compression method",
    ]
    assert len(said) == 4 + 47  # what else the index names and is no sitemap


async def test_a_sitemap_longer_than_what_is_read_of_a_page_is_said():
    class Short(Shelf):
        async def read(self, url):
            return replaced(await super().read(url), truncated=url.endswith(".xml"))

    said, begun = [], []
    shelf = Short({f"{HOST}/": "", f"{HOST}/sitemap.xml": listing(f"{HOST}/a"), f"{HOST}/a": ""})
    pages = site_pages(f"{HOST}/", shelf, 9, said.append, begun.append)
    assert [page.url async for page in pages] == [f"{HOST}/a"]
    assert begun == [1]
    assert said == [
        f"{HOST}/sitemap.xml: only the beginning of this sitemap was read; [check] max_body_bytes reads more"
    ]


async def test_a_site_that_does_not_answer_is_said():
    with pytest.raises(IncompleteError, match="answered 404"):
        await pages_of(f"{HOST}/", Shelf({}))


def test_below_is_the_folder_of_an_address():
    assert [below(f"{HOST}{path}") for path in ("", "/", "/a", "/a/", "/a/b.html?c#d")] == [
        f"{HOST}/", f"{HOST}/", f"{HOST}/", f"{HOST}/a/", f"{HOST}/a/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "refused"),
    [
        (answered("r", "User-agent: *\nDisallow: /private\n"), True),
        (answered("r", "User-agent: citation-monitor\nAllow: /\n\nUser-agent: *\nDisallow: /\n"), False),
        (answered("r", "User-agent: *\nDisallow: /private/*.pdf$\n"), False),
        (answered("r", "", 404), False),
        (answered("r", "", 503), True),
        (FetchFailure(phase=Phase.CONNECT, cause="connect-refused"), True),
        (answered("r", b"\xff\xfe\0" * 1000), False),
    ],
)
async def test_robots_txt_is_heeded_as_rfc_9309_says(file, refused):
    asked = []

    async def ask(url):
        asked.append(url)
        return file

    robots = Robots()
    assert bool(await robots.refusal(f"{HOST}/private/a", ask)) is refused
    await robots.refusal(f"{HOST}/b", ask)
    assert asked == [f"{HOST}/robots.txt"]
    assert await robots.refusal(f"{HOST}/robots.txt", ask) is None


async def test_robots_txt_of_thousands_of_hosts_takes_no_more_room_than_it_may(monkeypatch):
    monkeypatch.setattr("monitor.check.robots.MAX_KEPT_BYTES", 50_000)
    asked = []

    async def ask(url):
        asked.append(url)
        return answered(url, "User-agent: *\nDisallow: /private\n" + "# \n" * 1000)

    robots = Robots()
    for number in (*range(30), 29, 0):
        assert await robots.refusal(f"https://h{number}.example/private", ask)
    assert len(asked) == 31, "the last one is remembered, the first is asked for again"
    assert sum(one.size for one in robots._known.values()) <= 50_000


RAW = "Text.<ref>{{cite web |url=SERVER/gone |title=Lost tides |access-date=3 May 2019}}</ref>\n"
WIKI = (
    '<html><head><meta name="generator" content="MediaWiki 1.45">'
    '<link rel="EditURI" type="application/rsd+xml" href="/w/api.php?action=rsd"/>'
    '<script>RLCONF={"wgPageName":"Tide_\\u00e0_b"};</script></head><body>Tide</body></html>'
)


@pytest.fixture
def site() -> Iterator[str]:
    """A small site on loopback; its address."""

    class Pages(Handler):
        def do_GET(self):
            here = f"http://127.0.0.1:{self.server.server_port}"
            cited = f"<p>Marsh, B. <a href='{here}/gone'>Ebb</a>. Accessed 3 May 2019."
            found = {
                "/docs/": ("text/html", f"<h1>References</h1><a href='b.html'>next</a>{cited}"),
                "/docs/b.html": (
                    "text/html; charset=utf-8",
                    f"<h1>References</h1>{cited}<a href='private'>p</a>",
                ),
                "/robots.txt": ("text/plain", "User-agent: *\nDisallow: /docs/private\nDisallow: /gone\n"),
                "/wiki/Tide": ("text/html", WIKI),
                "/w/index.php?title=Tide_%C3%A0_b&action=raw": ("text/x-wiki", RAW.replace("SERVER", here)),
            }.get(self.path)
            media, body = found or ("text/html", "<title>404</title>Not found")
            self.answer(200 if found else 404, media, body)

    with serving(Pages) as port:
        yield f"http://127.0.0.1:{port}"


HERE = {
    "MONITOR_CHECK__ALLOW_PRIVATE_ADDRESSES": "true", "MONITOR_CHECK__HOST_GAP_S": "0",
    "MONITOR_CHECK__SENTINELS": "[]", "MONITOR_CHECK__SIBLING_PROBE": "false",
}  # fmt: skip


def test_check_reads_a_whole_site(monitor, site):
    ended = monitor("check", "--site", f"{site}/docs/", "--no-archive", "-f", "json", **HERE)
    assert ended.code == 1, ended.err
    found = [(one["document"], one["outcome"]) for one in json.loads(ended.out)["citations"]]
    assert found == [(f"{site}/docs/", "gone"), (f"{site}/docs/b.html", "gone")]
    assert "robots.txt asks this program to stay away" in ended.err
    assert monitor("check", "--site", f"{site}/nowhere/", **HERE).code == 3


def test_robots_txt_keeps_cited_pages_out_where_that_is_asked_for(monitor, site, tmp_path):
    (tmp_path / "a.md").write_text(f"# References\n\n- Marsh, B. Ebb. {site}/gone. Accessed 3 May 2019.\n")
    plain, heeding = (
        monitor("check", "a.md", "--no-archive", "-f", "json", MONITOR_CHECK__RESPECT_ROBOTS=heed, **HERE)
        for heed in ("false", "true")
    )
    (one,), (other,) = (json.loads(ended.out)["citations"] for ended in (plain, heeding))
    assert (one["outcome"], plain.code) == ("gone", 1)
    assert (other["outcome"], other["cause"], heeding.code) == ("refused", "robots-txt", 0)


def test_a_wiki_page_is_read_as_its_wikitext(monitor, site):
    ended = monitor("check", f"{site}/wiki/Tide", "--no-archive", "-f", "json", **HERE)
    report = json.loads(ended.out)
    assert report["documents"][0]["format"] == "wikitext"
    (one,) = report["citations"]
    assert (one["title"], one["outcome"], one["document"]) == ("Lost tides", "gone", f"{site}/wiki/Tide")


def test_the_edit_of_a_wiki_page_is_shown_in_wikitext(monitor, servers, site, monkeypatch):
    moved = "https://www.pewresearch.org/data-labs/2024/05/17/when-online-content-disappears/"
    cited = "Text.<ref>{{cite web |url=%s |title=When Online Content Disappears |access-date=3 June 2020}}</ref>\n"
    monkeypatch.setattr(f"{__name__}.RAW", cited % moved)
    ended = monitor(
        "check", f"{site}/wiki/Tide", "-f", "json", "--fail-on", "never",
        "--now", "2026-11-21T03:00:00Z", **servers | HERE,
    )  # fmt: skip
    (one,) = json.loads(ended.out)["citations"]
    shown = one["amendment"]
    assert shown["kind"] == "replace-url", shown
    assert "{{cite web |url=https://www.pewresearch.org/internet/2024/" in shown["replacement"], shown
    assert "|title=When Online Content Disappears |access-date=" in shown["replacement"], shown


def test_what_is_no_wiki_names_no_wikitext():
    assert wikitext_address(answered(f"{HOST}/wiki/A", "<p>MediaWiki is fine software.")) is None
    elsewhere = WIKI.replace('href="/w/', 'href="//else.example/w/')
    assert wikitext_address(answered(f"{HOST}/wiki/A", elsewhere)) is None
