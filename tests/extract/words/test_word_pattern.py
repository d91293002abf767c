"""Patterns that are tried only where an entry may begin find what the whole pattern finds."""

import random

import pytest

from monitor.extract.words.caseless import Caseless
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import label_pattern, retrieval_pattern
from monitor.extract.words.vocabulary import unfiled_words
from monitor.extract.words.word_pattern import WordPattern

PARTS = (
    *(
        "available",
        "from",
        "at",
        "online",
        "retrieved from",
        "Disponible en",
        "[en ligne]",
        "marsh adresinden",
    ),
    *(
        "PDF",
        "link",
        "full text",
        "website",
        "here",
        "pp. 3-4",
        "xii",
        "s. 5",
        "†",
        "12",
        "quay",
        "_",
        "(",
        "[",
    ),
)
JOINTS = (" ", ": ", ", ", "/", " & ", " and ", "", "\n")


def _texts(seed: int) -> list[str]:
    rng = random.Random(seed)
    return [
        "".join(rng.choice(PARTS) + rng.choice(JOINTS) for _ in range(rng.randint(1, 5))) for _ in range(400)
    ]


def _whole(pattern: WordPattern) -> Caseless:
    return Caseless(pattern.compiled.pattern)


@pytest.mark.parametrize("make", [retrieval_pattern, label_pattern])
def test_a_text_is_matched_whole_and_at_its_beginning_as_by_all_entries(make):
    pattern = make.__wrapped__()
    whole, matched = _whole(pattern), 0
    for text in _texts(7):
        for method in ("match", "fullmatch"):
            found, expected = getattr(pattern, method)(text), getattr(whole, method)(text)
            assert (found and found.span()) == (expected and expected.span()), text
            matched += expected is not None and expected.end() > 0
    assert matched > 20


def test_every_match_in_a_text_is_found_as_by_all_entries():
    pattern = retrieval_pattern.__wrapped__()
    whole, matched = _whole(pattern), 0
    for text in _texts(8):
        spans = [match.span() for match in whole.finditer(text)]
        assert [match.span() for match in pattern.finditer(text)] == spans, text
        matched += len(spans)
    assert matched > 100


def test_an_entry_that_may_begin_with_anything_is_sought_by_a_word_it_has():
    assert unfiled_words(Words.RETRIEVAL) == ("adresinden", "ligne")
    assert "" in unfiled_words(Words.LABELS)  # digits and signs alone: always tried
