"""Places that fragments may name."""

import pytest

from monitor.page.text.anchors import anchors


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<h2 id="tides">', {"tides"}),
        ("<H2 ID=Tides><A NAME='old'>", {"Tides", "old"}),
        ('<p id="a&amp;b">', {"a&b"}),
        ('<form name="search"><p data-id="x">', set()),
        ("<!-- <p id=gone> --><script>'<p id=made>'</script><p id=''>", set()),
        ("<script id=data>x</script>", {"data"}),
        ('<p id=one><p title="open><p id=two>', {"one", "two"}),
        ("<title>never closed<p id=three>", {"three"}),
    ],
)
def test_anchors(markup, expected):
    assert anchors(markup.encode(), "text/html") == expected
