"""The daemon: schedule and a read-only web face (status page, JSON with paging, health, metrics).

GET only, but for `POST /api/recheck`, which needs the token. Everything served was written by a run;
nothing is rendered per request.
"""

import asyncio
import hmac
import json
import logging
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from monitor.app import Session, open_session, utc_now
from monitor.commands import nightly, spread
from monitor.config import Config
from monitor.console import progress
from monitor.errors import ExitCode, MonitorError, UsageError
from monitor.model.run import Report, Run
from monitor.model.urls import canonical_url
from monitor.scheduler import Nightly
from monitor.settings import Settings

_LOG = logging.getLogger("monitor.serve")

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' "
    "'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
}
PAGE = 100
MAX_PAGE = 1000


class Daemon:
    """One store, one schedule, one web face."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._config: Config = session.config
        self._running = asyncio.Lock()
        self._failed: str | None = None
        self._spreading: asyncio.Task[None] | None = None
        self._started = time.monotonic()
        self.nightly = Nightly(self._config.schedule, self._night)

    @property
    def reports(self) -> Path:
        """Return the folder that is served."""
        return self._config.path(self._config.report.directory)

    async def _night(self) -> None:
        """Carry out one run; a failure is kept for /healthz and the next night tries again."""
        await self.stop_spreading()
        async with self._running:
            try:
                report = await nightly(self._session)
                self._failed = None
                self._spreading = asyncio.create_task(self._spread(report))
            except asyncio.CancelledError:
                # Swallowed here: the scheduler would print a traceback, and nothing follows that must end.
                _LOG.warning("stopped in the middle of a run; the next one goes on from what is stored")
            except MonitorError as error:
                self._failed = str(error)
                _LOG.error("the run failed: %s", error)
            except Exception as error:  # noqa: BLE001 - a bug must not end the daemon; /healthz tells
                self._failed = f"{type(error).__name__}: {error}"
                _LOG.exception("the run failed")

    async def _spread(self, report: Report) -> None:
        """Ask archives for what can wait, beside the daemon's work; the next night ends it."""
        try:
            await spread(self._session, report)
        except Exception:  # noqa: BLE001 - a bug must not end the daemon, and the next night asks again
            _LOG.exception("asking archives failed")

    async def stop_spreading(self) -> None:
        """End what is asked of archives between two nights; what was answered is kept."""
        if self._spreading is not None:
            self._spreading.cancel()
            await asyncio.wait([self._spreading])
            self._spreading = None

    async def last(self) -> tuple[Run | None, Run | None]:
        """Return the newest finished run and the newest complete one."""
        store = self._session.store
        return await store.last_run(), await store.last_run(complete=True)

    async def health(self, _request: web.Request) -> web.Response:
        """Say whether the daemon does its work: 200 fine, 503 the last run failed or was void."""
        newest, complete = await self.last()
        reason = self._failed or (newest.void_reason if newest and newest.void else None)
        body = {
            "status": "failing" if reason else "ok",
            "reason": reason,
            "running": self._running.locked(),
            "last_run": _moment(newest.finished_at if newest else None),
            "last_complete_run": _moment(complete.finished_at if complete else None),
            "next_run": _moment(self.nightly.next_run),
        }
        return web.json_response(body, status=503 if reason else 200)

    async def metrics(self, _request: web.Request) -> web.Response:
        """Say the same in Prometheus' text format."""
        from prometheus_client import CollectorRegistry, Gauge, generate_latest

        registry = CollectorRegistry()
        newest, complete = await self.last()
        trend = await self._session.store.trend(1)
        for name, words, counts in (
            ("outcome", "Citations by outcome", trend[-1].by_outcome if trend else {}),
            (
                "access_date_status",
                "Citations by access-date status",
                trend[-1].by_access_date_status if trend else {},
            ),
            ("coverage", "Citations by archive coverage", trend[-1].by_coverage if trend else {}),
        ):
            gauge = Gauge(f"monitor_citations_by_{name}", words, [name], registry=registry)
            for label, number in counts.items():
                gauge.labels(str(label)).set(number)
        last = Gauge("monitor_last_run_timestamp_seconds", "End of the last run", ["kind"], registry=registry)
        for kind, run in (("any", newest), ("complete", complete)):
            if run and run.finished_at:
                last.labels(kind).set(run.finished_at.timestamp())
        Gauge("monitor_running", "1 while a run is in progress", registry=registry).set(
            self._running.locked()
        )
        Gauge("monitor_failed", "1 if the last run failed", registry=registry).set(self._failed is not None)
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": "text/plain; version=0.0.4"}
        )

    async def citations(self, request: web.Request) -> web.Response:
        """Return a page of the last report's citations: `?offset=0&limit=100`, and filters by field."""
        offset, limit = _number(request, "offset", 0, 10**9), _number(request, "limit", PAGE, MAX_PAGE)
        fields = ("document", "outcome", "access_date_status", "severity", "coverage", "link_state")
        wanted = {name: request.query[name] for name in fields if name in request.query}
        report = await asyncio.to_thread(self._report)
        chosen = [
            one
            for one in report["citations"]
            if all(one.get(name) == value for name, value in wanted.items())
        ]
        return web.json_response(
            {
                "schema_version": report["schema_version"],
                "run": report["run"],
                "total": len(chosen),
                "offset": offset,
                "citations": chosen[offset : offset + limit],
            }
        )

    def _report(self) -> dict[str, Any]:
        path = self.reports / "report.json"
        try:
            made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise web.HTTPNotFound(text="no report yet; the first run writes it\n") from None
        return made

    async def recheck(self, request: web.Request) -> web.Response:
        """Make a source (`{"url": …}`) or everything due due now, and start a run."""
        token = self._config.serve.token
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token:
            raise web.HTTPForbidden(text="recheck is off; set MONITOR_SERVE__TOKEN\n")
        if not hmac.compare_digest(sent.encode(), token.encode()):
            raise web.HTTPUnauthorized(text="send the token as 'Authorization: Bearer …'\n")
        try:
            url = (await request.json()).get("url") if request.can_read_body else None
        except (ValueError, AttributeError):
            raise web.HTTPBadRequest(text='send JSON such as {"url": "https://…"}\n') from None
        if url is not None and not await self._session.store.recheck(canonical_url(str(url))):
            raise web.HTTPNotFound(text="not a watched source\n")
        self.nightly.fire(utc_now())
        return web.json_response({"status": "started"}, status=202)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Serve one file of the reports folder; nothing outside it, nothing hidden."""
        name = request.match_info["path"] or "index.html"
        root = self.reports.resolve()
        path = (root / name).resolve()
        if path.is_dir():
            path /= "index.html"
        hidden = any(part.startswith(".") for part in Path(name).parts)
        if hidden or not path.is_relative_to(root) or not path.is_file():
            if name == "index.html":
                raise web.HTTPNotFound(text="no report yet; the first run writes it\n")
            raise web.HTTPNotFound(text="no such page\n")
        return web.FileResponse(path)

    def application(self) -> web.Application:
        """Return the web application."""
        app = web.Application(middlewares=[_safe], client_max_size=4096)
        app.router.add_get("/healthz", self.health)
        app.router.add_get("/metrics", self.metrics)
        app.router.add_get("/api/citations", self.citations)
        app.router.add_post("/api/recheck", self.recheck)
        app.router.add_get("/{path:.*}", self.page)
        return app


@web.middleware
async def _safe(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Put the safe headers on every answer, errors included."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(SAFE_HEADERS)
        raise
    response.headers.update(SAFE_HEADERS)
    return response


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _number(request: web.Request, name: str, default: int, most: int) -> int:
    try:
        value = int(request.query.get(name, default))
    except ValueError:
        value = -1
    if not 0 <= value <= most:
        raise web.HTTPBadRequest(text=f"{name}: a whole number from 0 to {most}\n")
    return value


async def run_daemon(session: Session, stop: asyncio.Event, ready: Callable[[str], None]) -> None:
    """Serve and schedule until `stop` is set; `ready` is told the address."""
    daemon = Daemon(session)
    runner = web.AppRunner(daemon.application(), access_log=None)
    await runner.setup()
    try:
        serve = session.config.serve
        site = web.TCPSite(runner, serve.host, serve.port)
        try:
            await site.start()
        except OSError as error:
            raise UsageError(
                f"cannot listen on {serve.host}:{serve.port}: {error.strerror}; choose another with --port"
            ) from error
        newest, _ = await daemon.last()
        late = daemon.nightly.start(newest.started_at if newest else None, utc_now())
        host, port = runner.addresses[0][:2]
        ready(f"http://{host}:{port}/" + (" (a missed night is caught up with now)" if late else ""))
        await stop.wait()
    finally:
        daemon.nightly.stop()
        await daemon.stop_spreading()
        await runner.cleanup()


def main(settings: Settings) -> int:
    """Run the daemon until SIGTERM or SIGINT."""
    config = settings.load()
    logging.basicConfig(level=logging.WARNING, format="monitor: %(message)s")

    async def whole() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        bar = progress(quiet=settings.quiet, bars=False)
        async with open_session(config, bar) as session:
            await run_daemon(session, stop, lambda address: bar.note(f"serving {address}"))
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    asyncio.run(whole())
    return ExitCode.OK
