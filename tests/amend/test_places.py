"""Lines around a place, and edits as whole lines."""

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.amend import places
from monitor.model.document import Document


@settings(max_examples=100, deadline=None)
@given(st.text("ab\r\n", max_size=20), st.integers(0, 20))
def test_a_line_ends_at_either_line_break(text, at):
    at = min(at, len(text))
    begins = [0, *(n + 1 for n, char in enumerate(text) if char in "\r\n")]
    breaks = [*(n for n, char in enumerate(text) if char in "\r\n"), len(text)]
    start, end = max(one for one in begins if one <= at), min(one for one in breaks if one >= at)
    assert places.line_bounds(text, at) == (start, end)


@settings(max_examples=40, deadline=None)
@given(st.text("ab\n", min_size=1, max_size=30), st.data())
def test_the_lines_of_edits_read_as_the_whole_text_would(text, data):
    document = Document(path="d", text=text, format="text")
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [places.edit(document, start, end, "X\nY") for start, end in pairs]
    current, new = places.rewritten(document, edits[::-1])
    begin, end = places.touched(document, edits)
    assert current == text[begin:end]
    whole = text
    for start, stop in reversed(pairs):
        whole = whole[:start] + "X\nY" + whole[stop:]
    assert whole == text[:begin] + new + text[end:]
    assert "\n" not in text[begin : pairs[0][0]] + text[pairs[-1][1] : end]
