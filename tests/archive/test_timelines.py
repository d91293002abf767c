"""The whole look-up on generated timelines: right snapshot, or the right none or unknown."""

from tests.support.archive_families import EVERY_FAMILY
from tests.support.archive_timelines import EASY, timelines
from tests.support.archive_trial import try_all

LIMITS = {"cdx": 30, "replay": 150, "availability": 25}


async def test_right_answers_on_generated_timelines():
    made = timelines(5 * len(EVERY_FAMILY), seed=7, families=EVERY_FAMILY)
    wrong, _, standin = await try_all(made, limits=LIMITS)
    faults = [fault for each in wrong for fault in each]
    assert not faults, "\n".join(faults)
    assert standin.violations == []


async def test_no_archived_source_is_called_unarchived_and_nothing_is_verified_wrongly():
    made = timelines(3 * len(EVERY_FAMILY), seed=11, families=EVERY_FAMILY)
    _, answers, _ = await try_all(made, limits=LIMITS)
    for timeline, answer in zip(made, answers, strict=True):
        for number, cited in enumerate(timeline.cited):
            got = answer.results[str(number)]
            if "none" not in cited.coverage:
                assert got.coverage != "none", timeline
            if got.snapshot and got.snapshot.verified:
                (shown,) = (
                    c for c in timeline.captures
                    if c.stamp == f"{got.snapshot.timestamp:%Y%m%d%H%M%S}" and c.url == got.snapshot.original
                )  # fmt: skip
                if shown.location is None and shown.body.startswith(b"<html"):
                    told = cited.quote or cited.title
                    spelled = {told.encode(code, "ignore") for code in ("utf-8", "cp1251")}
                    assert any(held in shown.body for held in spelled), (timeline, got)


async def test_few_requests_a_citation_over_every_family():
    made = timelines(2 * len(EVERY_FAMILY), seed=13, families=EVERY_FAMILY)
    _, answers, _ = await try_all(made, limits=LIMITS)
    calm = [(t, a) for t, a in zip(made, answers, strict=True) if not t.faults]
    assert sum(a.requests for _, a in calm) / sum(len(t.cited) for t, _ in calm) <= 2.1


async def test_an_easy_mix_costs_at_most_2_2_requests_per_covered_citation():
    made = timelines(20 * len(EASY), seed=3, families=EASY)
    wrong, answers, _ = await try_all(made, limits=LIMITS)
    assert not any(wrong), wrong
    covered = sum(len(answer.results) for answer in answers)
    assert sum(answer.requests for answer in answers) / covered <= 2.2
