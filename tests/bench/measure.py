"""One command, measured from outside: wall, CPU of it and its children, the most memory; pinned to a core."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLIENT, SERVER = "0", "1"
PINNED = shutil.which("taskset") is not None and (os.cpu_count() or 1) > 1

_COMPILED = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Modules are compiled once, as where the program is installed, whatever this shell says of it."""


@dataclass(frozen=True)
class Cost:
    """Seconds, CPU seconds, MiB; how it ended."""

    wall_s: float
    cpu_s: float
    memory_mib: float
    code: int = 0

    @classmethod
    def median(cls, costs: Sequence["Cost"]) -> "Cost":
        return cls(*(statistics.median(getattr(one, name) for one in costs) for name in ("wall_s", "cpu_s", "memory_mib")), costs[-1].code)  # fmt: skip


def on(core: str, command: Sequence[str]) -> list[str]:
    return ["taskset", "-c", core, *command] if PINNED else [*command]


def run(command: Sequence[str], folder: Path, environment: dict[str, str] | None = None) -> Cost:
    """Run a command to its end; its output goes to `last.txt` in its folder."""
    begin = time.perf_counter()
    with (folder / "last.txt").open("wb") as sink:
        child = subprocess.Popen(
            on(CLIENT, command),
            cwd=folder,
            stdout=sink,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=_COMPILED | {"PYTHONPATH": str(ROOT)} | (environment or {}),
        )
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(time.perf_counter() - begin, cpu, usage.ru_maxrss / 1024, child.returncode)


@contextmanager
def serving(module: str, *arguments: str) -> Iterator[int]:
    """Run one of our servers on the other core; yields its port."""
    command = on(SERVER, [sys.executable, "-m", module, *arguments])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        try:
            assert child.stdout is not None
            yield int(child.stdout.readline())
        finally:
            child.kill()
