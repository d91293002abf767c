"""Text of a page: blanks collapsed, references resolved, every piece where it stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.markup.html_attributes import is_hidden, may_have
from monitor.extract.markup.html_text import add_text
from monitor.extract.passage import Builder
from monitor.text_io.html_tokens import Token


def added(text: str, *, verbatim: bool = False) -> Builder:
    builder = Builder()
    add_text(builder, text, 0, len(text), verbatim=verbatim)
    return builder


@given(st.text(st.sampled_from("ab \n\t\r\xa0\u3000\u2028\x1f.é"), max_size=30))
def test_blanks_collapse_to_one_and_each_piece_has_its_place(text):
    builder = added(text)
    assert "".join(builder.parts) == re.sub(r"\s+", " ", text).lstrip()
    for part, (_, origin, length) in zip(builder.parts, builder.pieces, strict=True):
        written = text[origin : origin + length]
        assert written == part or (part == " " and written.isspace())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a &amp; b", "a & b"),
        ("a&nbsp;\n b", "a\xa0b"),
        ("a &unknown b", "a &unknown b"),
        ("&lt;\tx", "< x"),
    ],
)
def test_references_are_resolved(text, shown):
    assert "".join(added(text).parts) == shown


def test_what_is_verbatim_keeps_its_blanks():
    assert added("a  b\n c", verbatim=True).parts == ["a  b\n c"]


@pytest.mark.parametrize(
    ("tag", "hides"),
    [
        ("<span HIDDEN>", True),
        ("<span Style='Display : none'>", True),
        ("<span style='visibility:hidden'>", True),
        ("<span class='hidden'>", False),
        ("<span style='color: red'>", False),
        ("<span>", False),
    ],
)
def test_a_tag_that_hides_its_element(tag, hides):
    token = Token("span", 0, len(tag))
    assert is_hidden(tag, token) is hides
    assert may_have(tag, token, "style", "hidden") or not hides
