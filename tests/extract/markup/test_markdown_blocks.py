"""Blocks of Markdown and the places of their lines, whatever ends a line."""

import random

import pytest
from markdown_it import MarkdownIt

from monitor.extract.markup.markdown_blocks import blocks


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("front", ["", "---\ntitle: Tides\n---\n"])
def test_lines_are_those_of_the_file(end, front):
    text = (front + "# Tides\n\n- one\n- two").replace("\n", end)
    lines, tokens = blocks(text)
    shown = [text[slice(*lines.bounds(one.map[0]))] for one in tokens if one.type == "inline"]
    assert shown == ["# Tides", "- one", "- two"]


def test_a_row_of_very_many_cells_is_no_table():
    narrow, wide = "|a|b|\n|-|-|\n", "|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n"
    assert any(one.type == "table_open" for one in blocks(narrow)[1])
    assert not any(one.type == "table_open" for one in blocks(wide)[1])


PIECES = [
    "word", "Tide table", "*low*", "**high** and", "- ", "-", "--- ", "* ", "+ x", "1. ", "2) y", "7.", "> ", ">", "# ", "#tag",
    "### Head ", "===", "= ", "---|---", "|-|-|", "| a | b |", "a | b", ":--", ": x", "```", "~~~ py", "``code`` and", "<div>",
    "</div>", "<https://quay.example/a>", "<!-- x", "-->", "_low_", "___", "    code", "\tcode", "  ", " ", "   > ", "1984 was",
    "\x1f", "\xa0", "[1]: https://quay.example", "\\", "", "",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_blocks_are_those_that_every_rule_together_would_find(seed):
    """The rule that is asked first only saves asking the others."""
    every = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").disable(["inline", "reference"])
    chance = random.Random(seed)
    for _ in range(700):
        lines = [
            "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 3)))
            for _ in range(chance.randint(1, 9))
        ]
        text = "\n".join(lines)
        assert told(blocks(text)[1]) == told(every.parse(text)), text


LIST_LINES = [
    "- x", "- y z", "* a", "+ b", "1. c", "2. d", "3) e", "1.    f", "-    g", "-     h", "-", "1.", " - i", "   - j", "    - k",
    "     code", "\tcode", " para", "para", "   > q", "> - q", ">", "- # h", "- > q", "- - n", "* * *", "---", "===", "- |a|",
    "|-|-|", "- a | b", "# h", "```", "12 words", "-word", "1.x", "1234567890. y", "- \tt", "-\tt", "", "", "", "", " ",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_lists_of_plain_lines_are_those_the_parser_reads_itself(seed):
    every = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").disable(["inline", "reference"])
    chance = random.Random(seed)
    for _ in range(400):
        # Before a first line of dashes, the head would end at the next such line.
        text = "Tides\n\n" + "\n".join(chance.choice(LIST_LINES) for _ in range(chance.randint(1, 9)))
        assert told(blocks(text)[1]) == told(every.parse(text)), text


def told(tokens):
    """Return what passages are made of."""
    return [
        (one.type, one.tag, one.nesting, one.map, one.content)
        for one in tokens
        if not one.type.startswith("paragraph")
    ]


def test_a_rule_may_note_more_of_a_block_than_is_read():
    _, tokens = blocks("# Tides\n\n```py\ncode\n```\n")
    fence = next(one for one in tokens if one.type == "fence")
    fence.children = []
    assert (fence.info, fence.markup, fence.children) == ("py", "```", [])
