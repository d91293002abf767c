"""What a person sees while a command works: bars on a terminal, plain lines elsewhere."""

import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from monitor.model.wording import about

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

LINE_EVERY_S = 10.0
"""Pace of progress lines where there is no terminal: enough to see life in a CI log."""


class Silent:
    """No progress at all (`--quiet`); also the base of the others."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage."""

    def advance(self, steps: int = 1) -> None:
        """Report steps done."""

    def note(self, message: str) -> None:
        """Say something worth a line."""


class Lines(Silent):
    """Plain lines on standard error: one every ten seconds, with the time left, and one at a stage's end."""

    def __init__(self) -> None:
        self._name = ""
        self._done = 0
        self._total: int | None = None
        self._began = self._last = 0.0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._say()

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage, closing the one before with a line."""
        if self._name:
            self._say()
        self._name, self._done, self._total = name, 0, total
        self._began = self._last = time.monotonic()

    def advance(self, steps: int = 1) -> None:
        """Count steps; speak every ten seconds."""
        self._done += steps
        if time.monotonic() - self._last >= LINE_EVERY_S:
            self._say()

    def note(self, message: str) -> None:
        """Write a line."""
        sys.stderr.write(f"monitor: {message}\n")

    def _say(self) -> None:
        if self._name and self._done:
            of = f"/{self._total}" if self._total else ""
            sys.stderr.write(f"monitor: {self._name}: {self._done}{of}{self._left()}\n")
            sys.stderr.flush()
        self._last = time.monotonic()

    def _left(self) -> str:
        """Return for how long the stage goes on at its pace so far."""
        if self._total is None or not self._done < self._total:
            return ""
        took = time.monotonic() - self._began
        return f", {about(took / self._done * (self._total - self._done))} left"


class Bars(Silent):
    """Progress bars by rich on standard error."""

    def __init__(self) -> None:
        self._bars: RichProgress | None = None
        self._task: TaskID | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

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
            )
            self._bars.start()
        return self._bars

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a bar."""
        self._task = self._started().add_task(name, total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the bar."""
        if self._task is not None:
            self._started().advance(self._task, steps)

    def note(self, message: str) -> None:
        """Write a line above the bars; markup in it is text."""
        from rich.markup import escape

        self._started().console.print(f"[dim]{escape(message)}[/dim]", highlight=False)


def progress(*, quiet: bool, bars: bool) -> Silent:
    """Return the progress fit for where standard error goes."""
    if quiet:
        return Silent()
    return Bars() if bars and sys.stderr.isatty() else Lines()


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
