"""String values of JSON with their places."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.markup.json_strings import decoded, strings

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def leaves(value, path=()):
    if isinstance(value, str) and path:
        yield path, value
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from leaves(one, (*path, number))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))


def text_of(text, start, end):
    return "".join(piece for piece, _, _ in decoded(text, start, end))


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_every_string_is_found_where_the_standard_decoder_finds_it(value, ascii_only, indent):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    found = [
        (
            tuple(json.loads(f'"{key}"') if isinstance(key, str) else key for key in path),
            text_of(text, start, end),
        )
        for path, start, end in strings(text)
    ]
    assert found == list(leaves(value))


@given(st.text(max_size=40), st.booleans())
def test_the_pieces_of_a_string_cover_what_is_written(value, ascii_only):
    text = json.dumps([value], ensure_ascii=ascii_only)
    ((_, start, end),) = strings(text)
    at = start
    for _, begin, length in decoded(text, start, end):
        assert begin == at
        at += length
    assert at == end


@pytest.mark.parametrize(
    "text", ["[" * 5000, '{"a":' * 5000, '["a', '["\\', "]", "}{", '{"a" "b" "c"', "nul"]
)
def test_damaged_json_ends_the_walk(text):
    assert list(strings(text)) == [] or all(end <= len(text) for _, _, end in strings(text))
