"""A page as readers see it: Chromium, driven by playwright, behind a proxy that asks the address guard.

Only this file knows playwright (extra `browser`), and only when a page is looked at. A context of its own for
each page: no cookie, no cache and no permission outlives a look. Nothing is clicked, typed or solved.
"""

import asyncio
import hashlib
import re
import shutil
from base64 import b64decode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from monitor.errors import UsageError, advice
from monitor.fetch.dial import Dialler
from monitor.fetch.guarded_proxy import GuardedProxy
from monitor.fetch.identity import program
from monitor.fetch.interface import BrowserLook, FetchFailure, FetchResponse
from monitor.fetch.policy import BrowserPolicy
from monitor.fetch.redirects import REDIRECTS, redirect_target
from monitor.fetch.target import HTTP_PORTS, location_of, parse_target
from monitor.model.observation import Hop, Phase
from monitor.model.ports import Clock, Monotonic
from monitor.model.urls import masked
from monitor.model.values import replaced

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SWITCHES = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--mute-audio", "--disable-dev-shm-usage"),
    # Whatever would pass by the proxy: names looked up, and WebRTC's datagrams.
    *("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--proxy-bypass-list=<-loopback>"),
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
NOWHERE = "http://127.0.0.1:9"
"""The proxy of everything that belongs to no look (the discard port): it leads nowhere."""

HEAVY = frozenset({"image", "media", "font"})
"""What tells nothing of a page's text; loaded only for a picture."""

CLOSE_S = 5.0
_KEPT_OUT = frozenset(
    {"content-type", "content-encoding", "content-length", "transfer-encoding", "etag", "last-modified"}
)
"""Headers that speak of the bytes sent, not of the page shown: one shell may be filled with other texts."""

_SHOWN = """limit => {
  const openUp = root => {
    for (const one of root.querySelectorAll('*')) {
      let inside = one.shadowRoot;
      if (one.localName === 'iframe') {
        try { inside = one.contentDocument && one.contentDocument.body; } catch { inside = null; }
      }
      if (!inside) continue;
      openUp(inside);
      const copy = document.createElement('div');
      for (const child of inside.childNodes) copy.append(document.importNode(child, true));
      one.before(copy);
    }
  };
  openUp(document);
  return document.documentElement ? document.documentElement.outerHTML.slice(0, limit) : '';
}"""
"""Copies what open shadow trees and frames of the same origin show beside them, and returns the HTML."""


def found_browser(policy: BrowserPolicy) -> str:
    """Return the browser's path; raises UsageError where it, or what drives it, is not installed."""
    if find_spec("playwright") is None:
        raise UsageError(f"[browser] enabled: the extra `browser` is not installed; {advice('browser')}")
    wanted = (policy.executable,) if policy.executable else NAMES
    for name in wanted:
        if path := shutil.which(name):
            return path
    raise UsageError(
        f"[browser] enabled: no browser found ({', '.join(wanted)}); install Chromium, "
        "or name one in browser.executable"
    )


@dataclass(slots=True)
class _Seen:
    """What is noted of one look while it goes on."""

    document: FetchResponse | None = None
    hops: list[Hop] = field(default_factory=list)
    halted: bool = False
    requests: int = 0


class ChromiumBrowser:
    """A Browser over an installed Chromium, started at the first look.

    Raises UsageError on construction where it cannot be had or `folder` cannot be written.
    """

    def __init__(
        self,
        policy: BrowserPolicy,
        dialler: Dialler,
        *,
        folder: Path | None,
        contact: str | None,
        clock: Clock,
        monotonic: Monotonic,
    ) -> None:
        self._policy, self._dialler, self._folder = policy, dialler, folder
        self._clock, self._monotonic = clock, monotonic
        self._contact = f" (+{contact})" if contact else ""
        self._path = found_browser(policy)
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UsageError(f"browser.screenshots: {folder}: {error}") from error
        self._driver: Any = None
        self._browser: Any = None
        self._starting = asyncio.Lock()
        self._fault: str | None = None

    async def version(self) -> str:
        """Start the browser and return what it calls itself; raises UsageError where it does not start."""
        browser = await self._started()
        if browser is None:
            raise UsageError(self._fault or "the browser does not start")
        return f"{Path(self._path).name} {browser.version}"

    async def look(
        self,
        url: str,
        *,
        halt: Callable[[FetchResponse], bool],
        excluded: Callable[[str], str | None],
    ) -> BrowserLook:
        """Open a page and return what it shows; see `Browser`."""
        browser = await self._started()
        if browser is None:
            return _failed("browser-failed", self._fault or "")
        started = self._monotonic()
        seen = _Seen()
        proxy = GuardedProxy(self._dialler, excluded, max_bytes=self._policy.max_bytes)
        try:
            async with (
                asyncio.timeout(self._policy.timeout_s),
                proxy,
                self._context(browser, proxy) as context,
            ):
                return await self._seen(context, url, seen, halt, excluded, started)
        except TimeoutError:
            return _failed("timeout", f"more than {self._policy.timeout_s:g} s", seen)
        except Exception as error:  # noqa: BLE001 - whatever a driver of another program raises
            if seen.halted and seen.document is not None:
                return BrowserLook(answer=seen.document, hops=tuple(seen.hops), halted=True)
            host = parse_target(url)
            refused = None if isinstance(host, FetchFailure) else proxy.refused.get(host.host)
            if refused is not None:
                return _failed("private-address", refused, seen)
            return _failed(
                "too-large" if proxy.spent else "browser-failed", str(error).partition("\n")[0], seen
            )

    async def close(self) -> None:
        """End the browser."""
        for ending in (self._browser and self._browser.close, self._driver and self._driver.stop):
            if ending:
                with suppress(Exception):
                    await asyncio.wait_for(ending(), CLOSE_S)
        self._browser = self._driver = None

    async def _started(self) -> Any:
        async with self._starting:
            if self._fault is None and (self._browser is None or not self._browser.is_connected()):
                await self.close()
                try:
                    self._driver = await import_module("playwright.async_api").async_playwright().start()
                    self._browser = await self._driver.chromium.launch(
                        executable_path=self._path,
                        args=[*SWITCHES],
                        chromium_sandbox=self._policy.sandbox,
                        proxy={"server": NOWHERE},
                    )
                except Exception as error:  # noqa: BLE001 - whatever a driver of another program raises
                    self._fault = _why(str(error))
                    await self.close()
            return self._browser

    @asynccontextmanager
    async def _context(self, browser: Any, proxy: GuardedProxy) -> AsyncIterator[Any]:
        context = await browser.new_context(
            proxy={"server": proxy.address},
            user_agent=self._agent(browser.version),
            accept_downloads=False,
            service_workers="block",
            viewport={"width": 1280, "height": 1024},
        )
        try:
            yield context
        finally:
            try:
                await asyncio.wait_for(context.close(), CLOSE_S)
            except Exception:  # noqa: BLE001 - a page that keeps its process busy takes the browser with it
                await self.close()

    def _agent(self, version: str) -> str:
        """Return the engine's own User-Agent with our name beside it: it never hides who asks."""
        major = version.partition(".")[0]
        return (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"Chrome/{major}.0.0.0 Safari/537.36 {program()}{self._contact}"
        )

    async def _seen(
        self,
        context: Any,
        url: str,
        seen: _Seen,
        halt: Callable[[FetchResponse], bool],
        excluded: Callable[[str], str | None],
        started: float,
    ) -> BrowserLook:
        page = await context.new_page()
        context.on("page", lambda other: asyncio.ensure_future(other.close()))
        await context.route("**/*", lambda route: self._allowed(route, seen, excluded))
        wire = await context.new_cdp_session(page)
        await _Documents(wire, seen, halt, self._policy.max_bytes).watch()
        await page.goto(url, wait_until="commit", timeout=0)
        for state in ("domcontentloaded", "networkidle"):
            with suppress(Exception):
                await page.wait_for_load_state(state, timeout=self._policy.settle_s * 1000)
        document = seen.document
        if document is None:
            return _failed("browser-failed", "no document came", seen)
        picture = await self._picture(page, url) if self._folder is not None else None
        if not seen.halted and "html" in (document.header("content-type") or "html"):
            document = await self._shown(wire, page, document)
        document = replaced(document, duration_s=self._monotonic() - started)
        return BrowserLook(answer=document, hops=tuple(seen.hops), halted=seen.halted, picture=picture)

    async def _allowed(self, route: Any, seen: _Seen, excluded: Callable[[str], str | None]) -> None:
        """Let one request of the page go, or not; the proxy asks the guard for those that do."""
        request = route.request
        seen.requests += 1
        scheme = request.url.partition(":")[0]
        heavy = self._folder is None and request.resource_type in HEAVY
        over = seen.requests > self._policy.max_requests
        wrong = scheme not in (*HTTP_PORTS, "data", "blob", "about")
        with suppress(Exception):  # the page went away meanwhile
            if heavy or over or wrong or (scheme in HTTP_PORTS and excluded(request.url)):
                await route.abort("blockedbyclient")
            else:
                await route.continue_()

    async def _shown(self, wire: Any, page: Any, document: FetchResponse) -> FetchResponse:
        """Return the document as it stands now, read from a world of its own that the page cannot bend."""
        frame = (await wire.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        world = await wire.send("Page.createIsolatedWorld", {"frameId": frame})
        limit = self._policy.max_bytes // 4
        found = await wire.send(
            "Runtime.callFunctionOn",
            {
                "functionDeclaration": _SHOWN,
                "executionContextId": world["executionContextId"],
                "arguments": [{"value": limit}],
                "returnByValue": True,
            },
        )
        body = found["result"].get("value", "").encode("utf-8", "replace")
        kept = tuple((name, value) for name, value in document.headers if name not in _KEPT_OUT)
        return replaced(
            document,
            url=urldefrag(page.url)[0],
            headers=(*kept, ("content-type", "text/html; charset=utf-8")),
            body=body,
            truncated=len(body) >= limit,
        )

    async def _picture(self, page: Any, url: str) -> str | None:
        if self._folder is None:
            return None
        name = re.sub(r"[^a-z0-9.-]+", "-", url.partition("://")[2].lower())[:80].strip("-.")
        path = (
            self._folder / f"{self._clock():%Y%m%d}-{name}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.png"
        )
        with suppress(Exception):  # a picture is a kindness; the page's text is the evidence
            await page.screenshot(path=path, timeout=self._policy.settle_s * 1000)
            return str(path)
        return None


class _Documents:
    """Stands at the wire of a page: sees every document before its scripts run."""

    def __init__(self, wire: Any, seen: _Seen, halt: Callable[[FetchResponse], bool], max_bytes: int) -> None:
        self._wire, self._seen, self._halt, self._max_bytes = wire, seen, halt, max_bytes
        self._frame: str | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def watch(self) -> None:
        self._frame = (await self._wire.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        self._wire.on("Fetch.requestPaused", self._paused)
        pattern = {"urlPattern": "*", "resourceType": "Document", "requestStage": "Response"}
        await self._wire.send("Fetch.enable", {"patterns": [pattern]})

    def _paused(self, event: dict[str, Any]) -> None:
        task = asyncio.ensure_future(self._judge(event))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _judge(self, event: dict[str, Any]) -> None:
        asked = {"requestId": event["requestId"]}
        with suppress(Exception):  # the page went away meanwhile
            if "responseStatusCode" in event and await self._halts(event):
                await self._wire.send("Fetch.failRequest", {**asked, "errorReason": "BlockedByClient"})
            else:
                await self._wire.send("Fetch.continueRequest", asked)

    async def _halts(self, event: dict[str, Any]) -> bool:
        answer = _answer(event)
        own = event["frameId"] == self._frame
        if answer.status in REDIRECTS and answer.location is not None:
            onward = redirect_target(answer, answer.url)
            if own and isinstance(onward, str):
                self._seen.hops.append(Hop(answer.url, answer.status, masked(onward)))
            return False
        with suppress(Exception):  # a document without a body is judged by its head
            got = await self._wire.send("Fetch.getResponseBody", {"requestId": event["requestId"]})
            body = b64decode(got["body"]) if got["base64Encoded"] else got["body"].encode("utf-8", "replace")
            answer = replaced(answer, body=body[: self._max_bytes])
        halted = self._halt(answer)
        if own:
            self._seen.document, self._seen.halted = answer, halted
        return halted


def _answer(event: dict[str, Any]) -> FetchResponse:
    headers = tuple((one["name"].lower(), one["value"]) for one in event.get("responseHeaders", ()))
    location = next((value for name, value in headers if name == "location"), None)
    return FetchResponse(
        url=urldefrag(event["request"]["url"])[0],
        status=event["responseStatusCode"],
        headers=headers,
        location=location_of(location.encode("utf-8", "replace")) if location is not None else None,
    )


def _failed(cause: str, detail: str, seen: _Seen | None = None) -> BrowserLook:
    failure = FetchFailure(phase=Phase.HTTP, cause=cause, detail=detail[:200])
    return BrowserLook(answer=failure, hops=tuple(seen.hops) if seen else ())


def _why(error: str) -> str:
    """Return the line of a driver's report that says why a browser did not start."""
    if "without --no-sandbox" in error:
        return "root cannot have Chromium's sandbox: run as another user, or set browser.sandbox = false"
    told = [line.strip(" -<>") for line in error.splitlines() if line.strip()]
    return next((line for line in told if "error" in line.lower()), told[0] if told else "no reason given")[
        :300
    ]
