"""The names of months and weekdays are those of CLDR."""

import pytest

from monitor.extract.words import cldr
from tests.tools import cldr_names


def test_the_data_is_what_babel_says():
    assert cldr.PATH.read_text(encoding="utf-8") == cldr_names.document()


@pytest.mark.parametrize("language", cldr.LANGUAGES)
def test_every_form_has_its_twelve_months_and_seven_days(language):
    for context in cldr.CONTEXTS:
        for width in cldr.WIDTHS:
            assert len(cldr.month_names(language, context, width)) == 12
            assert len(cldr.weekday_names(language, context, width)) == 7


def test_names_differ_within_a_date_and_alone():
    assert cldr.month_names("pl", "format", "wide")[0] == "stycznia"
    assert cldr.month_names("pl", "stand-alone", "wide")[0] == "styczeń"
    assert cldr.weekday_names("de", "format", "wide")[0] == "Montag"
