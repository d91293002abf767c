"""A document inside another one: places lead back to the outer file."""

import json

import pytest

from monitor.documents import read_document
from monitor.extract.embedded import embedded
from monitor.extract.registry import FORMATS, extract
from monitor.model.document import Document

OUTER = Document(path="x", text='["a\\n", "b\\u00e9c"]', format="notebook")
PIECES = [("a", 2, 1), ("\n", 3, 2), ("b", 9, 1), ("é", 10, 6), ("c", 16, 1)]


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [(0, 1, "a"), (0, 2, "a\\n"), (2, 5, "b\\u00e9c"), (3, 4, "\\u00e9"), (1, 3, '\\n", "b'), (4, 5, "c")],
)
def test_a_stretch_stands_where_it_is_written(start, end, written):
    inner = embedded(OUTER, PIECES, "markdown")
    assert inner.text == "a\nbéc"
    span = inner.span(start, end)
    assert inner.verbatim(span) == OUTER.verbatim(span) == OUTER.text[span.start : span.end] == written


def test_a_stretch_outside_is_refused():
    with pytest.raises(ValueError, match="outside"):
        embedded(OUTER, PIECES, "markdown").span(0, 6)


def test_nothing_inside_is_an_empty_text():
    assert embedded(OUTER, [], "markdown").text == ""


def test_a_notebooks_citations_stand_in_its_file(tmp_path):
    cell = [
        "## References\n",
        "\n",
        '1. Hale, B. "Weirs \\ é". https://mill.example/ä?x=1, accessed 3 May 2015.\n',
    ]
    path = tmp_path / "a.ipynb"
    path.write_text(
        json.dumps({"cells": [{"cell_type": "markdown", "source": cell}], "nbformat": 4}), "utf-8"
    )
    document = read_document(path, FORMATS)
    (found,) = extract(document).citations
    assert document.text[found.url_span.start : found.url_span.end] == "https://mill.example/\\u00e4?x=1"
    assert found.url == "https://mill.example/ä?x=1"
    assert [document.verbatim(date.span) for date in found.access_dates] == ["3 May 2015"]
    raw = path.read_bytes()
    assert raw[found.url_span.byte_start : found.url_span.byte_end] == b"https://mill.example/\\u00e4?x=1"
