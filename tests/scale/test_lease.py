"""A worker that lost its lease sends nothing, and tells nobody of what it could not send."""

import asyncio

import pytest

from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.model.observation import Phase
from monitor.scale.lease import Lease, LeasedFetcher
from monitor.scale.turns import HostTurns

URL = "http://mill.example/"


class Slow:
    """A transport whose connections take long, while something else may happen."""

    def __init__(self, meanwhile):
        self.meanwhile, self.sent = meanwhile, 0

    async def fetch(self, request):
        self.meanwhile()
        if request.still is not None and not request.still():
            return FetchFailure(phase=Phase.CONNECT, cause="not-sent")
        self.sent += 1
        return FetchResponse(url=request.url, status=200)


@pytest.mark.parametrize(("slept_s", "sent"), [(0.0, 1), (60.0, 0)])
async def test_what_was_connecting_when_the_lease_ended_is_not_sent(slept_s, sent):
    now = 0.0

    def sleep():
        nonlocal now
        now += slept_s

    async def beat():
        return True

    lease = Lease(beat, every_s=5, stalled_s=30, clock=lambda: now)
    transport = Slow(sleep)
    turns = HostTurns(None, lambda _: 0.0, monotonic=lambda: now)
    asking = asyncio.ensure_future(
        LeasedFetcher(transport, lambda: lease, turns).fetch(FetchRequest(url=URL))
    )
    await asyncio.wait({asking}, timeout=0.05)
    assert (asking.done(), transport.sent) == (bool(sent), sent)
    asking.cancel()
