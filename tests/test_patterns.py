"""Patterns are compiled at their first use, and once."""

import re

import pytest

from monitor.patterns import lazy


def test_nothing_is_made_before_the_first_use():
    made = []

    def source():
        made.append(1)
        return r"(?P<word>quay)\d"

    pattern = lazy(source, re.IGNORECASE)
    assert made == []
    assert pattern.search("At QUAY7")["word"] == "QUAY"
    assert pattern.sub("-", "quay1 quay2") == "- -"
    assert pattern.pattern == r"(?P<word>quay)\d"
    assert [one.start() for one in pattern.finditer("quay1 quay2", 1)] == [6]
    assert len(made) <= 2


def test_a_broken_pattern_is_told_where_it_is_used():
    pattern = lazy("(")
    with pytest.raises(re.error):
        pattern.match("x")
