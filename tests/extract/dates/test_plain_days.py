"""The short way to "3 May 2019" says what the pattern of all shapes says."""

import json
from itertools import product

from monitor.extract.dates import shapes
from monitor.extract.dates.months import PATH
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import words

_MONTHS = tuple(json.loads(PATH.read_text(encoding="utf-8"))["months"])
_BEGUN_LIKE_MORE = ("STycznia", "THermidor", "NDjamena", "adar", "erik", "dal", "del", *words(Words.OF))


def test_plain_days_are_those_of_the_first_shape() -> None:
    taken = 0
    for name, blank, year in product(
        (*_MONTHS, *_BEGUN_LIKE_MORE), (" ", "\n", "\u00a0"), ("2019", "2019.", "20195", "20 May 2019")
    ):
        for written in {name, name.upper(), name.title()}:
            text = f"3 {written}{blank}{year}"
            plain, full = shapes.PLAIN.match(text), shapes.NAMED[0].match(text)
            if plain is None:
                continue
            taken += 1
            assert full is not None, text
            assert (full.span(), full["d"], full["m"], full["y"], full["range"]) == (
                plain.span(), plain["d"], plain["m"], plain["y"], "",
            ), text  # fmt: skip
    assert taken > len(_MONTHS)
