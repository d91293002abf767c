"""`monitor extract` says what it passes over: files, documents without citations, links that are none."""

import json
import zipfile

import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.png", "b.png", "c.exe"):
        (tmp_path / "refs" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "refs" / name).touch()
    links = "".join(f"- [Weir {n}](https://weir.example/{n})\n" for n in range(7))
    (tmp_path / "refs" / "links.md").write_text(f"# Weirs\n\n{links}")
    return tmp_path


def test_of_a_folder_one_line_a_kind_is_said_and_explain_names_the_files(folder, monitor):
    ended = monitor("extract", "refs")
    assert "refs: 2 .png left out: no format reads such files" in ended.err
    assert "refs: 1 .exe left out" in ended.err
    assert "a.png" not in ended.out
    assert "refs/b.png (no format reads such files)" in monitor("extract", "refs", "--explain").out
    told = json.loads(monitor("extract", "refs", "--explain", "-f", "json").out)
    assert {"path": "refs/c.exe", "reason": "no format reads such files"} in told["left_out"]


@pytest.mark.parametrize("named", ["refs", "refs/links.md"])
def test_a_list_of_links_is_offered_as_one(folder, monitor, named):
    told = " ".join(monitor("extract", named).out.split())
    assert "7 links, no citations; `--links all` ([selection] links) takes them." in told
    noted = json.loads(monitor("extract", named, "-f", "json").out)["notes"]
    assert noted[0]["note"].startswith("7 links, no citations")
    assert "7 citations" in monitor("extract", named, "--links", "all").out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.txt", "Weirs are old.\n", "read as text, it holds no web address"),
        ("doi.bib", "@article{a, title={Weirs}, doi={10.1000/182}}", "1 reference by identifier alone"),
    ],
)
def test_a_document_named_outright_says_why_it_yields_nothing(folder, monitor, name, text, said):
    (folder / name).write_text(text)
    assert said in " ".join(monitor("extract", name).out.split())


def test_explain_lists_what_only_has_an_identifier(folder, monitor):
    (folder / "doi.bib").write_text("@article{a, title={Weirs}, doi={10.1000/182}}")
    told = monitor("extract", "doi.bib", "--explain").out
    assert "Weirs" in told
    assert "https://doi.org/10.1000/182" in told


def test_a_zip_file_that_is_no_document_is_told_what_it_is(folder, monitor):
    with zipfile.ZipFile(folder / "data.zip", "w") as made:
        made.writestr("weirs.txt", "x")
    ended = monitor("extract", "data.zip")
    assert ended.code == 2
    assert "a ZIP archive of 1 file (weirs.txt …); unpack it and name its files" in ended.err


def test_names_and_passwords_in_addresses_are_not_shown(folder, monitor):
    (folder / "a.md").write_text(
        "See [Weirs](https://bea:secret@weir.example/a).\n\n# References\n\n"
        "- Hale, B. Locks. https://bea:secret@lock.example/b, accessed 3 May 2015.\n"
    )
    for more in ((), ("--explain",), ("--links", "all"), ("-f", "json", "--explain", "--links", "all")):
        told = monitor("extract", "a.md", *more)
        assert "https://***@lock.example/b" in told.out
        assert "secret" not in told.out + told.err


def test_the_bibliography_a_yaml_head_names_is_read_too(folder, monitor):
    (folder / "paper.qmd").write_text(
        "---\ntitle: Weirs\nbibliography: [refs/w.bib, gone.bib]\n---\n\nOld [@a].\n"
    )
    (folder / "refs" / "w.bib").write_text(
        "@misc{a, title={Weirs}, url={https://weir.example/a}, urldate={2015-05-03}}"
    )
    ended = monitor("extract", "paper.qmd", "-f", "json")
    (one,) = json.loads(ended.out)["citations"]
    assert (one["document"], one["url"]) == ("refs/w.bib", "https://weir.example/a")
    assert "paper.qmd: its bibliography gone.bib is not there" in ended.err
    assert [one["path"] for one in json.loads(monitor("extract", "paper.qmd", "refs", "-f", "json").out)["documents"]] == [
        "paper.qmd", "refs/links.md", "refs/w.bib",
    ]  # fmt: skip


LISTS = {
    "bookmarks.html": '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF="https://weir.example/a" ADD_DATE="1">Weirs</A>\n</DL>',
    "sitemap.xml": '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://weir.example/a</loc><lastmod>2019-05-03</lastmod></url></urlset>',
    "news.rss": "<rss><channel><link>https://home.example/</link><item><title>Weirs</title><link>https://weir.example/a</link></item></channel></rss>",
    "news.atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Weirs</title><link rel="self" href="https://x.example/"/><link href="https://weir.example/a"/></entry></feed>',
    "book.ipynb": '{"cells": [{"cell_type": "markdown", "source": ["See [Weirs](https://weir.example/a).\\n"]}]}',
}


@pytest.mark.parametrize("name", LISTS)
def test_files_that_are_lists_of_links(folder, monitor, name):
    (folder / name).write_text(LISTS[name])
    assert "1 link, no citations" in " ".join(monitor("extract", name).out.split())
    (one,) = json.loads(monitor("extract", name, "--links", "all", "-f", "json").out)["citations"]
    assert one["url"] == "https://weir.example/a"
    assert one["title"] == (None if name == "sitemap.xml" else "Weirs")
    text = (folder / name).read_text()
    assert text[one["url_span"]["byte_start"] : one["url_span"]["byte_end"]] == one["url"]
