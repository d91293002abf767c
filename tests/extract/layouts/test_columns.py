"""A table cell by cell: which cell holds what a column's name says."""

from monitor.extract.layouts.columns import TableColumns
from monitor.extract.passage import Builder


def names_of(rows, heads):
    """Walk a table; return, row by row, the name under which each cell is read."""
    columns, builder, found = TableColumns(), Builder(), []
    for number, row in enumerate(rows):
        columns.next_row()
        named = []
        for cell in row:
            named.append(columns.begin_cell(builder, heads=heads and number == 0))
            builder.add(cell, 0, len(cell))
            columns.end_cell(builder, heads=heads and number == 0)
        found.append(named)
    return found


def test_heads_name_the_cells_below():
    rows = [["Title", "URL", "Accessed"], ["Tides", "https://quay.example/", "3 May 2019"]]
    assert names_of(rows, heads=True) == [[None, None, None], ["Title", "URL", "Accessed"]]


def test_a_first_row_of_plain_cells_is_a_heading_if_all_of_it_names_fields():
    assert names_of([["URL", "Accessed"], ["a", "b"]], heads=False)[1] == ["URL", "Accessed"]
    assert names_of([["Harbour", "Depth"], ["a", "b"]], heads=False)[1] == [None, None]


def test_cells_beyond_the_last_name_are_read_without_one():
    assert names_of([["URL", "Accessed"], ["a", "b", "c"]], heads=True)[1] == ["URL", "Accessed", None]
