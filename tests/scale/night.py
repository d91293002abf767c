"""A web on loopback that notes who was asked when, and a folder whose citations lead into it."""

import contextlib
import itertools
import json
import multiprocessing
import os
import socket
import sys
import threading
import time
import weakref
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

from sqlalchemy import create_engine, text

from monitor.app import open_session
from monitor.collect import collect, locate
from monitor.console import progress
from monitor.model.archive_use import ArchiveUse
from monitor.run.ports import RunOptions
from monitor.settings import Settings

_NUMBERS = itertools.count(1)
PAGE = "<html><head><title>Page {0}</title></head><body>{1}</body></html>"


class _Cuttable(ThreadingHTTPServer):
    """Closes what is connected, too: a kept connection is no network that is gone."""

    daemon_threads = True

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._connected = weakref.WeakSet()

    def process_request(self, request, client_address):
        self._connected.add(request)
        super().process_request(request, client_address)

    def cut(self):
        for one in list(self._connected):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class Web:
    """Serves every host; each tenth page is gone."""

    def __init__(self):
        self.visits = defaultdict(list)
        self.asked = 0
        self.on_visit = lambda host, path, port: None
        state = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                host = self.headers.get("Host", "").split(":")[0]
                if not host.startswith("sentinel."):
                    # A browser's headers: the second look of one and the same visit.
                    if "Sec-Fetch-Mode" not in self.headers:
                        state.visits[host].append((time.monotonic(), self.path))
                    state.asked += 1
                    state.on_visit(host, self.path, self.client_address[1])
                name = self.path.strip("/")
                gone = name.isdigit() and int(name) % 10 == 9
                known = host.startswith("sentinel.") or name.isdigit()
                body = PAGE.format(name, f"<p>The mill numbered {name} stood idle.</p>" * 30).encode()
                self.send_response(200 if known and not gone else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words):
                pass

            def handle(self):
                with contextlib.suppress(ConnectionResetError, BrokenPipeError):
                    super().handle()

        self._handler = Handler
        self._entrances = []
        self.port = self.entrance()[0]

    def entrance(self):
        """Open another way in; return its port, and what closes it: whoever came that way is cut off."""
        server = _Cuttable(("127.0.0.1", 0), self._handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()

        def close():
            if thread.is_alive():
                server.shutdown()
                server.server_close()
                thread.join()
                server.cut()

        self._entrances.append(close)
        return server.server_port, close

    def close(self):
        for close in self._entrances:
            close()

    def closest(self):
        """Return the least seconds between two visits at one host, and the pair."""
        pairs = [
            (b[0] - a[0], host, a[1], b[1]) for host, times in self.visits.items() for a, b in pairwise(times)
        ]
        return min(pairs, default=(float("inf"), "", "", ""))


def folder(path, database, *, sources, hosts, gap_s, stalled_s=2.0):
    """Write documents and configuration; every host has sources in turn."""
    lines = (
        f"- [Page {n}](http://h{n % hosts}.example/{n}). Accessed 4 March 2026.\n" for n in range(sources)
    )
    (path / "list.md").write_text("# Sources\n\n" + "".join(lines))
    (path / "config.toml").write_text(
        f'database = "{database}"\n[[documents]]\npath = "list.md"\n[check]\n'
        f'sentinels = ["http://sentinel.example/"]\nhost_gap_s = {gap_s}\nhost_gap_jitter = 0\nretries = 0\n'
        "sibling_probe = false\nallow_private_addresses = true\n[archive]\nenabled = false\n"
        "[report]\nformats = ['json']\n"
        f"[scale]\nheartbeat_s = 0.3\nstalled_s = {stalled_s}\nvouch_s = 0.2\nnetwork_wait_s = 0.5\nbatch_s = 5\n"
    )
    return path


def carry_out(words, path, said):
    """Be the program, in a process of its own: `said` takes what it says."""
    for name in [name for name in os.environ if name.startswith("MONITOR_")]:
        del os.environ[name]
    os.chdir(path)
    os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.argv = ["monitor", *words]
    from monitor.cli import main

    main()


_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.scale.preloaded"])


def start(path, port, *words, program=carry_out):
    """Start the program, imported already; every name leads to this port."""
    command = [*words, "--resolve", f"*:80:127.0.0.1:{port}"]
    said = path / f"{next(_NUMBERS)}-{words[0]}.txt"
    process = _PROCESSES.Process(target=program, args=(command, path, said))
    process.said = said
    process.start()
    return process


def ended(process):
    """Wait for a process; return its exit code and what it said."""
    process.join()
    return process.exitcode, process.said.read_text()


RUN = ("run", "--no-progress", "--quiet")
SHARED = (*RUN, "--engine", "procrastinate")
REFUSED = 3


@dataclass
class Proof:
    """What became of a run whose workers were killed."""

    kills: int = 0
    restarts: int = 0
    requests: int = 0
    seconds: float = 0.0
    code: int = -1
    said: str = ""
    second: tuple = ()
    dead: tuple = ()
    cut: tuple = ()
    others: list = field(default_factory=list)


def kill_about(path, web, *, workers, sources, kills, chance, restart=None):
    """Share a run while workers are killed, one never has a network, one loses it; two runs are asked for at once."""
    proof = Proof()
    begun = time.monotonic()
    runs = [start(path, web.port, *SHARED) for _ in range(2)]
    port, cut = web.entrance()
    dead, losing = start(path, 1, "worker"), start(path, port, "worker")
    alive = [start(path, web.port, "worker") for _ in range(workers)]
    try:
        while any(run.is_alive() for run in runs):
            time.sleep(chance.uniform(0.1, 0.4))
            if web.asked > sources / 4:
                cut()
            if restart is not None and web.asked > sources / 2:
                restart()
                restart = None
                proof.restarts += 1
            if proof.kills < kills and web.asked > proof.kills * sources / kills:
                victim = chance.randrange(len(alive))
                alive[victim].kill()
                alive[victim].join()
                alive[victim] = start(path, web.port, "worker")
                proof.kills += 1
        proof.seconds = time.monotonic() - begun
        # Whichever was first: the other says so and leaves.
        (proof.code, proof.said), proof.second = sorted(map(ended, runs), key=lambda one: one[0] == REFUSED)
    finally:
        for one in (*alive, dead, losing):
            while one.is_alive() and not (one.said.exists() and "waits for runs" in one.said.read_text()):
                time.sleep(0.05)  # who has not begun yet knows no orderly end
            one.terminate()
        proof.others = [ended(one) for one in alive]
        proof.dead, proof.cut = ended(dead), ended(losing)
    proof.requests = web.asked
    return proof


def verdicts(path):
    """Return what the report says of each address, and of the run."""
    report = json.loads((path / "reports" / "report.json").read_text())
    kept = ("outcome", "cause", "http_status", "link_state", "strikes", "access_date_status", "severity")
    return {one["url"]: tuple(one[name] for name in kept) for one in report["citations"]}, report["run"]


def rows(database, query):
    engine = create_engine(database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found


def account(database):
    """Return what a run left in the database: observations, sources observed, and what was never done."""
    ((seen, sources),) = rows(database, "SELECT count(*), count(DISTINCT owner_id) FROM observation")
    ((left,),) = rows(database, "SELECT count(*) FROM frontier")
    ((jobs,),) = rows(database, "SELECT count(*) FROM procrastinate_jobs")
    return seen, sources, left, jobs


@contextlib.asynccontextmanager
async def opened(path, web):
    """Open what `monitor run` opens, in this process; yields the session, what to read, and the run's options."""
    settings = Settings(
        config=path / "config.toml", resolve=(f"*:80:127.0.0.1:{web.port}",), engine="procrastinate"
    )
    config = settings.load()
    async with open_session(config, progress(quiet=True, bars=False)) as session:
        read = locate(session, collect(config, (), session.progress, strict=False))
        yield session, read, RunOptions(archives=ArchiveUse.OFF, forget=True)
