"""reStructuredText's inline marks: found where their signs stand, as a search of every place finds them."""

import random

from monitor.extract.formats.rst import _INLINE, _next_mark

_PARTS = [
    *"`_*:[<>\\-/?#1éa",
    "``",
    "__",
    "**",
    "]_",
    "word",
    "x.y",
    "a_b",
    "www.",
    "https://a.example/b_c",
    " ",
    "\n",
]
_TEXTS = 1500


def _found(search, text, start, end):
    position = start
    while mark := search(text, position, end):
        yield mark.span(), mark.groupdict()
        position = max(mark.end(), position + 1)


def test_marks_are_those_a_search_of_every_place_finds():
    chance, marks = random.Random(5), 0
    for number in range(_TEXTS):
        text = "".join(chance.choices(_PARTS, k=chance.randint(1, 24)))
        if number % 9 == 0:
            text += "x" * chance.randint(50, 70) + chance.choice(["_", "__ ", "_a"]) + text
        start, end = sorted(chance.choices(range(len(text) + 1), k=2)) if number % 2 else (0, len(text))
        every = list(_found(_INLINE.search, text, start, end))
        assert list(_found(_next_mark, text, start, end)) == every, text
        marks += len(every)
    assert marks > _TEXTS / 2
