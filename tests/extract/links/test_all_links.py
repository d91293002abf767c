"""Every link of a document, where that is asked for."""

import pytest

from monitor.extract.registry import extract
from monitor.model.document import Document
from monitor.model.site import Site

A, B, C = (f"https://mill.example/{name}" for name in "abc")
TEXTS = {
    "markdown": f"# Mills\n\nSee [Weirs]({A}) and <{B}>.\n\n- [Locks]({C})\n\n`{A}x`\n",
    "html": f"<p>See <a href='{A}'>Weirs</a> and <a href='{B}'>{B}</a>.</p><ul><li><a href='{C}'>Locks</a></ul>",
    "rst": f"See `Weirs <{A}>`_ and {B}.\n\n- `Locks <{C}>`_\n",
    "text": f"See {A} and {B}.\n\n{C}\n",
    "latex": f"See \\href{{{A}}}{{Weirs}} and \\url{{{B}}}. \\url{{{C}}}\n",
    "wikitext": f"See [{A} Weirs] and {B} and [{C} Locks].\n",
    "org": f"See [[{A}][Weirs]] and {B}.\n\n- [[{C}][Locks]]\n",
}


def read(format, text, **more):
    if more.pop("links", False):
        more["links"] = Site()
    return extract(Document(path="x", text=text, format=format), **more)


@pytest.mark.parametrize("format", TEXTS)
def test_every_link_is_taken_where_it_is_written(format):
    text = TEXTS[format]
    assert read(format, text).citations == ()
    found = read(format, text, links=True).citations
    assert [one.url for one in found] == [A, B, C]
    for one in found:
        assert text[one.url_span.start : one.url_span.end] == one.url
        assert not one.access_dates
        assert one.key


def test_what_is_cited_stays_as_cited():
    text = f"See [Weirs]({A}).\n\n# References\n\n- Hale, B. Locks. <{B}>, accessed 3 May 2015.\n"
    first, second = read("markdown", text, links=True).citations
    assert (first.url, first.title, first.access_dates) == (A, "Weirs", ())
    assert (second.url, second.title) == (B, "Locks")
    assert [date.date for date in second.access_dates] == ["2015-05-03"]


def test_comments_exclude_links_too():
    text = f"See [Weirs]({A}). <!-- monitor: ignore -->\n\nSee [Locks]({B}).\n"
    assert [one.url for one in read("markdown", text, links=True).citations] == [B]
