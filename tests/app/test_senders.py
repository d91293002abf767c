"""Carrying notices: the sender through apprise, with a stand-in for the library."""

import sys

import pytest

from monitor.errors import IncompleteError, UsageError
from monitor.notify import AppriseSender
from monitor.report.notices import Notice


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
    assert sent == [{"title": "t", "body": "b"}]
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
