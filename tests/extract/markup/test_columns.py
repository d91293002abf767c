"""Two columns are told apart by geometry, and read one after the other."""

import pytest

from monitor.extract.markup.columns import gutter
from monitor.extract.registry import extract
from monitor.model.document import Document

COLUMNS = """Marsh, B. Eels of the weir.        Reed, O. Pikes of the bay.
Weir Press, 2019.                  Sedge, 2020.
https://eel.example/weir           https://eel.example/bay
(accessed 3 May 2019)              (accessed 4 May 2019)
"""


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        (COLUMNS.splitlines(), 35),
        (["One column of words that goes on", "and on with no gap in it at all,", "as texts do that nobody parted,", "to the very end"], None),
        (["1.   Eels of the weir and bay", "2.   Pikes of the lower weir", "3.   Carps of the pond here", "4.   Nets of the board there"], None),
        (["Eels of the weir   Marsh of the bay   2019-05-03 and so"] * 4, None),
        (COLUMNS.splitlines()[:3], None),
    ],
)  # fmt: skip
def test_where_the_second_column_begins(lines, begins):
    assert gutter(lines) == begins


def test_each_column_is_read_by_itself():
    document = Document(path="d", text=f"References\n\n{COLUMNS}", format="text")
    first, second = extract(document).citations
    assert [(one.url, [date.date for date in one.access_dates]) for one in (first, second)] == [
        ("https://eel.example/weir", ["2019-05-03"]),
        ("https://eel.example/bay", ["2019-05-04"]),
    ]
    assert "Pikes" not in f"{first.title} {first.attribution}"
    assert document.verbatim(second.url_span) == "https://eel.example/bay"
    assert document.verbatim(second.access_dates[0].span) == "4 May 2019"


def test_a_table_of_titles_and_addresses_stays_together():
    table = "Eels of the weir and bay      https://eel.example/1\nPikes of the lower weir       https://eel.example/2\nCarps of the upper pond       https://eel.example/3\nNets of the weir board        https://eel.example/4\n"
    document = Document(path="d", text=f"References\n\n{table}", format="text")
    assert [one.title for one in extract(document).citations][:1] == ["Eels of the weir and bay"]
