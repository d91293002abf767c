"""Carrying notices through apprise: the library itself to receivers on loopback, and a stand-in for its refusals."""

import asyncio
import email
import json
import sys
from email.policy import default

import pytest
from aiosmtpd.smtp import SMTP

from monitor.errors import IncompleteError, UsageError
from monitor.notify import AppriseSender
from monitor.report.notices import Notice
from tests.support.loopback import Handler, serving


async def test_apprise_carries_the_notice(monkeypatch):
    sent = []

    class Fake:
        def add(self, url):
            return url.startswith("json://")

        async def async_notify(self, **message):
            sent.append(message)
            return True

    monkeypatch.setitem(sys.modules, "apprise", type(sys)("apprise"))
    sys.modules["apprise"].Apprise = Fake
    await AppriseSender(["json://localhost"]).send(Notice(title="t", body="b", data={}))
    assert sent == [{"title": "t", "body": "b", "body_format": "text"}]
    with pytest.raises(UsageError, match="address 2"):
        AppriseSender(["json://localhost", "secret://token"])


async def test_a_refused_delivery_is_said(monkeypatch):
    class Fake:
        def add(self, _):
            return True

        async def async_notify(self, **_):
            return False

    monkeypatch.setitem(sys.modules, "apprise", type(sys)("apprise"))
    sys.modules["apprise"].Apprise = Fake
    with pytest.raises(IncompleteError, match="could not be delivered"):
        await AppriseSender(["x://"]).send(Notice(title="t", body="b", data={}))


def test_without_apprise_the_remedy_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(UsageError, match=r'pip install "citation-monitor\[notify\]"'):
        AppriseSender([])


NEWS = Notice(
    title="Citations: 1 died", body="died: Ebb & flow (list.md:3)\n  https://ebb.example/\n", data={}
)


@pytest.fixture
def service():
    """An HTTP receiver that answers as ntfy and Matrix do, and keeps what it is sent: (method, path, body)."""
    kept: list[tuple[str, str, dict]] = []

    class Service(Handler):
        def do_POST(self):
            kept.append((self.command, self.path, json.loads(self.sent())))
            answer = {
                "access_token": "t",
                "user_id": "@m:h",
                "home_server": "h",
                "room_id": "!r:h",
                "event_id": "$1",
            }
            self.answer(200, "application/json", json.dumps(answer))

        do_PUT = do_POST  # noqa: N815 - the name that http.server looks for

    with serving(Service) as port:
        yield f"127.0.0.1:{port}", kept


apprise_itself = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@apprise_itself
async def test_a_notice_arrives_by_mail_line_by_line():
    class Box:
        held: tuple = ()

        async def handle_DATA(self, _server, _session, envelope):
            self.held = (envelope.mail_from, envelope.rcpt_tos, envelope.content)
            return "250 OK"

    box = Box()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await AppriseSender(
        [f"mailto://127.0.0.1:{port}?from=monitor@mill.example&to=ada@mill.example&mode=insecure"]
    ).send(NEWS)
    server.close()
    sender, receivers, content = box.held
    assert (sender, receivers) == ("monitor@mill.example", ["ada@mill.example"])
    message = email.message_from_bytes(content, policy=default)
    assert message["Subject"] == NEWS.title
    text = message.get_body(("plain",)).get_content()
    assert [line.strip() for line in text.splitlines() if line.strip()] == [
        "died: Ebb & flow (list.md:3)", "https://ebb.example/",
    ]  # fmt: skip


@apprise_itself
async def test_a_notice_arrives_at_a_webhook_at_ntfy_and_in_a_matrix_room(service):
    place, kept = service
    for address in (f"json://{place}/hook", f"ntfy://{place}/tides", f"matrix://ada:secret@{place}/!r:h"):
        kept.clear()
        await AppriseSender([address]).send(NEWS)
        bodies = [body for _, path, body in kept if path in ("/hook", "/") or "/send/" in path]
        (said,) = [body.get("message") or body.get("body") for body in bodies]
        assert "died: Ebb & flow (list.md:3)\n  https://ebb.example/" in said.replace("\r\n", "\n")


@apprise_itself
async def test_a_receiver_that_is_down_is_said():
    with pytest.raises(IncompleteError, match="could not be delivered"):
        await AppriseSender(["json://127.0.0.1:9/hook"]).send(NEWS)
