"""Few looks among many captures, and always at the near end of the run that holds the quote."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.archive.judgement.gallop import Known, next_look


def search(truth: list[list[bool]], most: int = 10_000) -> tuple[list[list[Known]], int]:
    known: list[list[Known]] = [[None] * len(side) for side in truth]
    looks = 0
    while looks < most and (place := next_look(known)) is not None:
        side, index = place
        assert known[side][index] is None, "looked twice"
        known[side][index] = truth[side][index]
        looks += 1
    return known, looks


def run(length: int, start: int, width: int) -> list[bool]:
    return [start <= i < start + width for i in range(length)]


@pytest.mark.parametrize("seed", range(30))
def test_the_near_end_of_a_long_run_is_found_in_few_looks(seed: int) -> None:
    chance = random.Random(seed)
    start = chance.randint(0, 700)
    truth = [run(900, start, 1000), [False] * chance.randint(0, 300)]
    known, looks = search(truth)
    assert known[0].index(True) == start
    assert looks <= 40


@given(st.lists(st.lists(st.booleans(), max_size=40), min_size=1, max_size=2))
def test_every_capture_is_looked_at_before_giving_up(truth: list[list[bool]]) -> None:
    known, looks = search(truth)
    assert looks <= sum(map(len, truth))
    found = [True in side for side in known]
    assert any(found) == any(True in side for side in truth)
    if not any(found):
        assert known == truth


@given(st.integers(0, 60), st.integers(0, 59), st.integers(1, 60))
def test_settled_means_a_neighbour_without_the_quote(length: int, start: int, width: int) -> None:
    known, _ = search([run(length, start, width)])
    if True in known[0]:
        first = known[0].index(True)
        assert first == 0 or known[0][first - 1] is False


def test_sides_take_turns() -> None:
    known, looks = search([[False] * 50, [False] * 50], most=10)
    read = [sum(entry is not None for entry in side) for side in known]
    assert (read, looks) == ([5, 5], 10)
