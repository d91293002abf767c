"""Citations that comments in the document exclude."""

import pytest

from monitor.extract.registry import extract
from monitor.model.citation import ExcludedBy
from monitor.model.document import Document

A, B, C = (f"https://mill.example/{name}" for name in "abc")


def read(text, format="markdown"):
    found = extract(Document(path="x", text=text, format=format))
    return [one.url for one in found.citations], [
        (one.text, one.line, one.by, one.detail) for one in found.excluded
    ]


def listed(*lines):
    return "## References\n\n" + "\n".join(lines) + "\n"


def item(url):
    return f"- Hale, B. Weirs. {url}, accessed 3 May 2015."


def test_a_comment_on_the_line_excludes_what_stands_there():
    kept, excluded = read(listed(item(A), item(B) + " <!-- monitor: ignore -->", item(C)))
    assert kept == [A, C]
    assert excluded == [(B, 4, ExcludedBy.COMMENT, "monitor: ignore")]


@pytest.mark.parametrize("word", ["ignore", "ignore-next-line"])
def test_a_comment_alone_excludes_the_next_line(word):
    kept, excluded = read(listed(item(A), f"<!-- monitor: {word} -->", item(B), item(C)))
    assert (kept, [one[0] for one in excluded]) == ([A, C], [B])


def test_a_part_is_excluded_from_start_to_end():
    kept, _ = read(
        listed(
            item(A),
            "",
            "<!-- monitor: ignore-start -->",
            "",
            item(B),
            "",
            "<!-- monitor: ignore-end -->",
            "",
            item(C),
        )
    )
    assert kept == [A, C]


def test_a_part_that_never_ends_goes_to_the_end():
    assert read(listed(item(A), "", "<!-- monitor: ignore-start -->", "", item(B), item(C)))[0] == [A]


def test_a_whole_file_is_excluded():
    kept, excluded = read("<!-- monitor: ignore-file -->\n" + listed(item(A), item(B)))
    assert (kept, len(excluded)) == ([], 2)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        (
            "latex",
            "\\begin{thebibliography}{9}\n% monitor: ignore-next-line\n\\bibitem{a} Hale. \\url{%s}\n\\end{thebibliography}",
        ),
        ("bibtex", "% monitor: ignore-next-line\n@misc{a, url={%s}, urldate={2015-05-03}}"),
        ("wikitext", "x<ref>[%s Weirs], accessed 3 May 2015</ref> <!-- monitor: ignore -->"),
        (
            "rst",
            "References\n==========\n\n.. monitor: ignore-next-line\n\n- Hale. %s, accessed 3 May 2015\n",
        ),
        ("csl-yaml", "references:\n- id: a\n  URL: %s # monitor: ignore\n  accessed: 2015-05-03\n"),
        ("html", "<ol><li>Hale. <a href='%s'>W</a>, accessed 3 May 2015 <!-- monitor: ignore --></li></ol>"),
        ("asciidoc", "== References\n\n// monitor: ignore-start\n* Hale. %s, accessed 3 May 2015\n"),
        ("org", "* References\n# monitor: ignore-start\n- Hale. %s, accessed 3 May 2015\n"),
        ("typst", "= References\n- Hale. %s, accessed 3 May 2015 // monitor: ignore\n"),
    ],
)
def test_every_formats_own_comments_are_read(format, text):
    bare = text.replace("monitor: ignore", "monitor: see")
    assert read(bare.replace("%s", A), format)[0] == [A]
    assert read(text.replace("%s", A), format)[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "monitor: ignore this",
        "The monitor: ignore-start of it",
        "<!-- monitor: ignored -->",
        "<!-- ignore -->",
    ],
)
def test_prose_is_no_comment(text):
    assert read(listed(item(A) + " " + text))[0] == [A]
