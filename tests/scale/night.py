"""A web on loopback that notes who was asked when, and a folder whose citations lead into it."""

import contextlib
import itertools
import multiprocessing
import os
import sys
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

_NUMBERS = itertools.count(1)
PAGE = "<html><head><title>Page {0}</title></head><body>{1}</body></html>"


class Web:
    """Serves every host; each tenth page is gone, `deadly` ends the process of whoever asks, in tests that set it."""

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

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.port = self.server.server_port

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

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


def start(path, web, *words, dead=False):
    """Start the program, imported already; with `dead` its network leads nowhere."""
    port = 1 if dead else web.port
    command = [*words, "--resolve", f"*:80:127.0.0.1:{port}"]
    said = path / f"{next(_NUMBERS)}-{words[0]}.txt"
    process = _PROCESSES.Process(target=carry_out, args=(command, path, said))
    process.said = said
    process.start()
    return process
