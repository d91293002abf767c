"""The rehearsal's servers on loopback: a web under many names, a closed port, and a small archive.

The archive speaks the parts of the Wayback Machine's wire formats that a look-up uses: CDX text,
`id_` replay with its redirects and Memento-Datetime, and the availability answer.
"""

import hashlib
import socket
import ssl
from base64 import b32encode
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from monitor.demo.world import SITES, DemoAnswer, DemoSite

LOOPBACK = "127.0.0.1"
ARCHIVE_HOST = "web.archive.org"
CERTIFICATES = Path(__file__).parent / "certificates"
"""Made by tests/tools/demo_certificates.py; trusted by the rehearsal alone; the authority's key is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Where the servers listen, as configuration values.

    The archive's own names are mapped too, so that everything shown carries real addresses.
    """

    resolve: tuple[str, ...]
    ca_file: str


def _key(url: str) -> str:
    """Return a URL's identity in the archive: http and https, www and trailing slash are one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


class Web:
    """Every cited site behind one handler; the Host header tells which."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._sites = {_key(site.url): site for site in SITES}
        self.requests = 0

    async def handle(self, request: web.Request) -> web.Response:
        """Answer for one address."""
        self.requests += 1
        site = self._sites.get(_key(f"{request.scheme}://{request.host}{request.raw_path}"))
        answer = site.answer(self._now().date()) if site else DemoAnswer(status=404, title="Not Found")
        return web.Response(
            status=answer.status, text=answer.html, content_type="text/html", headers=dict(answer.headers)
        )


class DemoArchive:
    """A small Wayback Machine over the sites' archived answers."""

    def __init__(self) -> None:
        self._captures: dict[str, list[tuple[str, DemoSite, DemoAnswer]]] = {}
        for site in SITES:
            for stamp, answer in site.archived:
                self._captures.setdefault(_key(site.url), []).append((stamp, site, answer))
        self.requests = 0

    async def cdx(self, request: web.Request) -> web.Response:
        """Answer a CDX query for one URL, as text."""
        self.requests += 1
        rows = []
        for stamp, site, answer in self._captures.get(_key(request.query.get("url", "")), []):
            digest = b32encode(hashlib.sha1(answer.html.encode()).digest()).decode()  # noqa: S324 - CDX's digest
            columns = {
                "urlkey": _key(site.url),
                "timestamp": stamp,
                "original": site.url,
                "mimetype": "text/html",
                "statuscode": str(answer.status),
                "digest": digest,
                "length": str(len(answer.html)),
            }
            if request.query.get("from", "") <= stamp and stamp[:8] <= (request.query.get("to") or "9" * 14):
                names = (request.query.get("fl") or ",".join(columns)).split(",")
                rows.append(" ".join(columns[name] for name in names) + "\n")
        return web.Response(text="".join(rows), content_type="text/plain")

    async def available(self, request: web.Request) -> web.Response:
        """Answer the availability API."""
        self.requests += 1
        found = self._nearest(request.query.get("url", ""), request.query.get("timestamp", ""))
        closest = {}
        if found:
            stamp, site, answer = found
            closest = {
                "closest": {
                    "status": str(answer.status),
                    "available": True,
                    "url": f"http://web.archive.org/web/{stamp}/{site.url}",
                    "timestamp": stamp,
                }
            }
        return web.json_response({"url": request.query.get("url"), "archived_snapshots": closest})

    async def replay(self, request: web.Request) -> web.Response:
        """Replay a capture, or redirect to the nearest one."""
        self.requests += 1
        stamp, _, url = request.raw_path.removeprefix("/web/").partition("id_/")
        found = self._nearest(url, stamp)
        if found is None:
            page = DemoAnswer(status=404, title="Hrm.", text="<p>The archive has not archived that URL.</p>")
            return web.Response(status=404, text=page.html, content_type="text/html")
        nearest, site, answer = found
        if nearest != stamp:
            headers = {
                "location": f"/web/{nearest}id_/{site.url}",
                "x-archive-redirect-reason": f"found capture at {nearest}",
            }
            return web.Response(status=302, headers=headers, content_type="text/plain")
        headers = {"memento-datetime": format_datetime(_instant(nearest), usegmt=True)}
        return web.Response(status=answer.status, text=answer.html, content_type="text/html", headers=headers)

    def _nearest(self, url: str, stamp: str) -> tuple[str, DemoSite, DemoAnswer] | None:
        captures = self._captures.get(_key(url), [])
        at = _instant(stamp)
        return min(captures, key=lambda one: abs(_instant(one[0]) - at), default=None)


def _instant(stamp: str) -> datetime:
    digits = stamp + "19960101000000"[len(stamp) :]
    return datetime.strptime(digits[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


async def start(stack: AsyncExitStack, now: Callable[[], datetime]) -> Rehearsal:
    """Start every server; they stop with the stack.

    `now` is the rehearsal's clock, which decides what has changed by then.
    """
    site_web, archive = Web(now), DemoArchive()

    def context(site: DemoSite | None = None) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(CERTIFICATES / ("expired.pem" if site else "good.pem"))
        return made

    pages = web.Application()
    pages.router.add_get("/wayback/available", archive.available)
    pages.router.add_route("*", "/{path:.*}", site_web.handle)
    http = await _listen(stack, pages)
    https = await _listen(stack, pages, context())
    resolve = []
    for site in SITES:
        host = urlsplit(site.url).hostname
        if site.refused:
            resolve.append(f"{host}:80:{LOOPBACK}:{_closed_port()}")
        if site.expired:
            resolve.append(f"{host}:443:{LOOPBACK}:{await _listen(stack, pages, context(site))}")
    archives = web.Application()
    archives.router.add_get("/cdx/search/cdx", archive.cdx)
    archives.router.add_get("/web/{rest:.*}", archive.replay)
    port = await _listen(stack, archives, context())
    resolve += [
        f"{ARCHIVE_HOST}:443:{LOOPBACK}:{port}",
        f"*:80:{LOOPBACK}:{http}",
        f"*:443:{LOOPBACK}:{https}",
    ]
    return Rehearsal(resolve=tuple(resolve), ca_file=str(CERTIFICATES / "authority.pem"))


async def _listen(stack: AsyncExitStack, app: web.Application, context: object = None) -> int:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.SockSite(runner, _socket(), ssl_context=context)  # type: ignore[arg-type] # SSLContext or None
    await site.start()
    return int(runner.addresses[-1][1])


def _socket() -> socket.socket:
    made = socket.socket()
    made.bind((LOOPBACK, 0))
    return made


def _closed_port() -> int:
    """Return a port nobody listens on: bound once, then given back."""
    with _socket() as taken:
        return int(taken.getsockname()[1])
