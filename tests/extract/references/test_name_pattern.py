"""Names of people are found as with classes of every capital and apostrophe."""

import random
import re

import pytest

from monitor.extract.references import authors
from monitor.extract.references.east_asian import holds_east_asian
from monitor.extract.references.name_pattern import INITIAL, NamePattern

PATTERNS = {name: one for name, one in vars(authors).items() if isinstance(one, NamePattern)}
PARTS = (
    *(
        "Marsh",
        "Bela",
        "O’Reed",
        "d’",
        "Ried-Ufer",
        "MARSH",
        "Петренко",
        "О. В.",
        "И.",
        "B.",
        "J. T.",
        "JT",
        "Čapek",
    ),
    *(
        "Ёлкин",
        "ª",
        "ºC",
        "1ª",
        "van",
        "and",
        "и",
        "&",
        "et al.",
        "Ünal",
        "Tides of the quay",
        "潮",
        "Ії",
        "жук",
    ),
)
JOINTS = (" ", ", ", ": ", ". ", "; ", " & ", " and ", "")


def _wide(pattern: NamePattern) -> re.Pattern[str]:
    source = pattern._compiled.pattern
    return re.compile(
        source.replace(INITIAL, "[A-ZÀ-ÞА-ЯЁІЇЄ]")
        .replace(r"[\w'-]", r"[\w'’-]")
        .replace("{1,3}'", "{1,3}['’]")
    )


@pytest.mark.parametrize("name", PATTERNS)
def test_a_shape_of_authors_matches_where_it_does_with_whole_classes(name):
    pattern, wide, matched = PATTERNS[name], _wide(PATTERNS[name]), 0
    rng = random.Random(11)
    for _ in range(1500):
        text = "".join(rng.choice(PARTS) + rng.choice(JOINTS) for _ in range(rng.randint(2, 6)))
        place = rng.choice((0, 0, 3))
        found, expected = pattern.match(text, place), wide.match(text, place)
        assert (found and found.span()) == (expected and expected.span()), text
        assert bool(pattern.fullmatch(text)) == bool(wide.fullmatch(text)), text
        matched += expected is not None
    assert matched > 1


def test_there_are_such_shapes():
    assert len(PATTERNS) == 10


def test_scripts_that_part_no_words_are_told_as_by_their_ranges():
    ranges = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
    edges = [code + step for code in (0x3040, 0x30FF, 0x3400, 0x9FFF, 0xAC00, 0xD7AF) for step in (-1, 0, 1)]
    for code in (*edges, 0x41, 0xE9, 0x1F600):
        assert holds_east_asian("é" + chr(code)) == bool(ranges.search(chr(code)))
    assert holds_east_asian("潮汐é表", 3)
    assert not holds_east_asian("潮汐é", 3)


def test_authors_are_taken_off_the_text_as_it_is_written():
    assert authors.GOST_AUTHOR.without("О’Рід О. В. Тіні ª") == "Тіні ª"
    assert authors.GOST_AUTHOR.without("тіні ª") == "тіні ª"
