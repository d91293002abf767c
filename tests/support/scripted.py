"""A checker over answers from a table, in time that does not pass."""

from collections.abc import AsyncIterator

from monitor.check.checker import HostChecker
from monitor.check.interface import CheckRequest
from monitor.check.policy import CheckPolicy
from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.model.values import replaced
from tests.support.watching import FAST, Time, request
from tests.support.zoo import NOW


class ScriptedFetcher:
    """Answers from a table; keeps what was asked."""

    def __init__(self, answers: dict[str, FetchResponse | FetchFailure]) -> None:
        self.answers = answers
        self.asked: list[FetchRequest] = []

    async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
        self.asked.append(request)
        return self.answers.get(request.url) or FetchResponse(url=request.url, status=404)

    async def close(self) -> None:
        return None


def found(
    url: str, body: bytes = b"", status: int = 200, location: str | None = None, **headers: str
) -> FetchResponse:
    names = {"content_type": "text/html"} | headers
    return FetchResponse(
        url=url,
        status=status,
        headers=tuple((name.replace("_", "-"), value) for name, value in names.items()),
        location=location,
        body=body,
    )


async def run(fetcher: object, *requests: CheckRequest, policy: CheckPolicy = FAST) -> list:
    time = Time()
    checker = HostChecker(policy, fetcher, lambda: NOW, time.sleep, time.monotonic, lambda: 0.5)

    async def stream() -> AsyncIterator[CheckRequest]:
        for one in requests:
            yield one

    return [report async for report in checker.check(stream())]


URL = "http://a.example/page"
SECURE = "https://a.example/page"


class Timed(ScriptedFetcher):
    """Answers each address from a list, in turn, and notes when it was asked."""

    def __init__(self, answers: dict[str, list[FetchResponse | FetchFailure]], time: Time) -> None:
        super().__init__({})
        self.script, self.time = answers, time
        self.times: dict[str, list[float]] = {url: [] for url in answers}

    async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
        self.times[request.url].append(self.time.now)
        answers = self.script[request.url]
        return answers.pop(0) if len(answers) > 1 else answers[0]


async def timed(
    script: dict[str, list[FetchResponse | FetchFailure]], policy: CheckPolicy = FAST
) -> tuple[Timed, list]:
    time = Time()
    fetcher = Timed(script, time)
    checker = HostChecker(
        replaced(policy, sibling_probe=False),
        fetcher,
        lambda: NOW,
        time.sleep,
        time.monotonic,
        lambda: 0.5,
    )

    async def stream() -> AsyncIterator[CheckRequest]:
        for url in script:
            yield request(url)

    return fetcher, [report async for report in checker.check(stream())]


def limited(url: str, **headers: str) -> FetchResponse:
    return found(url, b"slow down", status=429, **headers)
