"""Commands run in uvloop's loop where the extra `fast` is installed, and in Python's own where it is not."""

import asyncio
import sys

from monitor import event_loop


async def _loop() -> str:
    return type(asyncio.get_running_loop()).__module__.partition(".")[0]


def test_the_loop_of_the_extra_is_used_where_it_is_there(monkeypatch):
    if sys.platform != "win32":
        assert event_loop.run(_loop()) == "uvloop"
    monkeypatch.setitem(sys.modules, "uvloop", None)  # what an import finds that is not installed
    assert event_loop.run(_loop()) == "asyncio"
