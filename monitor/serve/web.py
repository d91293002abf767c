"""The daemon: schedule and a read-only web face (status page, JSON with paging, health, metrics).

GET only, but for `POST /api/recheck`, which needs the token. Everything served was written by a run;
nothing is rendered per request. A name this server was not told of in the Host header is refused, so that no
page elsewhere reads an intranet's status through a rebound name.
"""

import asyncio
import hmac
import json
import logging
import signal
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, cast

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from monitor.app import Session, open_session, utc_now
from monitor.config import Config
from monitor.console import progress
from monitor.errors import ExitCode, MonitorError, StoreError, UsageError
from monitor.model.run import Run
from monitor.model.urls import canonical_url
from monitor.scheduler import Nightly
from monitor.serve.asked import FILTERS, asked_address, host_name, is_address, wanted_fields, whole_number
from monitor.serve.connections import ConnectionLimits, Connections
from monitor.serve.health import RunPatience, State, trouble
from monitor.serve.night import Night, NightProcess
from monitor.serve.remembered import Remembered
from monitor.serve.safe_headers import safe
from monitor.settings import Settings
from monitor.store.addresses import database_url, is_memory

_LOG = logging.getLogger("monitor.serve")

BACKLOG = 1024
"""Connections that wait to be taken by a busy machine; who finds no room tries again a second later."""

PAGE = 100
MAX_PAGE = 1000
_ENDPOINTS = {
    "GET /": "the status page",
    "GET /report.json": "the whole report, by the JSON contract (docs/reference.md#json)",
    "GET /api/citations": "citations, ?offset=0&limit=100, and filters: " + ", ".join(FILTERS),
    "POST /api/recheck": 'probe again now: {"url": "https://…"}, or {} for everything; needs the token',
    "GET /healthz": "200 while the daemon does its work, else 503 with the reason",
    "GET /metrics": "the same for Prometheus",
}
_TYPES = {".atom": "application/atom+xml; charset=utf-8", ".patch": "text/x-diff; charset=utf-8"}


class Daemon:
    """One store, one schedule, one web face; `begin` begins the night due then, or one in any case."""

    def __init__(self, session: Session, begin: Callable[[datetime | None], Awaitable[Night]]) -> None:
        self._session = session
        self._begin = begin
        self._config: Config = session.config
        self._running = asyncio.Lock()
        self._reading = threading.Lock()
        self._read: tuple[tuple[int, int, int], dict[str, Any]] | None = None
        self._running_since: datetime | None = None
        self._again = False
        self._asked = False
        self._failed: str | None = None
        self._begun: Night | None = None
        self._last = Remembered(self._read_last)
        self._metrics = Remembered(self._make_metrics)
        self.nightly = Nightly(self._config.schedule, self._night)

    @property
    def reports(self) -> Path:
        """Return the folder that is served."""
        return self._config.path(self._config.report.directory)

    async def _night(self) -> None:
        """Carry out one run, and another one if it was asked for meanwhile."""
        async with self._running:
            self._again = True
            while self._again:
                self._again = False
                self._running_since = utc_now()
                try:
                    await self._one_run()
                finally:
                    self._running_since = None
                    self._last.forget()
                    self._metrics.forget()

    async def _one_run(self) -> None:
        """Carry out a run; a failure is kept for /healthz and the next night tries again.

        What is asked of archives once its reports are written goes on until the next one begins.
        """
        try:
            await self.end_night()
            asked, self._asked = self._asked, False
            self._begun = await self._begin(None if asked else self.nightly.last_due(utc_now()))
            await self._begun.published()
            self._failed = None
        except asyncio.CancelledError:
            self._again = False
            # Swallowed here: the scheduler would print a traceback, and nothing follows that must end.
            _LOG.warning("stopped in the middle of a run; the next one goes on from what is stored")
        except MonitorError as error:
            self._failed = str(error)
            _LOG.error("the run failed: %s", error)
        except Exception as error:  # noqa: BLE001 - a bug must not end the daemon; /healthz tells
            self._failed = f"{type(error).__name__}: {error}"
            _LOG.exception("the run failed")

    async def end_night(self) -> None:
        """End the night that was begun last, also what it asks of archives; what was answered is kept."""
        if self._begun is not None:
            await self._begun.end()
            self._begun = None  # only now: who is cut off here is ended by whoever calls next

    async def last(self) -> tuple[Run | None, Run | None]:
        """Return the newest finished run and the newest complete one, as known some seconds ago at most."""
        return await self._last.get()

    async def _read_last(self) -> tuple[Run | None, Run | None]:
        store = self._session.store
        return await store.last_run(), await store.last_run(complete=True)

    async def health(self, _request: web.Request) -> web.Response:
        """Say whether the daemon does its work: 200 while it does, else 503 with the reason."""
        newest, complete = await self.last()
        now = utc_now()
        state = State(
            now=now,
            newest=newest,
            complete=complete,
            failed=self._failed,
            running_since=self._running_since,
            due=self.nightly.last_due(now),
        )
        patience = RunPatience(run=timedelta(hours=self._config.serve.run_hours))
        reason = trouble(state, patience)
        body = {
            "status": "failing" if reason else "ok",
            "reason": reason,
            "running": self._running.locked(),
            "running_since": _moment(self._running_since),
            "last_run": _moment(newest.finished_at if newest else None),
            "last_complete_run": _moment(complete.finished_at if complete else None),
            "next_run": _moment(self.nightly.next_run),
        }
        return web.json_response(body, status=503 if reason else 200)

    async def index(self, _request: web.Request) -> web.Response:
        """Say what there is."""
        return web.json_response({"endpoints": _ENDPOINTS})

    async def metrics(self, _request: web.Request) -> web.Response:
        """Say the same in Prometheus' text format."""
        return web.Response(
            body=await self._metrics.get(), headers={"Content-Type": "text/plain; version=0.0.4"}
        )

    async def _make_metrics(self) -> bytes:
        from monitor.serve.metrics import DaemonState, exposition

        newest, complete = await self.last()
        state = DaemonState(newest, complete, running=self._running.locked(), failed=self._failed is not None)
        return await exposition(self._session, state, utc_now())

    async def citations(self, request: web.Request) -> web.Response:
        """Return a page of the last report's citations: `?offset=0&limit=100`, and filters by field."""
        offset, limit = (
            whole_number(request, "offset", 0, 10**9),
            whole_number(request, "limit", PAGE, MAX_PAGE),
        )
        wanted = wanted_fields(request)
        report = await asyncio.to_thread(self._report)
        chosen = report["citations"]
        for name, value in wanted.items():
            chosen = [one for one in chosen if one.get(name) == value]
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
        """Return the last report, read once for everybody until a run replaces it."""
        path = self.reports / "report.json"
        with self._reading:
            try:
                found = path.stat()
                known = (found.st_mtime_ns, found.st_ino, found.st_size)
                if self._read is None or self._read[0] != known:
                    self._read = known, json.loads(path.read_text(encoding="utf-8"))
            except FileNotFoundError:
                raise web.HTTPNotFound(text="no report yet; the first run writes it\n") from None
            return self._read[1]

    async def recheck(self, request: web.Request) -> web.Response:
        """Make a source (`{"url": …}`) or everything due due now, and start a run."""
        token = self._config.serve.token
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        given = sent.encode("utf-8", "surrogateescape")
        if not token:
            raise web.HTTPForbidden(text="recheck is off; set MONITOR_SERVE__TOKEN\n")
        if not hmac.compare_digest(given, token.encode()):
            raise web.HTTPUnauthorized(text="send the token as 'Authorization: Bearer …'\n")
        url = await asked_address(request)
        if url is not None and not await self._session.store.recheck(canonical_url(url)):
            raise web.HTTPNotFound(text="not a watched source\n")
        self._asked = True
        if self._running.locked():
            # The run under way may be past it: another one follows at once.
            self._again = True
            return web.json_response({"status": "queued"}, status=202)
        self.nightly.fire(utc_now())
        return web.json_response({"status": "started"}, status=202)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Serve one file of the reports folder; nothing outside it, nothing hidden."""
        name = request.match_info["path"] or "index.html"
        path = self._file(name)
        if path is None:
            if name == "index.html":
                raise web.HTTPNotFound(text="no report yet; the first run writes it\n")
            raise web.HTTPNotFound(text="no such page\n")
        kind = _TYPES.get(path.suffix)
        return web.FileResponse(path, headers={"Content-Type": kind} if kind else None)

    def _file(self, name: str) -> Path | None:
        """Return a file of the reports folder; None for what is hidden, outside, or can be no name."""
        if any(part.startswith(".") for part in Path(name).parts) or not name.isprintable():
            return None
        root = self.reports.resolve()
        try:
            path = (root / name).resolve()
            if path.is_dir():
                path /= "index.html"
            return path if path.is_relative_to(root) and path.is_file() else None
        except (OSError, ValueError):  # a name longer than the file system takes
            return None

    def welcome(self, host: str | None) -> bool:
        """Tell whether a Host header names this server: an address, localhost, or a name it was told of."""
        name = host_name(host)
        serve = self._config.serve
        known = {"localhost", *(one.lower() for one in (serve.host, *serve.hosts))}
        return name is not None and ("*" in known or name in known or is_address(name))

    def application(self) -> web.Application:
        """Return the web application."""
        app = web.Application(middlewares=[safe, self._answered], client_max_size=4096)
        app.router.add_get("/healthz", self.health)
        app.router.add_get("/metrics", self.metrics)
        app.router.add_get("/api", self.index)
        app.router.add_get("/api/citations", self.citations)
        app.router.add_post("/api/recheck", self.recheck)
        app.router.add_get("/{path:.*}", self.page)
        return app

    @web.middleware
    async def _answered(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuse foreign names; say in words what fails on our side, without a traceback."""
        if not self.welcome(request.headers.get("Host")):
            raise web.HTTPMisdirectedRequest(
                text="this server does not go by that name; list it in [serve] hosts\n"
            )
        try:
            return await handler(request)
        except StoreError as error:
            _LOG.warning("%s: %s", request.path, error)
            raise web.HTTPServiceUnavailable(text=f"{error}\n", headers={"Retry-After": "30"}) from None
        except MonitorError as error:
            raise web.HTTPServiceUnavailable(text=f"{error}\n") from None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _no_request(record: logging.LogRecord) -> bool:
    """Keep what is no HTTP request out of the log: who sends garbage is answered 400, and fills no disk."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, HttpProcessingError)


async def run_daemon(
    session: Session,
    begin: Callable[[datetime | None], Awaitable[Night]],
    stop: asyncio.Event,
    ready: Callable[[str], None],
) -> None:
    """Serve and schedule until `stop` is set; `ready` is told the address."""
    daemon = Daemon(session, begin)
    serve = session.config.serve
    log = logging.getLogger("monitor.serve.http")
    log.addFilter(_no_request)
    runner = web.AppRunner(
        daemon.application(), access_log=None, logger=log, keepalive_timeout=serve.idle_timeout_s
    )
    await runner.setup()
    server: asyncio.Server | None = None
    try:
        limits = ConnectionLimits(
            most=serve.max_connections,
            per_address=serve.max_connections_per_address,
            header_s=serve.header_timeout_s,
        )
        make = Connections(limits).guarded(cast("Callable[[], asyncio.BaseProtocol]", runner.server))
        try:
            server = await asyncio.get_running_loop().create_server(
                make, serve.host, serve.port, backlog=BACKLOG
            )
        except OSError as error:
            raise UsageError(
                f"cannot listen on {serve.host}:{serve.port}: {error.strerror}; choose another with --port"
            ) from error
        newest, _ = await daemon.last()
        late = daemon.nightly.start(newest.started_at if newest else None, utc_now())
        host, port = server.sockets[0].getsockname()[:2]
        ready(f"http://{host}:{port}/" + (" (a missed night is caught up with now)" if late else ""))
        await stop.wait()
    finally:
        daemon.nightly.stop()
        await daemon.end_night()
        if server is not None:
            server.close()
        await runner.cleanup()


def main(settings: Settings) -> int:
    """Run the daemon until SIGTERM or SIGINT."""
    config = settings.load()
    if is_memory(database_url(config.database_url)):
        raise UsageError(
            "database: nothing in memory reaches the next night; name a file or a PostgreSQL server"
        )

    async def whole() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        bar = progress(quiet=settings.quiet, bars=False)
        async with open_session(config, bar) as session:
            begin = partial(NightProcess.begin, config, settings.quiet)
            await run_daemon(session, begin, stop, lambda address: bar.note(f"serving {address}"))
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    asyncio.run(whole())
    return ExitCode.OK
