"""The checker with a real Chromium over loopback: pages that only scripts fill, doors that browsers find open."""

import time
from pathlib import Path

import pytest

from monitor.fetch.browser import ChromiumBrowser
from monitor.fetch.policy import BrowserPolicy
from tests.browser.conftest import chromium_path
from tests.support.certificates import certificates
from tests.support.watching import Watch, request
from tests.support.zoo import NOW, Zoo
from tests.support.zoo_walls import FILLED

pytestmark = pytest.mark.slow

PAGES = {
    "filled": "http://filled.zoo.test/page",
    "door": "http://browsers-only.zoo.test/page",
    "challenge": "http://browsers-only.zoo.test/challenge",
}


async def test_what_only_a_browser_is_shown(tmp_path):
    policy = BrowserPolicy(
        enabled=True,
        executable=chromium_path(),
        sandbox=False,
        timeout_s=60,
        settle_s=10,
        screenshots="shots",
    )
    browsers = []

    def made(fetcher):
        options = {
            "folder": tmp_path / "shots",
            "contact": None,
            "clock": lambda: NOW,
            "monotonic": time.monotonic,
        }
        browsers.append(ChromiumBrowser(policy, fetcher.dialler, **options))
        return browsers[0]

    async with Zoo(certificates()) as zoo:
        try:
            reports = await Watch(zoo).check([request(url, FILLED) for url in PAGES.values()], browser=made)
        finally:
            await browsers[0].close()
        asked = {
            name: [one.path for one in zoo.asked[f"{name}.zoo.test"]] for name in ("filled", "browsers-only")
        }
        inward = {host for host in zoo.asked if not host.endswith(".zoo.test")}
    seen = dict(zip(PAGES, reports, strict=True))
    told = {name: (one.observation.outcome, one.facts["k"].quote.match) for name, one in seen.items()}
    assert told == {
        "filled": ("alive", "found"),
        "door": ("alive", "found"),
        "challenge": ("blocked", "unknown"),
    }, {name: one.observation.notes for name, one in seen.items()}
    # The browser met the challenge once, and not even its script ran.
    assert asked["browsers-only"].count("/challenge") == 3  # plain, with a browser's headers, by the browser
    assert "/passed" not in asked["browsers-only"]
    assert "/text" in asked["filled"]
    assert inward == set()
    (picture,) = [one.detail for one in seen["filled"].observation.evidence if one.kind == "screenshot"]
    assert Path(picture).read_bytes().startswith(b"\x89PNG\r\n")
