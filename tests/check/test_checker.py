"""The checker as the pipeline sees it."""

import datetime as dt
from collections.abc import AsyncIterator
from email.utils import format_datetime

import pytest

from monitor.check.checker import HostChecker
from monitor.check.interface import CheckRequest
from monitor.check.policy import HostRule
from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.model.observation import Phase
from monitor.model.page import QuoteMatch
from monitor.model.values import replaced
from tests.support.prose import page
from tests.support.scripted import SECURE, URL, ScriptedFetcher, found, run
from tests.support.watching import FAST, Time, request
from tests.support.zoo import NOW


async def test_a_page_with_its_quote_costs_one_request() -> None:
    fetcher = ScriptedFetcher({URL: found(URL, page("The mill", "The weir was built of oak in 1911."))})
    (report,) = await run(fetcher, request(URL, quote="The weir was built of oak in 1911."))
    assert len(fetcher.asked) == report.observation.requests == 1
    facts = report.facts["k"]
    assert facts.quote.match is QuoteMatch.FOUND
    assert facts.quote.text_fragment.startswith("#:~:text=")
    assert report.observation.title == "The mill"
    assert report.observation.fingerprint
    assert report.page is not None


async def test_a_page_with_its_title_costs_one_request() -> None:
    fetcher = ScriptedFetcher({URL: found(URL, page("The history of the upper mill"))})
    (report,) = await run(fetcher, request(URL, title="The history of the upper mill"))
    assert report.observation.requests == 1


async def test_siblings_are_asked_once_per_directory() -> None:
    urls = [f"http://a.example/d/{n}" for n in range(6)]
    fetcher = ScriptedFetcher({url: found(url, page(f"Page {url}")) for url in urls})
    reports = await run(fetcher, *(request(url) for url in urls))
    assert all(report.observation.outcome == "alive" for report in reports)
    assert len(fetcher.asked) == 7


async def test_a_sibling_costs_its_host_no_further_pause() -> None:
    urls = [f"http://a.example/{n}/page" for n in range(5)]
    fetcher = ScriptedFetcher({url: found(url, page(f"Page {url}")) for url in urls})
    time = Time()
    policy = replaced(FAST, host_gap_s=10.0, host_gap_jitter=0.0)
    checker = HostChecker(policy, fetcher, lambda: NOW, time.sleep, time.monotonic, lambda: 0.5)

    async def stream() -> AsyncIterator[CheckRequest]:
        for url in urls:
            yield request(url)

    assert {report.observation.outcome async for report in checker.check(stream())} == {"alive"}
    assert len(fetcher.asked) == 10
    assert time.now == pytest.approx(40.0), "five visits, four pauses"


async def test_no_sibling_where_switched_off() -> None:
    for policy in (
        replaced(FAST, sibling_probe=False),
        replaced(FAST, hosts={"a.example": HostRule(sibling_probe=False)}),
    ):
        fetcher = ScriptedFetcher({URL: found(URL, page("A page"))})
        await run(fetcher, request(URL), policy=policy)
        assert len(fetcher.asked) == 1


async def test_doi_is_proved_by_its_first_hop() -> None:
    doi = "https://doi.org/10.1000/182"
    fetcher = ScriptedFetcher({doi: found(doi, status=302, location="https://publisher.example/x")})
    (report,) = await run(fetcher, request(doi))
    assert (report.observation.outcome, len(fetcher.asked)) == ("alive", 1)
    (report,) = await run(ScriptedFetcher({}), request(doi))
    assert report.observation.outcome == "gone"


async def test_a_doi_with_a_quote_is_followed_and_a_refusing_publisher_is_a_note() -> None:
    doi, landing = "https://doi.org/10.1000/182", "https://publisher.example/x"
    fetcher = ScriptedFetcher(
        {doi: found(doi, status=302, location=landing), landing: found(landing, b"<p>no</p>", status=403)}
    )
    (report,) = await run(fetcher, request(doi, quote="The weir was built of oak"))
    assert report.observation.outcome == "alive"
    assert any("landing page: blocked" in note for note in report.observation.notes)
    assert report.facts["k"].quote.match is QuoteMatch.UNKNOWN


@pytest.mark.parametrize(("status", "outcome"), [(200, "alive"), (404, "gone")])
async def test_a_video_is_as_alive_as_its_preview(status: int, outcome: str) -> None:
    preview = "https://img.youtube.com/vi/abcdefghijk/0.jpg"
    url = "https://www.youtube.com/watch?v=abcdefghijk"
    fetcher = ScriptedFetcher(
        {preview: found(preview, b"\xff\xd8\xff", status=status, content_type="image/jpeg")}
    )
    (report,) = await run(fetcher, request(url))
    assert report.observation.outcome == outcome
    assert url not in [one.url for one in fetcher.asked]


async def test_an_archived_404_is_the_past_not_a_dead_link() -> None:
    url = "http://web.archive.org/web/20110217000000/http://a.example/x"
    answer = found(url, b"<h1>Not found</h1>", status=404, memento_datetime="Thu, 17 Feb 2011 00:00:00 GMT")
    (report,) = await run(ScriptedFetcher({url: answer}), request(url))
    assert report.observation.outcome == "alive"
    assert any("memento" in note for note in report.observation.notes)


async def test_host_rules_reach_the_request() -> None:
    policy = replaced(
        FAST,
        hosts={
            "a.example": HostRule(user_agent="special/1", headers=("X-Key: 7",), timeout_s=3.0),
        },
    )
    fetcher = ScriptedFetcher(
        {SECURE: found(SECURE, page("A page")), "http://b.example/": found("http://b.example/", page("B"))}
    )
    await run(fetcher, request(SECURE), request("http://b.example/"), policy=policy)
    asked = {one.url: one for one in fetcher.asked}
    assert asked[SECURE].headers["User-Agent"] == "special/1"
    assert asked[SECURE].headers["X-Key"] == "7"
    assert asked[SECURE].timeout_s == 3.0
    other = asked["http://b.example/"].headers
    assert not {"X-Key", "User-Agent"} & set(other), "the transport says who asks"


@pytest.mark.parametrize(
    ("status", "asked_again"), [(404, True), (410, True), (200, False), (403, False), (500, False)]
)
async def test_what_is_not_found_is_asked_for_with_the_mark_behind_it(status: int, asked_again: bool) -> None:
    """ "See http://a.example/Inc." may name "Inc": once, before anything is concluded."""
    body = page("The mill") if status == 200 else b"<p>No.</p>"
    dotted = f"{URL}."
    fetcher = ScriptedFetcher(
        {URL: found(URL, body, status=status), dotted: found(dotted, page("The mill, Inc."))}
    )
    asked = replaced(request(URL, title="The mill"), other_spellings=(dotted, f"{URL},"))
    (report,) = await run(fetcher, asked, policy=replaced(FAST, retries=0))
    seen = report.observation
    assert (dotted in {one.url for one in fetcher.asked}) is asked_again
    assert (seen.outcome == "alive") is (status == 200 or asked_again)
    if asked_again:
        assert seen.final_url == dotted
        assert "url: found with the . that stands behind it in the document" in seen.notes


async def test_neither_spelling_is_found() -> None:
    (report,) = await run(ScriptedFetcher({}), replaced(request(URL), other_spellings=(f"{URL}.",)))
    assert (report.observation.outcome, report.observation.final_url) == ("gone", URL)
    assert [one.purpose for one in report.observation.attempts] == [
        "page",
        "browser-headers",
        "other-spelling",
    ]


async def test_a_page_is_read_in_its_hosts_turn() -> None:
    """A document's public page waits its turn like a cited one; whatever is asked next waits after it."""
    home = "http://a.example/list"
    fetcher = ScriptedFetcher(
        {
            home: found(home, status=302, location="/new"),
            "http://a.example/new": found("http://a.example/new", page("A list")),
            URL: found(URL, page("A page")),
        }
    )
    time = Time()
    policy = replaced(FAST, host_gap_s=5.0, host_gap_jitter=0.0, sibling_probe=False)
    checker = HostChecker(policy, fetcher, lambda: NOW, time.sleep, time.monotonic, lambda: 0.5)
    answer = await checker.read(home)
    assert isinstance(answer, FetchResponse)
    assert (answer.url, answer.status) == ("http://a.example/new", 200)
    missing = await checker.read("http://a.example/none")
    assert isinstance(missing, FetchResponse)
    assert missing.status == 404

    async def stream() -> AsyncIterator[CheckRequest]:
        yield request(URL)

    assert [report.observation.outcome async for report in checker.check(stream())] == ["alive"]
    assert time.now == pytest.approx(10.0)
    assert await checker.read("htp://a.example/") == FetchFailure(
        phase=Phase.URL, cause="misspelt-scheme", detail="htp://a.example/"
    )


async def test_a_bug_on_one_page_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(ScriptedFetcher):
        async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
            if request.url == URL:
                raise RuntimeError("a bug")
            return await super().fetch(request)

    reports = await run(
        Broken({"http://b.example/": found("http://b.example/", page("B"))}),
        request(URL),
        request("http://b.example/"),
    )
    outcomes = {report.observation.url: report.observation.outcome for report in reports}
    assert outcomes == {URL: "unchecked", "http://b.example/": "alive"}
    assert "cannot check" in caplog.text


@pytest.mark.parametrize(
    ("answers", "sentinels", "there"),
    [
        ({}, (), True),
        ({"http://s.example/": found("http://s.example/", status=503)}, ("http://s.example/",), True),
        (
            {"http://s.example/": FetchFailure(phase=Phase.DNS, cause="dns-temporary")},
            ("http://s.example/",),
            False,
        ),
        (
            {"http://s.example/": FetchFailure(phase=Phase.DNS, cause="dns-temporary")},
            ("http://s.example/", "http://t.example/"),
            True,
        ),
    ],
)
async def test_sentinels(answers: dict, sentinels: tuple[str, ...], there: bool) -> None:
    time = Time()
    checker = HostChecker(
        replaced(FAST, sentinels=sentinels),
        ScriptedFetcher(answers), lambda: NOW, time.sleep, time.monotonic, lambda: 0.5,
    )  # fmt: skip
    reason = await checker.connected()
    assert (reason is None) is there
    if not there:
        assert "dns-temporary" in reason
        assert "check.sentinels" in reason


async def test_the_observation_tells_what_was_asked_and_why() -> None:
    answer = found(
        URL, b"<title>Just a moment...</title>", status=403, cf_mitigated="challenge", server="cloudflare"
    )
    (report,) = await run(ScriptedFetcher({URL: answer}), request(URL))
    seen = report.observation
    assert seen.observed_at == NOW
    assert dict(seen.attempts[0].headers)["cf-mitigated"] == "challenge"
    assert any("cf-mitigated" in one.detail for one in seen.evidence)
    assert isinstance(seen.observed_at, dt.datetime)


async def test_a_move_is_proved_by_quote_title_or_canonical() -> None:
    old, new = "http://a.example/old/mill", "http://a.example/new/mill"
    moved = found(old, status=301, location=new)
    bare = page("Something of a headline")
    canonical = page("Something", head=f'<link rel="canonical" href="{new}">')
    cases = [(bare, None, "low"), (bare, "Something of a headline", "high"), (canonical, None, "high")]
    for body, title, confidence in cases:
        fetcher = ScriptedFetcher({old: moved, new: found(new, body)})
        (report,) = await run(fetcher, request(old, title=title))
        seen = report.observation
        assert (seen.outcome, seen.permanent_target, seen.confidence) == ("moved", new, confidence)


@pytest.mark.parametrize(
    ("date", "there"),
    [
        (NOW + dt.timedelta(hours=23), True),
        (NOW - dt.timedelta(hours=23), True),
        (NOW + dt.timedelta(hours=25), False),
        (NOW - dt.timedelta(days=400), False),
        (None, True),
        ("yesterday", True),
        ("Fri, 31 Dec 9999 23:59:59", True),
    ],
)
async def test_a_clock_that_is_days_wrong_counts_as_no_network(date: object, there: bool) -> None:
    time = Time()
    told = format_datetime(date, usegmt=True) if isinstance(date, dt.datetime) else date
    headers = {"date": told} if isinstance(told, str) else {}
    fetcher = ScriptedFetcher({"http://s.example/": found("http://s.example/", **headers)})
    policy = replaced(FAST, sentinels=("http://s.example/",))
    wired = (policy, fetcher, lambda: NOW, time.sleep, time.monotonic, lambda: 0.5)
    reason = await HostChecker(*wired, wall=lambda: NOW).connected()
    assert (reason is None) is there
    assert there or "by this machine's clock" in reason
    assert await HostChecker(*wired).connected() is None  # the present was given: nothing to contradict


async def test_a_sibling_costs_one_request_whatever_comes_of_it() -> None:
    class Failing(ScriptedFetcher):
        def __init__(self, answer: FetchResponse | FetchFailure) -> None:
            super().__init__({URL: found(URL, page("A page"))})
            self.answer = answer

        async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
            known = await super().fetch(request)
            return known if request.url == URL else self.answer

    for answer in (
        found(URL, status=503, retry_after="1"),
        found(URL, status=500),
        FetchFailure(phase=Phase.CONNECT, cause="connection-reset"),
        FetchFailure(phase=Phase.HTTP, cause="timeout"),
    ):
        fetcher = Failing(answer)
        (report,) = await run(fetcher, request(URL))
        assert report.observation.outcome == "alive"
        assert len(fetcher.asked) == 2, answer


async def test_an_entry_page_by_another_of_its_names_has_not_moved() -> None:
    home, index = "http://a.example/", "http://a.example/index.html"
    for asked, target in ((home, index), (index, home)):
        answers = {asked: found(asked, status=301, location=target), target: found(target, page("Home"))}
        (report,) = await run(ScriptedFetcher(answers), request(asked))
        assert report.observation.outcome == "alive"
    other = "http://b.example/"
    answers = {home: found(home, status=301, location=other), other: found(other, page("Home"))}
    (report,) = await run(ScriptedFetcher(answers), request(home))
    assert report.observation.outcome == "moved"
