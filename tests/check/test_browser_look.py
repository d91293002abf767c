"""When a browser looks, and what its look counts for; the browser here is a stand-in that keeps its Protocol."""

import asyncio
from dataclasses import dataclass, field

import pytest

from monitor.fetch.interface import BrowserLook, FetchFailure, FetchResponse
from monitor.model.observation import Phase
from tests.support.watching import Watch, request
from tests.support.zoo_walls import FILLED

HTML = (("content-type", "text/html; charset=utf-8"),)
PAGE = f"<title>Ports</title><h1>Ports</h1><p>{FILLED}</p>"


@dataclass
class StandIn:
    """Shows one page, or fails; says what it was asked and how many pages were open at once."""

    html: str = PAGE
    status: int = 200
    failure: FetchFailure | None = None
    asked: list[str] = field(default_factory=list)
    halted: list[bool] = field(default_factory=list)
    open: int = 0
    most: int = 0

    async def look(self, url, *, halt, excluded):
        self.asked.append(url)
        self.open += 1
        self.most = max(self.most, self.open)
        await asyncio.sleep(0)
        self.open -= 1
        answer = FetchResponse(url=url, status=self.status, headers=HTML, body=self.html.encode())
        self.halted.append(halt(answer))
        return BrowserLook(answer=self.failure or answer, halted=self.halted[-1], picture="shots/ports.png")

    async def close(self):
        pass


async def seen(watch: Watch, browser: StandIn, *urls: str, quote: str | None = FILLED):
    reports = await watch.check([request(url, quote) for url in urls], browser=lambda _: browser)
    return [(one.observation, one.facts["k"].quote.match) for one in reports]


async def test_a_shell_is_read_as_the_browser_shows_it(watch):
    browser = StandIn()
    ((seen_page, quote),) = await seen(watch, browser, "http://filled.zoo.test/page")
    assert (seen_page.outcome, quote) == ("alive", "found")
    assert "browser: the page was read as a browser shows it" in seen_page.notes
    assert not any("its text was not seen" in note for note in seen_page.notes)
    assert ("screenshot", "shots/ports.png") in [(one.kind, one.detail) for one in seen_page.evidence]
    assert [one.purpose for one in seen_page.attempts] == ["page", "browser"]
    # The same shell says nothing of the same text: next time is asked in full.
    assert (seen_page.etag, seen_page.last_modified) == (None, None)


async def test_a_page_that_was_read_is_not_looked_at(watch):
    browser = StandIn()
    await seen(watch, browser, "http://living.zoo.test/a", "http://error-pages.zoo.test/a", quote=None)
    assert browser.asked == []


@pytest.mark.parametrize("path", ["cloudflare-403", "vercel", "login-401", "cookie-429"])
async def test_no_look_past_a_challenge_or_a_login(watch, path):
    browser = StandIn()
    ((seen_page, _),) = await seen(watch, browser, f"http://walls.zoo.test/{path}")
    assert not seen_page.outcome.readable
    assert browser.asked == []


async def test_a_door_that_is_open_to_browsers(watch):
    ((seen_page, quote),) = await seen(watch, StandIn(), "http://browsers-only.zoo.test/page")
    assert (seen_page.outcome, quote) == ("alive", "found")


@pytest.mark.parametrize(
    "browser",
    [
        StandIn(html="<title>x</title><div id=root></div><script>1</script>"),
        StandIn(html="<title>Forbidden</title><h1>Forbidden</h1>", status=403),
        StandIn(
            html="<title>Just a moment...</title><div id=challenge-form>cf-browser-verification</div>",
            status=403,
        ),
        StandIn(failure=FetchFailure(phase=Phase.HTTP, cause="timeout", detail="more than 30 s")),
        StandIn(html="down", status=502),
    ],
    ids=["shell", "refused", "challenge", "timeout", "down"],
)
async def test_a_look_that_tells_no_more_changes_nothing(watch, browser):
    urls = ["http://filled.zoo.test/page", "http://browsers-only.zoo.test/page"]
    plain = await watch.check([request(url, FILLED) for url in urls])
    looked = await seen(watch, browser, *urls)
    assert browser.asked == urls
    for before, (after, _) in zip(plain, looked, strict=True):
        assert (after.outcome, after.cause, after.evidence) == (
            before.observation.outcome,
            before.observation.cause,
            before.observation.evidence,
        )
        assert set(after.notes) > set(before.observation.notes)


async def test_a_page_of_absence_is_judged_like_any_other(watch):
    browser = StandIn(
        html="<title>Page not found</title><h1>Page not found</h1><p>We could not find this page."
    )
    ((seen_page, _),) = await seen(watch, browser, "http://filled.zoo.test/page")
    assert (seen_page.outcome, seen_page.cause) == ("soft-404", "error-page")


async def test_one_page_of_a_host_at_a_time_and_no_more_than_allowed(watch):
    browser = StandIn()
    await seen(watch, browser, *(f"http://filled.zoo.test/{number}" for number in range(4)))
    assert (len(browser.asked), browser.most) == (4, 1)
