"""Commands run in uvloop's loop where the extra `fast` is installed, and in Python's own where it is not."""

import asyncio
import subprocess
import sys

import pytest

from monitor import event_loop


async def _loop() -> str:
    return type(asyncio.get_running_loop()).__module__.partition(".")[0]


def test_the_loop_of_the_extra_is_used_where_it_is_there(monkeypatch):
    if sys.platform != "win32":
        assert event_loop.run(_loop()) == "uvloop"
    monkeypatch.setitem(sys.modules, "uvloop", None)  # what an import finds that is not installed
    assert event_loop.run(_loop()) == "asyncio"


FILES = """
import asyncio, resource, socket
from monitor import event_loop
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
async def opened():
    return len([socket.socket() for _ in range(200)])
print(event_loop.run(opened()))
print(resource.getrlimit(resource.RLIMIT_NOFILE) == (min(event_loop.OPEN_FILES, hard), hard))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no sockets among files")
def test_more_connections_are_held_than_the_system_hands_out_unasked():
    told = subprocess.run([sys.executable, "-c", FILES], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["200", "True"], told
