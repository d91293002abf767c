"""Where phrases may begin, and which of a dictionary's stand in a text."""

import pytest

from monitor.extract.words.phrase_index import Beginnings, PhraseIndex

ASCII = "".join(map(chr, range(128)))


@pytest.mark.parametrize("sign", [sign for sign in ASCII if not sign.isalnum()])
def test_every_sign_of_ascii_parts_words_alone_and_beside_other_scripts(sign):
    known = Beginnings(["seen", "vu"])
    assert known.starts(f"read{sign}seen") == [5]
    assert known.starts(f"é{sign}seen{sign}vu le") == [2, 7]


@pytest.mark.parametrize("letter", [sign for sign in ASCII.lower() if sign.isalnum()])
def test_no_phrase_begins_inside_a_word(letter):
    known = Beginnings(["seen"])
    assert known.starts(f"{letter}seen") == known.starts(f"é {letter}seen") == []


def test_phrases_come_in_order_none_inside_another():
    index = PhraseIndex(
        [
            ("after", ("last seen", "seen"), {"last": (0,), "seen": (1,)}),
            ("updated", ("changed",), {"changed": (0,)}),
        ]
    )
    text = "Changed in May, last  seen in June; unseen, SEEN"
    found, _ = index.find(text, text.lower())
    assert [(one.kind, text[one.start : one.end]) for one in found] == [
        ("updated", "Changed"), ("after", "last  seen"), ("after", "SEEN"),
    ]  # fmt: skip


@pytest.mark.parametrize("blanks", [" ", "\n", "-", "  ", " \n   ", "\u00a0", ", "])
def test_a_beginning_of_several_words_is_found_over_any_white_space(blanks):
    known = Beginnings(["as of ma", "was"])
    low = f"so as{blanks}of{blanks}may"
    assert known.starts(low) == [3]
    assert known.starts(f"as{blanks}on may") == ([0] if len(blanks) > 1 else [])


def test_beginnings_beside_others_are_told_by_themselves():
    known = Beginnings(["seen"], beside=["no date", "seen"])
    assert known.heads("seen no date") == ({0: [0]}, [0, 5])


def test_beginnings_that_are_written_alike_are_all_told():
    assert Beginnings(["acc.", "", "acc"]).heads("so acc, too")[0] == {3: [0, 2]}


@pytest.mark.parametrize(
    ("text", "kinds"), [("seen on May", ["long"]), ("seen May", ["short"]), ("soSeen May", ["short"])]
)
def test_of_phrases_that_begin_alike_the_longest_fragment_is_tried_first(text, kinds):
    index = PhraseIndex([("short", ("seen",), {"seen": (0,)}), ("long", ("seen on",), {"seen": (0,)})])
    assert [one.kind for one in index.find(text, text.lower())[0]] == kinds
