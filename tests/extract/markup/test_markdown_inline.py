"""Inline Markdown with its places, by the short way for lines of one plain link and by the long one."""

import random

import pytest

from monitor.extract.markup.markdown_inline import add_inline
from monitor.extract.passage import Builder

PIECES = [
    "The weir", "word ", "[", "](", ")", "[Weirs](http://quay.example/a)", "[Weirs, 2](http://quay.example/?a=1&b=2)",
    "[w](x&amp;y)", "[w](<http://quay.example>)", '[w](/a "Title")', "[w](http://quay.example/(b))", "![i](x)", "!", "*",
    "_", "x_y", "~~", "`", "\\", "&amp;", "www.quay.example", "ww", "://", ":", "[^1]", "[^1](x)", "[]", "[w]()", "[w]( x )",
    "]", "[http://quay.example](http://quay.example/z)", "[a:b](c:d)", "[w](b\\)c)", "[w](#top)", ". Accessed 4 March 2024.",
    " ", "<br>",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_line_reads_alike_alone_and_as_the_first_of_two(seed):
    """Only a line by itself goes the short way."""
    chance = random.Random(seed)
    for _ in range(1500):
        line = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 4)))
        alone, first = Builder(), Builder()
        add_inline(alone, [(line, 100)], {})
        add_inline(first, [(line, 100), ("", 100 + len(line))], {})
        if "<" in line or line.endswith("\\"):
            # What is not closed, or escapes the line's end, reaches into the next line.
            continue
        assert read(alone, line) == read(first, line), line


def read(builder: Builder, line: str):
    """Return what stands where, without the line end behind it."""
    places = [place for start, place, length in builder.pieces for place in range(place, place + length)]
    text = "".join(builder.parts).removesuffix("\n")
    return text, places[: len(line)], builder.links, builder.emphasis, builder.coded
