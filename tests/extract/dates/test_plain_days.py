"""The short way to most dates says what the patterns of all shapes say."""

import json
import re
from itertools import product

import pytest

from monitor.extract.dates import shapes
from monitor.extract.dates.months import PATH
from monitor.extract.dates.values import match_date
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import words

_MONTHS = tuple(json.loads(PATH.read_text(encoding="utf-8"))["months"])
_BEGUN_LIKE_MORE = (
    "STycznia",
    "THermidor",
    "NDjamena",
    "adar",
    "erik",
    "dal",
    "del",
    "III",
    *words(Words.OF),
)
_WORDED = tuple(
    shape.format(name=written)
    for name, shape in product(
        (*_MONTHS, *_BEGUN_LIKE_MORE),
        (
            "3 {name} 2019",
            "24.\n{name}. 2019.",
            "3 {name}\u00a020 May 2019",
            "{name} 13, 20195",
            "{name}. 3, 2564",
        ),
    )
    for written in {name, name.upper(), name.title()}
)
_NUMBERED = tuple(
    f"{year}{rest}"
    for year, rest in product(
        ("1919", "2019", "2564"),
        (
            "",
            ".",
            "-5-3",
            "-05-03",
            "-00-31",
            "-05-32",
            "-13-12",
            "-02-30]",
            ")",
            ",\n",
            ".\n3",
            ", May 3",
            " г.",
        ),
    )
)


@pytest.mark.parametrize("texts", [_WORDED, _NUMBERED], ids=["worded", "numbered"])
def test_plain_dates_are_those_of_all_shapes(texts, monkeypatch):
    short = [match_date(text, 0) if shapes.PLAIN.match(text) else None for text in texts]
    monkeypatch.setattr(shapes, "PLAIN", re.compile("(?!)"))
    for text, date in zip(texts, short, strict=True):
        if date is not None:
            assert date == match_date(text, 0), text
    assert sum(one is not None for one in short) * 5 > len(texts)
