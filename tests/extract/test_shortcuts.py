"""Short cuts of reading: what they skip holds nothing that the slow way would have found."""

import re

from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.dates.values import _DATELIKE, _TWO_NUMBERS
from monitor.extract.markup.markdown_inline import _ANY_MARK, _BEFORE, _MARK

DATES = st.lists(
    st.sampled_from(
        ["3", "12", "2019", "05", "/", "-", ".", ",", " ", "th", "May", "maja", "(", "word", "–", "1"]
    ),
    max_size=14,
).map("".join)
MARKS = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "\\", "*", "_", "~", "`", "<", ">", "[", "]", "!", "&", "amp;", "b", "i",
         "https", "ftp", "://", "www.", "x.test", "--", "/", "=", "'"]
    ),
    max_size=16,
).map("".join)  # fmt: skip


@given(DATES)
def test_every_date_has_the_two_numbers_asked_for_first(text):
    if match := re.search(_DATELIKE.pattern, text):
        assert _TWO_NUMBERS.search(match[0])


@given(MARKS)
def test_every_mark_of_markdown_is_found_from_the_sign_it_holds(text):
    found, position = [], 0
    while sign := _ANY_MARK.search(text, position):
        mark = _MARK.search(text, max(position, sign.start() - _BEFORE))
        if mark is None:
            break
        found.append(mark.span())
        position = mark.end()
    assert found == [mark.span() for mark in _MARK.finditer(text)]
