"""Where the links and pictures of a document lead, as written, with the place of each target."""

import pytest

from monitor.extract.links.targets import base_of, targets
from monitor.extract.registry import extractor_for
from monitor.model.document import Document

TABLE = [
    ("markdown", "See [setup](setup.md#a) and ![map](img/map.png).", [("setup.md#a", "setup"), ("img/map.png", "map")]),
    ("markdown", "[a][far] and [far].\n\n[far]: deep/index.md\n", [("deep/index.md", "far")]),
    ("markdown", "[alone]: deep/index.md\n", []),
    ("markdown", "`[code](no.md)` <!-- [gone](no.md) --> [kept](yes.md)", [("yes.md", "kept")]),
    ("markdown", 'A <a href="deep/">tag</a> and <img src="b.png" alt="bee">.', [("deep/", None), ("b.png", "bee")]),
    ("html", '<link rel="stylesheet" href="a.css"><link rel="me" href="b"><a href=" ">x</a><script src="c.js"></script>', [("a.css", None), ("c.js", None)]),
    ("rst", "`Locks <https://mill.example/a>`_", [("https://mill.example/a", "Locks")]),
]  # fmt: skip


@pytest.mark.parametrize(("format", "text", "led"), TABLE, ids=[text[:40] for _, text, _ in TABLE])
def test_targets_of_each_markup(format, text, led):
    document = Document(path="d", text=text, format=format)
    extractor = extractor_for(format)
    found = list(targets(document, extractor, extractor.passages(document)))
    assert [(one.href, one.label) for one in found] == led
    assert all(one.href in text[one.start : one.end] for one in found)


def test_only_a_page_says_what_its_links_start_from():
    text = '<base href="https://mill.example/docs/"><a href="x">y</a>'
    assert base_of(Document(path="d", text=text, format="html")) == "https://mill.example/docs/"
    assert base_of(Document(path="d", text=text, format="markdown")) is None
    assert base_of(Document(path="d", text="<base target=_top>", format="html")) is None
