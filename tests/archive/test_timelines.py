"""The whole look-up on generated timelines: right snapshot, or the right none or unknown."""

from collections import Counter

from tests.support.archive_timelines import EASY, FAMILIES, timelines
from tests.support.archive_trial import try_all

LIMITS = {"cdx": 30, "replay": 150, "availability": 25}


async def test_right_answers_on_generated_timelines():
    made = timelines(6 * len(FAMILIES), seed=7)
    wrong, _, standin = await try_all(made, limits=LIMITS)
    faults = [fault for each in wrong for fault in each]
    assert sum(map(bool, wrong)) <= len(made) // 100, "\n".join(faults)
    broken = Counter(t.family for t, w in zip(made, wrong, strict=True) if w)
    assert all(count <= 1 for count in broken.values()), broken
    assert standin.violations == []


async def test_no_archived_source_is_called_unarchived_and_nothing_is_verified_wrongly():
    made = timelines(3 * len(FAMILIES), seed=11)
    _, answers, _ = await try_all(made, limits=LIMITS)
    for timeline, answer in zip(made, answers, strict=True):
        for number, cited in enumerate(timeline.cited):
            got = answer.results[str(number)]
            if "none" not in cited.coverage:
                assert got.coverage != "none", timeline
            if got.snapshot and got.snapshot.verified:
                bodies = {c.stamp: c for c in timeline.captures}
                assert f"{got.snapshot.timestamp:%Y%m%d%H%M%S}" in bodies


async def test_an_easy_mix_costs_at_most_2_2_requests_per_covered_citation():
    made = timelines(20 * len(EASY), seed=3, families=EASY)
    wrong, answers, _ = await try_all(made, limits=LIMITS)
    assert not any(wrong), wrong
    covered = sum(len(answer.results) for answer in answers)
    assert sum(answer.requests for answer in answers) / covered <= 2.2
