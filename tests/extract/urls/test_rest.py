"""The rest of an address ends where its whole pattern says, escapes and apostrophes included."""

import re

from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.urls.tokens import BODY, MAX_URL, rest_at

_WHOLE = re.compile(rf"{BODY}{{1,{MAX_URL}}}")


@given(st.text("ab/.é(\\{}’_%~) <|…\n", max_size=14), st.integers(0, 14), st.integers(0, 14))
def test_rest_is_what_the_whole_pattern_matches(text: str, start: int, end: int) -> None:
    found, whole = rest_at(text, start, end), _WHOLE.match(text, start, end)
    assert (found and found.span()) == (whole and whole.span())
