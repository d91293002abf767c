"""The program itself, killed in the middle of an outage: real processes, a real server, real signals."""

import json
import signal
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.loopback import Handler, serving
from tests.support.programs import Program

HOSTS, LINKS = 30, 150
PAGE = "<html><head><title>Page {0}</title></head><body>{1}</body></html>"


@dataclass
class Web:
    """A server for every host there is. In an outage it answers as a broken proxy of ours would; its sentinel lives on."""

    address: str = ""
    outage: bool = False
    asked: int = 0
    enough: int = 0
    reached: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def web():
    state = Web()

    class Pages(Handler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            sentinel = self.headers.get("Host", "").startswith("sentinel.")
            bad = state.outage and not sentinel
            state.asked += not sentinel
            if state.asked >= state.enough:
                state.reached.set()
            name = self.path.strip("/")
            there = sentinel or (name.isdigit() and int(name) < LINKS)
            page = PAGE.format(name, f"<p>The mill numbered {name} stood idle all winter.</p>" * 30)
            body = b"no way out" if bad else page.encode() if there else b"not here"
            self.answer(502 if bad else 200 if there else 404, "text/html; charset=utf-8", body)

    with serving(Pages) as port:
        state.address = f"127.0.0.1:{port}"
        yield state


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    lines = (f"- [Page {n}](http://h{n % HOSTS}.example/{n}). Accessed 4 March 2026.\n" for n in range(LINKS))
    (tmp_path / "list.md").write_text("# Sources\n\n" + "".join(lines))
    (tmp_path / "config.toml").write_text(
        '[[documents]]\npath = "list.md"\n[check]\nsentinels = ["http://sentinel.example/"]\nhost_gap_s = 0.0\n'
        "retries = 0\nallow_private_addresses = true\n[archive]\nenabled = false\n[report]\nformats = ['json']\n"
    )
    return tmp_path


def start(folder: Path, web: Web, *words: str) -> Program:
    host, port = web.address.split(":")
    asked = ("--all", "--resolve", f"*:80:{host}:{port}") if words[0] == "run" else ()
    return Program(folder, *words, "--no-progress", *asked)


def ended(folder: Path, web: Web, *words: str) -> str:
    code, said = start(folder, web, *words).ended()
    assert code in (0, 1, 3), said
    return said


def states(folder: Path) -> Counter:
    report = json.loads((folder / "reports" / "report.json").read_text())
    return Counter(one["link_state"] for one in report["citations"])


@pytest.mark.timeout(600)
def test_outages_that_end_with_a_kill_bury_nobody(watched, web):
    ended(watched, web, "run", "--now", "2026-11-01T03:00:00Z")
    assert states(watched) == {"alive": LINKS}
    web.outage = True
    ends = [("2026-11-02", 60, signal.SIGKILL), ("2026-11-06", 120, signal.SIGTERM),
            ("2026-11-10", 149, signal.SIGKILL), ("2026-11-14", 90, signal.SIGKILL)]  # fmt: skip
    for night, enough, how in ends:
        web.asked, web.enough = 0, enough
        web.reached.clear()
        process = start(watched, web, "run", "--now", f"{night}T03:00:00Z")
        assert web.reached.wait(timeout=300)
        process.send_signal(how)
        process.ended()
        said = ended(watched, web, "report", "--now", f"{night}T12:00:00Z")
        assert states(watched)["dead"] == 0, said
    web.outage = False
    ended(watched, web, "run", "--now", "2026-11-16T03:00:00Z")
    assert states(watched) == {"alive": LINKS}
