"""Annotated lists: what stands apart, pages as crawlers store them, entries without a date or an address."""

import pytest

from monitor.extract.dates.values import NO_HINTS
from monitor.extract.layouts.annotated import is_annotated
from monitor.extract.layouts.annotated_stream import torn
from monitor.extract.layouts.logical_lines import wrap_width
from monitor.extract.layouts.marks import mark
from monitor.extract.passage import plain
from monitor.extract.registry import extract
from monitor.model.citation import TitleCertainty
from monitor.model.document import Document


def read(text):
    return extract(Document(path="d", text=text, format="text")).citations


def marked(text):
    return [mark(plain(text, 0, len(text)), NO_HINTS)]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Weir opens\nwww.weir.example/a\n[accessed 3 May 2019]", True),
        ("www.weir.example/a [accessed 3 May 2019] The gates stood open.", True),
        ("www.weir.example/a [ Long URL ] [accessed 3 May 2019] The gates stood open.", True),
        ("Marsh, B. Weirs. Available from: www.weir.example/a [accessed 3 May 2019]", False),
        ("11. https://weir.example/a [accessed 3 May 2019]\n12. https://weir.example/b", False),
        ("Weirs [accessed 3 May 2019]. Quay Press, and so on.", False),
    ],
)
def test_a_bracketed_date_stands_apart(text, apart):
    assert is_annotated(marked(text)) is apart


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (
            "Gates of the upper\nweir stay shut, Quay\nPost www.weir.example/a [accessed 3\nMay 2019] Nobody came to open them in spring.",
            True,
        ),
        ("Gates stay shut\nQuay Post\nwww.weir.example/a\n[accessed 3 May 2019]\nNobody came.", False),
    ],
)
def test_line_ends_that_cut_a_bracketed_date_mean_nothing(text, cut):
    passages = marked(text)
    assert torn(passages, wrap_width([one.text for one in passages])) is cut


def test_a_page_as_a_crawler_stored_it():
    first, second = read(
        "The Weir Papers Nobody has looked at these. ***\nFEATURED *** Gates of the upper\nweir stay shut Ona Reed, Quay\n"
        "Post, 3 March 2019 www.weir.example/gates-shut.html [accessed 3\nMay 2019] Nobody came to\nopen them in spring. Keepers\n"
        "count what is left Quay Post, 9 June 2019 [ Long\nURL ] [accessed 4\nMay 2019] Eleven gates were\nfound and two lamps."
    )
    assert (first.title, first.url) == (
        "Gates of the upper weir stay shut Ona Reed, Quay Post, 3 March 2019",
        "http://www.weir.example/gates-shut.html",
    )
    assert first.title_certainty is TitleCertainty.GUESSED
    assert (first.published, first.quote) == ("2019-03-03", "Nobody came to open them in spring.")
    assert second.title == "Keepers count what is left Quay Post, 9 June 2019"
    assert (second.url, second.unlocated_reason) == (None, "the document does not show its URL")
    assert second.access_date.date == "2019-05-04"


ENTRY = "{title}\n\n{where}\n\nwww.weir.example/{page}\n\n{date}Nobody came to open the gates in spring, and the water rose.\n\n"


def test_an_entry_without_a_date_stays_an_entry():
    text = ENTRY.format(title="A Film of the Gates", where="Quay Pictures, 2010", page="film/1", date="")
    text += ENTRY.format(
        title="Gates Stay Shut", where="Quay Post, 2011", page="gates", date="[accessed 3 May 2019]\n\n"
    )
    first, second = read(text)
    assert (first.title, first.url, first.access_dates) == (
        "A Film of the Gates",
        "http://www.weir.example/film/1",
        (),
    )
    assert not first.access_date_missing
    assert (second.title, second.access_date.date) == ("Gates Stay Shut", "2019-05-03")
    assert first.quote == second.quote == "Nobody came to open the gates in spring, and the water rose."


def test_a_link_in_an_excerpt_is_no_entry():
    text = ENTRY.format(
        title="Gates Stay Shut", where="Quay Post, 2011", page="gates", date="[accessed 3 May 2019]\n\n"
    )
    text += "The form that was filled in that year is kept here.\n\nwww.weir.example\n\n"
    assert len(read(text)) == 1
