"""A documentation site's own links, checked on disk: `check --links all`."""

import json
import os

import pytest

from monitor.check.local import LocalFiles
from monitor.extract.links.anchors import places
from monitor.extract.registry import extract, extractor_for
from monitor.model.document import Document
from monitor.model.site import Nowhere, Site, local_path

GUIDE = """# Guide

See [setup](setup.md#install), [its twin](Setup.md), [no place](setup.md#instal), [none](gone.md "t"),
![a picture](img/map.png), [here](#guide), <a href="deep/">deep</a> and [ref][far]. `[code](no.md)`

[far]: deep/index.md

    [code](no.md)

[rooted](/img/map.png), [ours](https://docs.example/b/setup.md#install), [{{ x }}]({{ page.url }}), [up](../../issues)
"""


def named_in(document):
    return places(document, extractor_for(document.format))


@pytest.fixture
def site(tmp_path):
    root = tmp_path / "docs"
    (root / "img").mkdir(parents=True)
    (root / "deep").mkdir()
    (root / "guide.md").write_text(GUIDE)
    (root / "setup.md").write_text("# Setup\n\n## Install\n\n## Install\n")
    (root / "deep" / "index.md").write_text("# Deep\n")
    (root / "img" / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    return root


def rules(ended):
    return {
        one["title"] or one["url"]: one["rule"].partition("/")[2]
        for one in json.loads(ended.out)["citations"]
    }


def test_links_of_a_site_are_looked_for_on_disk(monitor, site):
    ended = monitor(
        "check", "docs", "--links", "all", "--offline", "--root-dir", "docs", "--base-url", "https://docs.example/b/",
        "-f", "json",
    )  # fmt: skip
    assert ended.code == 1, ended.err
    assert rules(ended) == {
        "setup": "there", "its twin": "other-case", "no place": "no-place", "none": "no-file",
        "a picture": "there", "here": "there", "file:docs/deep/": "there", "far": "there", "rooted": "there",
        "ours": "there", "up": "untold",
    }  # fmt: skip
    found = {one["title"]: one for one in json.loads(ended.out)["citations"]}
    assert found["no place"]["remedy"] == "Write #install, if that is what is meant."
    assert found["its twin"]["remedy"] == "Write docs/setup.md."
    assert (found["none"]["line"], found["none"]["column"]) == (3, 90)


def test_what_starts_at_an_unknown_root_is_said_and_asked_for_where_the_site_is(monitor, site):
    ended = monitor("check", "docs/guide.md", "--links", "all", "--offline")
    assert "1 link starts at the site's root; --root-dir or --base-url tells where that is" in ended.err
    dumped = monitor(
        "check", "docs/guide.md", "--links", "all", "--dump", "--base-url", "https://docs.example/b/"
    )
    assert "https://docs.example/img/map.png" in dumped.out.splitlines()
    assert monitor("check", "docs", "--links", "all", "--root-dir", "nowhere").code == 2
    assert monitor("check", "docs", "--links", "all", "--base-url", "docs").code == 2


def test_a_night_looks_again_though_nothing_else_is_due(monitor, site, servers):
    config = site.parent / "config.toml"
    config.write_text(
        '[[documents]]\npath = "docs/guide.md"\n[selection]\nlinks = "all"\n[archive]\nenabled = false\n'
    )
    at = ("--now", "2026-11-21T03:00:00Z")
    assert "There is no file docs/gone.md." in monitor("run", *at, **servers).out
    (site / "gone.md").write_text("# Back\n")
    assert "gone.md" not in monitor("run", "--now", "2026-11-22T03:00:00Z", **servers).out


@pytest.mark.parametrize(
    ("href", "led"),
    [
        ("b.md#x", "file:site/b.md#x"),
        ("./b%20c.md?raw", "file:site/b%20c.md"),
        ("../README.md", "file:README.md"),
        ("#top", "file:site/a.md#top"),
        ("sub/", "file:site/sub/"),
        ("/x.md", Nowhere.ROOT),
        ("https://else.example/", None),
        ("mailto:a@b.example", None),
        ("//cdn.example/x.js", None),
        ("#", None),
        ("{% link a.md %}", Nowhere.TEMPLATE),
    ],
)
def test_what_a_link_leads_to(href, led):
    assert Site().resolve("site/a.md", href) == led


def test_the_root_and_the_published_address_of_a_site():
    site = Site("site/out", "https://docs.example/b")
    assert site.resolve("x/a.html", "/img/a.png") == "file:site/out/img/a.png"
    assert site.resolve("x/a.html", "https://docs.example/b/c/#d") == "file:site/out/c/#d"
    assert site.resolve("x/a.html", "https://docs.example/bc") is None
    assert site.resolve("x/a.html", "c.html", base="/d/") == "file:site/out/d/c.html"
    assert Site().resolve("https://docs.example/a/b.html", "../c.html#d") == "https://docs.example/c.html#d"
    assert local_path("file:docs/b%20%23c.md#x") == "docs/b #c.md"


def test_generators_link_a_page_by_many_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("")
    (tmp_path / "b").mkdir()
    files = LocalFiles(lambda _: None, (tmp_path.resolve(),))
    for name in ("a.md", "a", "a/", "a.html", "b", "b/", "b/index.html", "./a.md", f"{tmp_path}/a.md"):
        assert files.find(name)[1] is None, name
    assert files.find("A.md")[1] == "other-case"
    assert files.find("B/x.md") == (None, "no-such-file")
    assert files.find("../nowhere-at-all")[1] == "outside-the-folder"


@pytest.mark.parametrize(
    "path",
    [
        "{secret}/here.md",
        "{secret}/gone.md",
        "../secret/here.md",
        "../secret/gone",
        "out/here.md",
        "link.md",
        "link",
    ],
)
def test_nothing_outside_the_site_is_told(path, tmp_path, monkeypatch):
    secret, site = tmp_path / "secret", tmp_path / "site"
    secret.mkdir()
    site.mkdir()
    (secret / "here.md").write_text("# Here\n")
    (site / "out").symlink_to(secret)
    (site / "link.md").symlink_to(secret / "here.md")
    monkeypatch.chdir(site)
    named = path.format(secret=secret)
    assert LocalFiles(lambda _: None, (site,)).find(named) == (None, "outside-the-folder")
    assert LocalFiles(lambda _: None).find(named) == (None, "files-not-asked-for")


def test_a_file_that_is_cited_is_not_looked_for_unless_links_to_files_are_asked_for(monitor, site):
    (site / "list.md").write_text("- [Setup](file:docs/setup.md). Accessed 4 March 2026.\n")
    said = [
        monitor("check", "docs/list.md", "--offline", "-f", "json", *more)
        for more in ((), ("--links", "all"))
    ]
    assert [rules(ended) for ended in said] == [{"Setup": "untold"}, {"Setup": "there"}]
    assert "with --links all only" in json.loads(said[0].out)["citations"][0]["reason"]


MARKUPS = {
    "a.rst": (
        ("Title\n=====\n\n`b <b.html>`_ `n <n1.html>`_ :doc:`n2` :doc:`here <a>` :ref:`lab` alias_ ``:doc:`no```\n\n"
        ".. _alias: n3.rst\n.. _other: alias_\n\nCode::\n\n  :doc:`no`\n\n.. code-block:: rst\n\n   :doc:`no`\n\n"
        ".. note:: See :doc:`n4`.\n\n   .. image:: n5.png\n\n.. a comment\n   :doc:`no`\n"),
        ["n1.html", "n2", "n3.rst", "n4", "n5.png"],
    ),
    "b.adoc": (
        ("= T\n\nlink:n1.html[x] xref:b.adoc#sec[y] <<sec>> <<n2,text>> xref:n3.adoc#p[z] link:{url}/a[u] xref:mod:c.adoc[m]"
        "\n\n----\nxref:no.adoc[]\n----\n\n// link:no.html[]\n\n[[sec]]\n== Sec\n"),
        ["n1.html", "b.adoc#n2", "n3.adoc#p"],
    ),
    "c.org": (
        "* T\n[[file:n1.org][x]] [[./a.rst]] [[#n2]] [[https://a.example/][w]]\n#+begin_src org\n[[file:no.org]]\n#+end_src\n",
        ["n1.org", "c.org#n2"],
    ),
    "d.textile": ('"x":n1.html "y":a.html @"z":no.html@\n', ["n1.html"]),
}  # fmt: skip


def test_links_between_files_are_looked_for_in_every_markup_and_names_are_said(monitor, tmp_path):
    for name, (text, _) in MARKUPS.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "b.html").write_text("")
    ended = monitor("check", *MARKUPS, "--links", "all", "--offline", "-f", "json", "--no-archive")
    found = json.loads(ended.out)["citations"]
    broken = [(one["document"], one["url"]) for one in found if one["severity"] == "error"]
    assert sorted(broken) == sorted(
        (name, f"file:{url}") for name, (_, urls) in MARKUPS.items() for url in urls
    )
    for name in ("a.rst", "b.adoc"):
        assert f"{name}: 1 reference by a name that only the site's generator knows" in ended.err


TITLES = [
    # As each generator makes them (their own documentation and tests).
    ("Hello, World!", "hello-world"),
    ("A  B", "a--b"),
    ("A  B", "a-b"),
    ("`code` & more", "code--more"),
    ("Über uns", "über-uns"),
    ("Über uns", "uber-uns"),
    ("安装 指南", "安装-指南"),
    ("1. First steps", "1-first-steps"),
    ("1. First steps", "first-steps"),
    ("1. First steps", "_1-first-steps"),
    ("What's new in 2.0?", "whats-new-in-20"),
    ("What's new in 2.0?", "whats-new-in-2.0"),
    ("snake_case", "snake_case"),
    ("Named {#by-hand .x}", "by-hand"),
]


@pytest.mark.parametrize(("title", "slug"), TITLES)
def test_headings_are_places_as_generators_spell_them(title, slug):
    known = named_in(Document(path="a.md", text=f"# {title}\n\n# {title}\n", format="markdown"))
    assert slug in known
    assert slug == "by-hand" or {f"{slug}-1", f"{slug}_1"} <= known


@pytest.mark.parametrize(
    ("format", "text", "named"),
    [
        ("markdown", '# T\n\n<a id="x1"></a> <div name="x2">\n\n```\n# no\n```\n', {"x1", "t"}),
        ("html", '<h2 id="x1">T</h2><a name="x2">', {"x1", "x2"}),
        ("rst", ".. _X One:\n\nTitle here\n==========\n", {"x-one", "title-here"}),
        ("asciidoc", "[[x1]]\n== Title here\n\n[#x2]\n== More\n", {"x1", "x2", "_title_here"}),
        ("org", "* Title here\n:PROPERTIES:\n:CUSTOM_ID: x1\n:END:\n<<x2>>\n", {"x1", "x2"}),
    ],
)
def test_ids_and_labels_are_places(format, text, named):
    known = named_in(Document(path="a", text=text, format=format))
    assert named <= known
    assert "no" not in known


def test_a_format_without_places_tells_of_none():
    assert named_in(Document(path="a.txt", text="# T\n", format="text")) is None


def test_many_ticks_and_brackets_stay_linear():
    text = "# T\n\n" + "` `` ` [a](b.md) " * 4_000 + "[" * 4_000
    assert extract(Document(path="a.md", text=text, format="markdown"), links=Site()) is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_file_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("a.md")
    files = LocalFiles(lambda file: pytest.fail(f"{file} was read"), (tmp_path.resolve(),))
    found, cause = files.find("a.md")
    assert cause is None
    assert files.places_of(found) is None
