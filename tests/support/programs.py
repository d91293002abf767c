"""The program in processes of its own that have everything imported already: a start costs a fork, not a second."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.scale.preloaded"])
_NUMBERS = count()


class Program:
    """One call of the program, started at once; what it says on both streams goes to a file."""

    def __init__(
        self,
        folder: Path,
        *words: str,
        environment: Mapping[str, str] | None = None,
        first: Callable[[], None] | None = None,
    ) -> None:
        """Start `monitor` with these words in a folder; `first` is called in the process before it begins."""
        self._said = folder.parent / f"said-{next(_NUMBERS)}.txt"
        given = (words, folder, self._said, dict(environment or {}), first)
        self.process: ForkServerProcess = _PROCESSES.Process(target=_carry_out, args=given)
        self.process.start()

    def send_signal(self, number: int) -> None:
        """Signal the process."""
        os.kill(self.process.pid or 0, number)

    def ended(self) -> tuple[int, str]:
        """Wait for the end; return exit code (negative: the signal that ended it) and what was said."""
        self.process.join()
        code = self.process.exitcode
        assert code is not None
        return code, self._said.read_text("utf-8", "replace") if self._said.exists() else ""


def _carry_out(
    words: tuple[str, ...],
    folder: Path,
    said: Path,
    environment: Mapping[str, str],
    first: Callable[[], None] | None,
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
    os.environ.clear()
    os.environ.update(kept | environment)
    os.chdir(folder)
    number = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(number, 1)
    os.dup2(number, 2)
    sys.argv = ["monitor", *words]
    if first is not None:
        first()
    from monitor.cli import main

    main()
