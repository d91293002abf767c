"""Notices go out on transitions only, and a failing service never fails a run."""

import json
import re

import pytest

from tests.support.loopback import Handler, serving

NIGHTS = ("2026-11-06T03:00:00Z", "2026-11-09T03:00:00Z", "2026-11-10T03:00:00Z", "2026-11-21T03:00:00Z")


@pytest.fixture
def hook():
    """A webhook on loopback that keeps what it is sent."""
    received: list[dict] = []

    class Hook(Handler):
        def do_POST(self):
            received.append(json.loads(self.sent()))
            self.answer(204)

    with serving(Hook) as port:
        yield f"http://127.0.0.1:{port}/hook", received


def watch(tmp_path, line):
    (tmp_path / "list.md").write_text(f"# Sources\n\n- {line}\n")
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "list.md"\n')


def test_a_death_is_told_once(monitor, servers, tmp_path, hook):
    address, received = hook
    environment = servers | {"MONITOR_NOTICES__WEBHOOK": address}
    watch(tmp_path, "[Cool](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.")
    monitor("run", "--now", NIGHTS[0], "--all", "-q", **environment)
    assert received == []
    gone = "[Athens](http://www.geocities.com/Athens/Forum/). Accessed 8 June 2004."
    (tmp_path / "list.md").write_text((tmp_path / "list.md").read_text() + f"- {gone}\n")
    counts = []
    for night in NIGHTS[1:]:
        monitor("run", "--now", night, "--all", "-q", **environment)
        counts.append(len(received))
    assert counts[-1] >= 1
    assert any("Athens" in one["body"] for one in received)
    before = len(received)
    monitor("run", "--now", "2026-11-22T03:00:00Z", "--all", "-q", **environment)
    assert len(received) == before
    feed = (tmp_path / "reports" / "feed.atom").read_text()
    assert "Athens: " in feed, "a quiet night keeps what earlier nights told"
    monitor("report", "--now", "2026-11-23T03:00:00Z", **environment)
    entries = re.findall(r"<entry>\n<id>[^<]+</id>", feed)
    assert re.findall(r"<entry>\n<id>[^<]+</id>", (tmp_path / "reports" / "feed.atom").read_text()) == entries


def test_a_failing_service_is_said_and_fails_nothing(monitor, servers, tmp_path):
    watch(tmp_path, "[Athens](http://www.geocities.com/Athens/Forum/). Accessed 8 June 2004.")
    ended = None
    for night in NIGHTS:
        ended = monitor(
            "run", "--now", night, "--all", **servers | {"MONITOR_NOTICES__WEBHOOK": "http://127.0.0.1:9/x"}
        )
    assert ended.code == 1
    assert "notice not sent: the webhook could not be reached" in ended.err
    assert (tmp_path / "reports" / "index.html").exists()
