"""Blocks of Markdown and the places of their lines, whatever ends a line."""

import pytest

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
