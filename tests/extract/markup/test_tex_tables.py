r"""Rows of `tabular` as named fields, where the first row names columns."""

import pytest

from monitor.extract.markup.tex_tables import table_records


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        (r"{ll} Title & URL \\ Tides & https://quay.example/ \\", ["Title: Tides\nURL: https://quay.example/"]),
        (r"{l|l}\hline Title & URL \\\hline \emph{Tides} & x \\[2pt] Locks & y", ["Title: Tides\nURL: x", "Title: Locks\nURL: y"]),
        ("{ll} Title & URL \\\\ {a & b} & x % & no cell\n\\\\", ["Title: a & b\nURL: x"]),
        (r"{ll} Harbour & Depth \\ Sedge & 4 \\", []),
        (r"{ll} Title and URL", []),
    ],
)  # fmt: skip
def test_rows_become_fields(body, rows):
    found = table_records(body, 0, len(body), lambda head: "URL" in head)
    assert [[" ".join(line.split()) for line in one.text.splitlines()] for one in found] == [
        one.split("\n") for one in rows
    ]
