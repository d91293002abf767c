"""A passage is scanned once, into a value that all layouts read."""

import pytest

from monitor.extract.dates.values import NO_HINTS
from monitor.extract.layouts.fields import FieldRole
from monitor.extract.layouts.marks import MAX_PASSAGE, mark, oversized
from monitor.extract.passage import Kind, plain

TEXT = "URL: https://tides.example/a\nAccessed: 3 May 2019"


def test_addresses_dates_and_fields_stand_side_by_side():
    one = mark(plain(TEXT, 0, len(TEXT)), NO_HINTS)
    assert [address.url for address in one.addresses] == ["https://tides.example/a"]
    assert [date.date for date in one.dates] == ["2019-05-03"]
    assert [field.role for field in one.fields] == [FieldRole.URL, FieldRole.ACCESSED]
    with pytest.raises(AttributeError):
        one.dates = ()
    assert one.as_kind(Kind.RECORD).dates is one.dates


def test_data_is_not_looked_at_and_said():
    text = "https://tides.example/a " * (MAX_PASSAGE // 24 + 1)
    passage = plain(text, 0, len(text))
    assert mark(passage, NO_HINTS).addresses == ()
    assert oversized([passage]) == (
        f"a paragraph of {len(text)} characters was not read: no reference is that long",
    )
