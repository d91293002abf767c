"""Around the choice: what is kept, the citation's own archive link, the death's date, two archives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.archive.addresses import parse_capture, view_url
from monitor.archive.fallback import Fallback
from monitor.model.observation import Outcome
from monitor.model.snapshot import at_risk
from monitor.model.values import replaced
from tests.support.archive_standin import Kept, StandIn, surt
from tests.support.archive_timelines import drift_after, never, no_quote_near, only_errors, plain
from tests.support.archive_trial import Notebook, Time, archive_for, faults_of, load, question
from tests.support.timeline_maker import NOW, PARKED, Maker, Timeline


def rig(*families, seed=9, memory=None, **policy):
    time = Time()
    standin = StandIn(monotonic=time.monotonic)
    made = []
    for number, family in enumerate(families):
        maker = Maker(seed, number)
        timeline = Timeline(family=family.__name__, url=maker.url)
        family(maker, timeline)
        load(standin, timeline)
        made.append(timeline)
    return standin, archive_for(standin, time, memory=memory, **policy), made


async def test_a_found_snapshot_is_kept_with_its_text_and_asked_again_after_a_quarter():
    memory = Notebook()
    standin, archive, (timeline,) = rig(plain, memory=memory)
    first = await archive.look_up(question(timeline))
    asked = len(standin.log)
    again = await archive.look_up(replaced(question(timeline), now=NOW + timedelta(days=80)))
    assert (again.requests, len(standin.log)) == (0, asked)
    assert again.results["0"].snapshot == first.results["0"].snapshot
    assert again.results["0"].text.main == first.results["0"].text.main
    later = await archive.look_up(replaced(question(timeline), now=NOW + timedelta(days=91)))
    assert later.requests > 0


async def test_a_none_is_asked_again_within_a_week_and_an_unknown_at_once():
    standin, archive, (timeline,) = rig(never)
    standin.faults["cdx"].append("503*")
    assert (await archive.look_up(question(timeline))).results["0"].coverage == "unknown"
    standin.faults.clear()
    answer = await archive.look_up(question(timeline))
    assert (answer.results["0"].coverage, answer.requests) == ("none", 2)
    kept = await archive.look_up(replaced(question(timeline), now=NOW + timedelta(days=6)))
    assert (kept.results["0"].coverage, kept.requests) == ("none", 0)
    standin.add(Kept(url=timeline.url, stamp="20150101000000", body=Maker(1, 1).page()))
    assert (await archive.look_up(replaced(question(timeline), now=NOW + timedelta(days=7)))).requests > 0


async def test_at_risk_only_where_nothing_usable_is_archived():
    for family, uncovered in (
        (never, True),
        (only_errors, True),
        (drift_after, False),
        (no_quote_near, False),
    ):
        _, archive, (timeline,) = rig(family)
        answer = await archive.look_up(question(timeline))
        assert at_risk(Outcome.ALIVE, answer.results.values()) is uncovered, family
    standin, archive, (timeline,) = rig(plain)
    standin.excluded.add(surt(timeline.url))
    answer = await archive.look_up(question(timeline))
    assert (answer.results["0"].coverage, answer.results["0"].excluded) == ("none", True)
    assert not at_risk(Outcome.ALIVE, answer.results.values())
    assert answer.requests == 1
    assert answer.results["0"].reason == "excluded from the archive"


@pytest.mark.parametrize(
    ("which", "pinned", "vanished"), [(0, True, False), (2, False, False), (None, False, True)]
)
async def test_the_citations_own_archive_link(which, pinned, vanished):
    _, archive, (timeline,) = rig(drift_after)
    stamp = "20200202020202" if which is None else timeline.captures[which].stamp
    link = f"https://web.archive.org/web/{stamp}/{timeline.url}"
    timeline.cited = [replace(timeline.cited[0], archive_url=link)]
    answer = await archive.look_up(question(timeline))
    result = answer.results["0"]
    assert (result.pinned, result.vanished) == (pinned, vanished)
    assert faults_of(timeline, answer) == []


async def test_archived_failures_after_the_last_good_capture_bound_the_death():
    standin, archive, (timeline,) = rig(plain)
    last = timeline.captures[-1]
    maker = Maker(2, 2)
    url = timeline.url
    standin.add(Kept(url=url, stamp="20230101000000", body=PARKED % b"site.example.org"))
    standin.add(Kept(url=url, stamp="20230601000000", status=404, body=b"no"))
    standin.add(Kept(url=url, stamp="20240601000000", status=404, body=b"no"))
    answer = await archive.look_up(question(timeline, want_history=True))
    assert f"{answer.rot.last_good:%Y%m%d%H%M%S}" == last.stamp
    assert (answer.rot.first_bad.year, answer.rot.first_bad.month, answer.rot.failures) == (2023, 1, 3)
    standin.add(Kept(url=url, stamp="20250601000000", body=maker.page()))
    fresh = archive_for(standin, Time())
    alive = (await fresh.look_up(question(timeline, want_history=True))).rot
    assert (alive.last_good.year, alive.first_bad, alive.failures) == (2025, None, 0)


async def test_the_second_archive_answers_what_the_first_leaves_open():
    _, empty, _ = rig()
    _, full, (timeline,) = rig(plain)
    answer = await Fallback([empty, full]).look_up(question(timeline))
    assert faults_of(timeline, answer) == []
    broken, silent, _ = rig()
    broken.faults["cdx"].append("503*")
    answer = await Fallback([empty, silent]).look_up(question(timeline))
    assert answer.results["0"].coverage == "unknown"


def test_addresses_of_captures():
    for spelling in (
        "https://web.archive.org/web/20110217id_/http://a.example/b?c=1",
        "/web/20110217id_/http://a.example/b?c=1",
    ):
        assert parse_capture(spelling, "https://web.archive.org/x") == ("20110217", "http://a.example/b?c=1")
    assert (
        view_url("https://w.example/web/", "2011", "http://a.example:80/b")
        == "https://w.example/web/2011/http://a.example/b"
    )
    assert (
        view_url("https://w.example/web", "2011", "http://a.example:8080/")
        == "https://w.example/web/2011/http://a.example:8080/"
    )


async def test_an_index_that_limits_us_for_good_leaves_replay_to_answer() -> None:
    standin, archive, made = rig(plain, plain, plain)
    standin.faults["cdx"].append("429*")
    for timeline in made:
        answer = await archive.look_up(question(timeline))
        assert answer.results["0"].coverage in ("bracketed", "quote-anchored"), answer
    assert sum(pool == "cdx" for _, pool, _, _ in standin.log) == 5
