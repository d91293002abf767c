"""What reads hostile input, each as a function of bytes that raises only where there is a bug.

An input to a target that reads answers is what a server would send, in the plain form of `answers`: so kept
inputs can be read, written by hand, and mutated into one another.
"""

import asyncio
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from monitor.archive.errors import ArchiveTrouble
from monitor.archive.interface import LookUp
from monitor.archive.memento import parse_cdxj
from monitor.archive.policy import ArchivePolicy
from monitor.archive.registry import build_archive
from monitor.archive.wayback import parse_index, parse_listing
from monitor.check.checker import HostChecker
from monitor.check.interface import CheckReport, CheckRequest
from monitor.check.policy import CheckPolicy
from monitor.config import load_config
from monitor.errors import ConfigError
from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.fetch.target import location_of
from monitor.model.observation import Outcome, Phase
from monitor.model.page import PageText
from monitor.model.snapshot import Capture, CaptureState, SnapshotWanted
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.page.quote.drift import measure_drift
from monitor.page.quote.match import match_quote
from monitor.page.text.read import page_text
from tests.fuzz.documents import READERS
from tests.support.archive_trial import Notebook, Time

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
URL = "https://mill.example/weir/page.html"
SOURCE = Source(canonical_url=URL, url=URL)
QUOTE = "The weir was built of oak in 1911, and rebuilt in stone four years later."
BETWEEN = b"\n----\n"


def answers(data: bytes) -> Iterator[FetchResponse | FetchFailure]:
    """Yield the answers an input stands for, parted by lines of four dashes.

    Each is a line with its status (or `fail PHASE CAUSE`), header lines, a blank line, and the body.
    """
    for part in data.split(BETWEEN):
        head, _, body = part.partition(b"\n\n")
        first, *lines = head.decode("latin-1").split("\n")
        if first.startswith("fail"):
            _, phase, cause, *_ = [*first.split(" "), "http", "reset"]
            phases = [one for one in Phase if one.value == phase]
            yield FetchFailure(phase=phases[0] if phases else Phase.HTTP, cause=cause)
            continue
        headers = [
            (name.strip().lower(), value.strip())
            for name, _, value in (line.partition(":") for line in lines)
        ]
        location = next((value for name, value in headers if name == "location"), None)
        yield FetchResponse(
            url=URL,
            status=int(first) if first.isascii() and first.isdigit() and len(first) <= 3 else 200,
            headers=tuple(headers),
            location=location_of(location.encode("latin-1")) if location else None,
            body=body[: 10**7],
            truncated=first.endswith("+"),
        )


class Script:
    """A Fetcher that gives the answers of an input in turn, the last one for ever."""

    def __init__(self, data: bytes) -> None:
        self._left = list(answers(data))

    async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
        answer = self._left.pop(0) if len(self._left) > 1 else self._left[0]
        return replaced(answer, url=request.url) if isinstance(answer, FetchResponse) else answer

    async def close(self) -> None:
        """Hold nothing."""


def page(data: bytes) -> None:
    """What a reader sees of a body, of whatever media type it says it is."""
    for answer in answers(data):
        if isinstance(answer, FetchResponse):
            read = page_text(answer.body, answer.header("content-type"), answer.header("url") or URL)
            assert read is None or isinstance(read.visible, str)


def quote(data: bytes) -> None:
    """Whether a page holds a quote, and how its text drifted from another."""
    wanted, _, rest = data.partition(BETWEEN)
    text, _, other = rest.partition(BETWEEN)
    shown = [
        PageText(visible=one.decode("utf-8", "replace"), main=one.decode("utf-8", "replace"))
        for one in (text, other)
    ]
    found = match_quote(wanted.decode("utf-8", "replace"), shown[0])
    assert found.match is not None
    assert measure_drift(shown[1], shown[0]).drift is not None


def classifier(data: bytes) -> None:
    """What a source's answers amount to: redirects, retries, walls, siblings, quotes and all."""
    time = Time(NOW)
    checker = HostChecker(
        CheckPolicy(sentinels=(), host_gap_s=0.0),
        Script(data),
        clock=lambda: NOW,
        sleep=time.sleep,
        monotonic=time.monotonic,
        chance=random.Random(1).random,
    )

    async def one() -> CheckReport:
        async def asked():
            yield CheckRequest(
                source=SOURCE, titles={"k": "The weir"}, quotes={"k": QUOTE}, fragments={"k": "oak"}
            )

        return await anext(checker.check(asked()))

    report = asyncio.run(one())
    assert report.observation.outcome in Outcome
    assert report.observation.cause != "internal-error", report.observation


def config(data: bytes) -> None:
    """A configuration file: read, or every fault named."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "config.toml"
        file.write_bytes(data)
        faults: tuple[str, ...] = ()
        try:
            load_config(file, environment={})
        except ConfigError as error:
            faults = error.faults or ("none named",)
        assert all(fault.startswith(str(file)) for fault in faults), faults


def index(data: bytes) -> None:
    """What an index of captures lists, in each of its formats."""
    for answer in answers(data):
        for parse in (parse_index, parse_listing, parse_cdxj):
            if isinstance(answer, FetchResponse):
                with suppress(ArchiveTrouble):
                    parse(answer)


def _archive(data: bytes, *, providers: tuple[str, ...] = ("wayback",)):
    time = Time(NOW)
    policy = ArchivePolicy(providers=providers)
    keys = replaced(policy.wayback, access_key="k", secret_key="s", capture_wait_s=30.0)
    script = Script(data)
    return build_archive(
        replaced(policy, wayback=keys),
        lambda _: script,
        Notebook(),
        clock=time.clock,
        sleep=time.sleep,
        monotonic=time.monotonic,
    )


def replay(data: bytes) -> None:
    """A whole look-up: index, second opinion and the captures played, whatever they answer."""
    wanted = [SnapshotWanted(key="k", access_date="2011-11-21", quote=QUOTE, title="The weir")]
    archive = _archive(data)
    answer = asyncio.run(archive.look_up(LookUp(source=SOURCE, wanted=wanted, now=NOW)))
    assert set(answer.results) == {"k"}


def capture(data: bytes) -> None:
    """Save Page Now: a submission and its following, whatever they answer."""

    async def asked() -> Capture:
        archive = _archive(data)
        made = await archive.capture(SOURCE, NOW)
        return await archive.follow(made, NOW)

    made = asyncio.run(asked())
    assert made.state in CaptureState
    json.dumps(made.reason)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    one.__name__: one for one in (page, quote, classifier, config, index, replay, capture)
} | dict(READERS)
