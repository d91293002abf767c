"""A real Chromium, Debian's, driven by playwright; where either is missing the tests say so and skip.

With NEED_CHROMIUM set, as in CI, they fail instead.
"""

import os
import shutil
from pathlib import Path

import pytest

from monitor.fetch.browser import NAMES
from monitor.report.publish import write_site
from tests.support import report_cases

ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def chromium_path() -> str:
    """Return Chromium's path, or skip."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing = "no Chromium on this machine: apt-get install chromium, or set CHROMIUM"
        if os.environ.get("NEED_CHROMIUM"):
            pytest.fail(missing)
        pytest.skip(missing)
    return path


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = chromium_path()
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The status page of a report with every status."""
    folder = tmp_path_factory.mktemp("site")
    write_site(report_cases.report(), folder, ["html", "json"])
    return folder


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_site(report_cases.report(report_cases.hostile()), folder, ["html", "json"])
    return folder


@pytest.fixture
def visit(browser):
    """Open a page of a site in a fresh context; every console error or page error fails the test."""
    contexts, troubles = [], []

    def opened(folder: Path, address: str = "index.html", *, width: int = 1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: None if asked.url.startswith(("file:", "data:")) else troubles.append(asked.url),
        )
        page.goto(f"file://{folder}/{address}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []
