"""What a person sees while a command works: bars on a terminal, plain lines elsewhere."""

import os
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from monitor.model.ports import Unwatched
from monitor.model.wording import about

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

LINE_EVERY_S = 10.0
"""Pace of progress lines where there is no terminal: enough to see life in a CI log."""

_NO_SCREEN = frozenset({"dumb", "unknown"})
"""Terminals on which rich draws nothing at all, as in editors and in Jenkins."""

BAR_AFTER_S = 1.0
"""A stage that ends before is over when a terse bar would stand."""


class Silent(Unwatched):
    """No progress at all (`--quiet`); also the base of the others."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""


class Lines(Silent):
    """Plain lines on standard error: one every ten seconds, with the time left, and one at a stage's end.

    A thread speaks where a single step takes longer. With `terse` a stage that ended before it had to speak
    is not worth a line, and notes are left to the command.
    """

    def __init__(self, *, terse: bool = False) -> None:
        self._terse = terse
        self._name = ""
        self._done = 0
        self._total: int | None = None
        self._began = self._last = 0.0
        self._said = ""
        self._speaking = threading.Lock()
        self._over = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, name="progress", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._end()

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage, closing the one before with a line."""
        self._end()
        with self._speaking:
            self._name, self._done, self._total, self._said = name, 0, total, ""
            self._began = self._last = time.monotonic()

    def expect(self, total: int) -> None:
        """Take another total for the stage."""
        self._total = total

    def advance(self, steps: int = 1) -> None:
        """Count steps; speak every ten seconds."""
        self._done += steps
        if time.monotonic() - self._last >= LINE_EVERY_S:
            self._say()

    def note(self, message: str) -> None:
        """Write a line."""
        if not self._terse:
            sys.stderr.write(f"monitor: {message}\n")

    def clear(self) -> None:
        """Close the stage before what is printed next, not behind it."""
        self._end()
        self._name, self._done = "", 0

    def _watch(self) -> None:
        while not self._over.wait(LINE_EVERY_S / 2):
            if time.monotonic() - self._last >= LINE_EVERY_S:
                self._say()

    def _end(self) -> None:
        if self._done and (self._said or not self._terse):
            self._say()

    def _say(self) -> None:
        with self._speaking:
            self._last = time.monotonic()
            if not self._name:
                return
            said = f"{self._name}: {self._done}{f'/{self._total}' if self._total else ''}"
            ended = self._done == self._total
            line = f"monitor: {said if self._done or self._total else self._name}{self._time()}\n"
            if not (ended and said == self._said):  # it was said when its last step was done
                sys.stderr.write(line)
                sys.stderr.flush()
            self._said = said

    def _time(self) -> str:
        """Return for how long the stage goes on at its pace so far; where nothing tells, how long it has."""
        took = time.monotonic() - self._began
        if self._total is not None and 0 < self._done <= self._total:
            left = took / self._done * (self._total - self._done)
            return f", {about(left)} left" if left else ""
        return f", {about(took)} so far" if took >= LINE_EVERY_S else ""


class Bars(Silent):
    """Progress bars by rich on standard error; `terse` as in `Lines`."""

    def __init__(self, *, terse: bool = False) -> None:
        self._terse = terse
        self._bars: RichProgress | None = None
        self._task: TaskID | None = None
        self._name = ""
        self._done = 0
        self._total: int | None = None
        self._began = 0.0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the bars away: what is printed under them would be drawn over."""
        if self._bars is not None:
            self._bars.stop()
        self._bars = self._task = None

    def _started(self) -> "RichProgress":
        if self._bars is None:
            from rich.console import Console
            from rich.progress import (
                BarColumn,
                MofNCompleteColumn,
                Progress,
                TextColumn,
                TimeElapsedColumn,
                TimeRemainingColumn,
            )

            self._bars = Progress(
                TextColumn("{task.description:<10}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,  # rich would print it on standard error, in its own lines
            )
            self._bars.start()
        return self._bars

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a bar."""
        self._name, self._done, self._total, self._task = name, 0, total, None
        self._began = time.monotonic()
        self._draw()

    def expect(self, total: int) -> None:
        """Take another total for the bar."""
        self._total = total
        self._draw()

    def advance(self, steps: int = 1) -> None:
        """Move the bar."""
        self._done += steps
        self._draw()

    def _draw(self) -> None:
        if self._task is not None:
            self._started().update(self._task, completed=self._done, total=self._total)
        elif not self._terse or time.monotonic() - self._began >= BAR_AFTER_S:
            self._task = self._started().add_task(self._name, total=self._total, completed=self._done)

    def note(self, message: str) -> None:
        """Write a line above the bars; markup in it is text."""
        if self._terse:
            return
        from rich.markup import escape

        self._started().console.print(f"[dim]{escape(message)}[/dim]", highlight=False)


def progress(*, quiet: bool, bars: bool, terse: bool = False) -> Silent:
    """Return the progress fit for where standard error goes.

    `terse` is for commands that are done in a blink as a rule and print their notes themselves.
    """
    if quiet:
        return Silent()
    return Bars(terse=terse) if bars and _draws() else Lines(terse=terse)


def _draws() -> bool:
    """Tell whether standard error is a screen that redraws; the log of a CI job is none, be it a terminal."""
    environment = os.environ
    return sys.stderr.isatty() and not environment.get("CI") and environment.get("TERM") not in _NO_SCREEN


def answer(question: str) -> str | None:
    """Return what a person types; None where nobody does any more (end of input)."""
    try:
        return input(question)
    except EOFError:
        return None


def edit_text(text: str) -> str | None:
    """Return a text as a person leaves it in `$VISUAL` or `$EDITOR`; None where they gave it up."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="citation-monitor-") as folder:
        file = Path(folder) / "edit.txt"
        file.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run([*shlex.split(editor), str(file)], check=False)  # noqa: S603 - the person's own editor
        except OSError as error:
            sys.stderr.write(f"monitor: the editor {editor!r} does not start: {error.strerror}\n")
            return None
        changed = file.read_text(encoding="utf-8")
    return None if done.returncode or not changed.strip() else changed
