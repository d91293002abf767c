"""What msgspec writes is what the standard library would write, to the byte."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.report.ascii_json import dumps

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters())
    | st.text('\x00\x1f"\\/\x7f<a'),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_a_value_is_written_as_the_standard_library_writes_it(value):
    assert dumps(value) == json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def test_a_lone_surrogate_is_escaped():
    assert dumps({"path": "a\udcff"}) == '{"path":"a\\udcff"}'
