"""Where an address goes on over a blank or a line end: a row a rule, with what must not be joined beside it."""

import pytest

from monitor.extract.urls.find import find_urls
from monitor.extract.urls.seams import extended

ROWS = [
    # The address a snapshot is of.
    ("https://web.archive.org/web/20130101000000/ http://quay.example/a", "https://web.archive.org/web/20130101000000/ http://quay.example/a"),
    # Nothing but the rest of an address stands before "[accessed …]".
    ("http://quay.example/tide tables2019 [accessed 3 May 2019]", "http://quay.example/tide tables2019"),
    ("http://quay.example/tides online [accessed 3 May 2019]", "http://quay.example/tides"),
    # What begins otherwise is something else.
    ("http://quay.example/tides- (moved)", "http://quay.example/tides-"),
    ("http://quay.example/a/ and/or http://quay.example/b", "http://quay.example/a/"),
    ("http://quay.example/story/\n37. “Next title”", "http://quay.example/story/"),
    # No word begins like a part of an address.
    ("http://quay.example\n/tides/low", "http://quay.example\n/tides/low"),
    ("http://quay.example /tides", "http://quay.example /tides"),
    ("https://en. wikipedia.org/wiki/Tide", "https://en. wikipedia.org/wiki/Tide"),
    ("http://www.record.\norg/prices", "http://www.record.\norg/prices"),
    # Blanks that typesetting put in.
    ("http://quay.example/tide- 2021- tables (visited on 3 May 2021)", "http://quay.example/tide- 2021- tables"),
    ("http://quay.example/collision/ 2009 collision, background", "http://quay.example/collision/"),
    ("http://quay.example/w/index. php?title=Weir", "http://quay.example/w/index. php?title=Weir"),
    ("http://quay.example/map?region= Central", "http://quay.example/map?region= Central"),
    ("Seen at http://quay.example/map?region= Central of all", "http://quay.example/map?region="),
    ("http://quay.example/files/tide table.pdf", "http://quay.example/files/tide table.pdf"),
    # Lines.
    ("http://quay.example/tides.\nhtml and more", "http://quay.example/tides.\nhtml"),
    ("http://quay.example/tides.\nThe rest of it.", "http://quay.example/tides"),
    ("http://quay.example/file_\nformat. Accessed", "http://quay.example/file_\nformat"),
    ("http://quay.example/a-million-\nposts-false; Next", "http://quay.example/a-million-\nposts-false"),
    ("http://quay.example/reports\n2019/tides-of-may", "http://quay.example/reports\n2019/tides-of-may"),
    ("http://quay.example/reports\nwere read by many", "http://quay.example/reports"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "raw"), ROWS, ids=[text[:60] for text, _ in ROWS])
def test_where_an_address_goes_on(text, raw):
    assert find_urls(text)[0].raw == raw


@pytest.mark.parametrize(
    ("first", "rest", "goes_on"),
    [
        ("http://www.record.", "\norg/prices", True),
        ("http://quay.example/map?region=", " Central", True),
        ("http://quay.example/tides", " and more", False),
        ("http://quay.example", "\n/tides/low", True),
    ],
)
def test_an_address_is_followed_as_far_as_it_goes(first, rest, goes_on):
    assert extended(first + rest, 0, len(first)) == len(first + (rest if goes_on else ""))
