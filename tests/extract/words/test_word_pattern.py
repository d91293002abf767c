"""Entries that are tried only where one may begin, each by itself, find what one pattern of all finds."""

import random
from collections.abc import Sequence

from monitor.extract.words.caseless import Caseless
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import is_heading, is_label, retrieval_pattern
from monitor.extract.words.vocabulary import any_of, unfiled_words

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
JOINTS = (" ", ": ", ", ", "/", " & ", " and ", "", "\n", "：", " — ", "（")


LABELS = ("PDF", "Full text", "here", "en ligne", "pp. 3-4", "†", "12", "s. 5", "quay")
HEADINGS = (
    "references",
    "further reading",
    "primary",
    "sources",
    "links",
    "used",
    "weiterführende",
    "quay",
    "(x)",
)


def _texts(seed: int, parts: Sequence[str] = PARTS) -> list[str]:
    rng = random.Random(seed)
    return [
        "".join(rng.choice(parts) + rng.choice(JOINTS) for _ in range(rng.randint(1, 5))) for _ in range(800)
    ]


RETRIEVAL = Caseless(
    rf"(?<![^\W_])[\[(（]?{any_of(Words.RETRIEVAL)}(?:[\s:：,–—-]{{1,4}}|(?=[<(\[（\x00]|$))",
)


def test_a_text_is_matched_at_its_beginning_as_by_all_entries():
    pattern, matched = retrieval_pattern.__wrapped__(), 0
    for text in _texts(7):
        found, expected = pattern.match(text), RETRIEVAL.match(text)
        assert (found and found.span()) == (expected and expected.span()), text
        matched += expected is not None
    assert matched > 20


def test_every_match_in_a_text_is_found_as_by_all_entries():
    pattern, matched = retrieval_pattern.__wrapped__(), 0
    for text in _texts(8):
        spans = [match.span() for match in RETRIEVAL.finditer(text)]
        assert [match.span() for match in pattern.finditer(text)] == spans, text
        matched += len(spans)
    assert matched > 100


def test_labels_are_told_entry_by_entry_as_by_one_pattern_of_all():
    core, matched = any_of(Words.LABELS), 0
    joined = rf"{core}(?:(?:\s?[-,/&+]\s?|\s{any_of(Words.AND)}\s){core}){{0,3}}"
    whole = Caseless(rf"[\s\[(«\"“]*(?:{joined})?[\s\])»\"”.:]*")
    for text in _texts(9, LABELS):
        expected = whole.fullmatch(text) is not None
        assert is_label(text) == expected, text
        matched += expected
    assert 50 < matched < 700


def test_headings_are_told_entry_by_entry_as_by_one_pattern_of_all():
    edge, matched = r"[^\w(（]{0,8}", 0
    parts = "|".join(
        [f"(?P<list>{any_of(Words.HEADINGS)})"]
        + [any_of(one) for one in (Words.HEADING_QUALIFIERS, Words.HEADING_COMPANIONS, Words.HEADING_TAILS)]
    )
    joint = rf"(?:\s?[,/&+|·]\s?|\s(?:(?:{any_of(Words.AND)}|–|-)\s)?|(?=\W|$))"
    whole = Caseless(rf"(?:(?:{parts}){joint}){{1,7}}(?:\s?[(（].{{0,40}}[)）])?{edge}")
    for text in _texts(10, HEADINGS):
        found = whole.fullmatch(text)
        expected = bool(found and found["list"])
        assert is_heading(text) == expected, text
        matched += expected
    assert 50 < matched < 700


def test_an_entry_that_may_begin_with_anything_is_sought_by_a_word_it_has():
    assert unfiled_words(Words.RETRIEVAL) == ("adresinden", "ligne")
    assert "" in unfiled_words(Words.LABELS)  # digits and signs alone: always tried


def test_a_text_is_searched_once_for_an_entry_that_may_begin_with_anything(monkeypatch):
    pattern, asked = retrieval_pattern.__wrapped__(), []
    one = pattern._one

    class Counted:
        def __init__(self, number):
            self.number = number
            self.match = one(number).match

        def search(self, text, position=0):
            asked.append(position)
            return one(self.number).search(text, position)

    monkeypatch.setattr(pattern, "_one", Counted)
    assert list(pattern.finditer("available here, " * 300 + "ligne")) == []
    assert asked == [0]
