"""Every hard case against real servers on loopback: outcome, cause, notes, requests made."""

import asyncio

import pytest

from monitor.check.interface import CheckReport
from monitor.check.policy import HostRule
from monitor.model.values import replaced
from tests.check.hard_cases import CASES, ELSEWHERE, Case
from tests.support.certificates import certificates
from tests.support.watching import FAST, Time, Watch, request
from tests.support.zoo import Zoo

POLICY = replaced(
    FAST,
    # All cases run at once: on a busy machine a handshake takes its time.
    timeout_s=8.0,
    connect_timeout_s=6.0,
    exclude=("shunned.zoo.test",),
    hosts={
        "accepted.zoo.test": HostRule(accept=("404",), reason="answers 404 to everybody"),
        # The dawdlers wait side by side, so that the whole run takes seconds.
        "slow.zoo.test": HostRule(concurrency=8),
    },
)


@pytest.fixture(scope="module")
def reports() -> dict[str, CheckReport]:
    """Probe all cases in one run, as a night would."""

    async def probe() -> dict[str, CheckReport]:
        async with Zoo(certificates()) as zoo:
            watch = Watch(zoo, Time())
            found = {}
            for names in (False, True):
                cases = {case.url: case for case in CASES if case.names is names}.values()
                asked = [request(case.url, case.quote) for case in cases]
                for report in await watch.check(asked, POLICY, names=names):
                    found[report.observation.url] = report
            return found

    return asyncio.run(probe())


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_case(case: Case, reports: dict[str, CheckReport]) -> None:
    report = reports[case.url]
    seen = report.observation
    shown = f"{seen.outcome} {seen.cause} {seen.notes} {[(a.purpose, a.url, a.status or a.cause) for a in seen.attempts]}"
    assert seen.outcome == case.outcome, shown
    if case.cause is not None:
        assert seen.cause == case.cause, shown
    for note in case.notes:
        assert any(note in one for one in seen.notes), shown
    if case.phase is not None:
        assert seen.phase == case.phase, shown
    if case.requests is not None:
        assert seen.requests == case.requests, shown
    if case.status is not None:
        assert seen.http_status == case.status, shown
    if case.final not in (None, "*"):
        assert seen.final_url == case.final, shown
    assert report.facts["k"].fragment_missing is case.astray, shown
    assert seen.permanent_target == case.target, shown
    if case.quote is not None:
        assert report.facts["k"].quote.match == "found", shown
    if not seen.outcome.readable:
        assert seen.evidence, shown


def test_every_case_has_a_place() -> None:
    assert {case.number for case in CASES} | set(ELSEWHERE) == set(
        range(1, max(case.number for case in CASES) + 1)
    )


async def test_a_429_is_forgotten(watch: Watch) -> None:
    url = "http://limited.zoo.test/text"
    first = await watch.check([request(url)])
    second = await watch.check([request(url)])
    assert [r[0].observation.outcome for r in (first, second)] == ["rate-limited", "alive"]


async def test_nothing_leaks(watch: Watch) -> None:
    policy = replaced(
        FAST, hosts={"leaks.zoo.test": HostRule(headers=("Authorization: Bearer secret", "X-Key: secret"))}
    )
    await watch.check([request("https://leaks.zoo.test/page")], policy)
    first, *_ = watch.zoo.asked["leaks.zoo.test"]
    assert first.headers["authorization"] == "Bearer secret"
    for ask in watch.zoo.asked["fine.zoo.test"]:
        assert "secret" not in ask.raw.decode("latin-1")
