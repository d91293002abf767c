"""A thousand link-years with weather, outages and real deaths: who is called dead, and how soon.

Run with -s to see the figures.
"""

import datetime as dt
import random
import statistics
from dataclasses import dataclass, field

import pytest

from monitor.judge.guard import void_reason
from monitor.judge.judge import Judge
from monitor.judge.link_state import link_history
from monitor.judge.policy import JudgePolicy
from monitor.model.case import StoredObservation
from monitor.model.history import LinkState
from monitor.model.observation import DOUBTFUL, Observation, Outcome
from monitor.model.run import HostNight
from monitor.model.values import replaced

START = dt.datetime(2025, 1, 1, 3, 0, tzinfo=dt.UTC)
TRANSIENT = 0.06
WEATHER = (
    (Outcome.UNREACHABLE, "timeout", None),
    (Outcome.SERVER_ERROR, "server-error", 503),
    (Outcome.UNREACHABLE, "connect-reset", None),
)
DEATHS = ((Outcome.GONE, "not-found", 404), (Outcome.GONE, "not-found", 404), (Outcome.SOFT_404, "error-title", 200),
          (Outcome.UNREACHABLE, "dns-not-found", None), (Outcome.UNREACHABLE, "connect-timeout", None), (Outcome.GONE, "gone", 410))  # fmt: skip


@dataclass
class Link:
    url: str
    host: str
    dies_on: int | None
    death: tuple
    due: dt.datetime = START
    rows: list[StoredObservation] = field(default_factory=list)
    probes: int = 0
    failing_on: int | None = None
    dead_on: int | None = None
    false_dead: bool = False


def world(rng, links, hosts=300, dying=80):
    made = []
    for n in range(links):
        # A third of all links live on one big host, as in a real collection.
        host = "big.example" if n % 3 == 0 else f"host{rng.randrange(hosts)}.example"
        made.append(Link(f"https://{host}/page/{n}", host, None, rng.choice(DEATHS)))
    for link in rng.sample(made, dying):
        link.dies_on = rng.randrange(20, 330)
    return made


def outage(day, host, rng):
    """Three mass outages: our own network for a night, one big host for three days, a third of the web for one."""
    return day == 90 or (host == "big.example" and 180 <= day < 183) or (day == 260 and rng.random() < 0.35)


def probe(link, day, down, rng):
    if link.dies_on is not None and day >= link.dies_on:
        return link.death
    if down or rng.random() < TRANSIENT:
        return rng.choice(WEATHER)
    return Outcome.ALIVE, None, 200


def keep(rows, seen, *, void):
    """Extend the last row where nothing changed, as the store does."""
    day = seen.observed_at.date().isoformat()
    counted = [row for row in rows if not row.void]
    last = counted[-1] if counted else None
    same = last and (last.observation.outcome, last.observation.cause) == (seen.outcome, seen.cause)
    if same and not void:
        days = last.days if day in last.days or not seen.outcome.failing else (*last.days, day)
        rows[rows.index(last)] = replaced(
            last, last_seen_at=seen.observed_at, times=last.times + 1, days=days
        )
        return
    days = (day,) if seen.outcome.failing else ()
    rows.append(
        StoredObservation(observation=seen, run="r", void=void, last_seen_at=seen.observed_at, days=days)
    )


def host_nights(tonight):
    """Count a night by host, as the store does."""
    by_host = {}
    for link, seen, before in tonight:
        by_host.setdefault(link.host, []).append((seen.outcome, before))
    return [
        HostNight(
            host=host,
            probes=len(probes),
            failing=sum(outcome in DOUBTFUL for outcome, _ in probes),
            working_before=sum(before is not None and not before.failing for _, before in probes),
            known_before=sum(before is not None for _, before in probes),
        )
        for host, probes in by_host.items()
    ]


def live_through(seed, policy, links=1000):
    rng = random.Random(seed)
    judge, links, voids = Judge(policy, rng.random), world(rng, links), 0
    for day in range(365):
        now = START + dt.timedelta(days=day)
        down = {host: outage(day, host, rng) for host in sorted({link.host for link in links})}
        tonight = []
        for link in (link for link in links if link.due <= now):
            outcome, cause, status = probe(link, day, down[link.host], rng)
            seen = Observation(
                source=link.url,
                url=link.url,
                observed_at=now,
                outcome=outcome,
                cause=cause,
                http_status=status,
            )
            counted = [row for row in link.rows if not row.void]
            tonight.append((link, seen, counted[-1].observation.outcome if counted else None))
        void = void_reason(host_nights(tonight), policy) is not None
        voids += void
        for link, seen, _ in tonight:
            link.probes += 1
            keep(link.rows, seen, void=void)
            if void:
                continue
            link.due = judge.next_check(link.rows, None, now)
            state = link_history(link.rows, None, policy, now).state
            really_dead = link.dies_on is not None and day >= link.dies_on
            if state is LinkState.DEAD and not really_dead:
                link.false_dead = True
            if really_dead and state in (LinkState.SUSPECT, LinkState.DEAD):
                link.failing_on = link.failing_on if link.failing_on is not None else day
                if state is LinkState.DEAD and link.dead_on is None:
                    link.dead_on = day
    return links, voids


def figures(links):
    mourned = [link for link in links if link.dies_on is not None]
    shown = [link.failing_on - link.dies_on for link in mourned if link.failing_on is not None]
    named = [link.dead_on - link.dies_on for link in mourned if link.dead_on is not None]
    return mourned, shown, named


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_link_years(seed):
    links, voids = live_through(seed, JudgePolicy())
    mourned, shown, named = figures(links)
    print(
        f"\nseed {seed}: {len(links)} link-years, {sum(x.probes for x in links)} probes, {voids} void nights, "
        f"false dead {sum(x.false_dead for x in links)}, deaths {len(mourned)}, "
        f"shown failing after median {statistics.median(shown)} d (max {max(shown)}), "
        f"called dead after median {statistics.median(named)} d (max {max(named)})"
    )
    assert [link.url for link in links if link.false_dead] == []
    assert 1 <= voids <= 2  # our own network, and the third of the web if enough of it was due
    assert len(shown) == len(named) == len(mourned)
    assert statistics.median(shown) <= 14
    assert statistics.median(named) <= 21


def test_a_weekly_look_calls_deaths_by_name_within_two_weeks():
    links, _ = live_through(4, JudgePolicy(recheck_alive_min_days=5, recheck_alive_max_days=9), links=300)
    _, _, named = figures(links)
    print(f"\nlooking every 5 to 9 days: called dead after median {statistics.median(named)} d")
    assert [link.url for link in links if link.false_dead] == []
    assert statistics.median(named) <= 14


def test_without_the_rule_of_days_the_same_years_would_bury_the_living():
    hasty = JudgePolicy(strikes=1, strike_days=1, strike_span_days=1, recheck_suspect_1_days=1)
    links, _ = live_through(1, replaced(hasty, strikes_gone=1), links=300)
    assert sum(link.false_dead for link in links) > 5
