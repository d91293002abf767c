"""Commands on what was found: fix, capture, history, explain."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command_line.options import Paths
from monitor.command_line.shared import CONFIG, DATABASE, LOG, NO_PROGRESS, NOW, QUIET, RESOLVE, takes

if TYPE_CHECKING:
    from monitor.run.fix_choice import Prompter
    from monitor.settings import Settings


@takes(CONFIG, DATABASE, NOW, QUIET, NO_PROGRESS, *LOG)
def fix(
    said: "Settings",
    paths: Paths = None,
    write: Annotated[
        bool, typer.Option("--write", help="Make the proven edits; without it, show a diff.")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Ask about each edit, those without proof too.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", help="add-archive, replace-url, refresh-date, fix-url, unmark-dead; may be repeated."
        ),
    ] = None,
    patch: Annotated[
        Path | None, typer.Option("--patch", help="Keep the edits as a patch for `git apply`.")
    ] = None,
    commit: Annotated[bool, typer.Option("--commit", help="Make the edits and commit them.")] = False,
    branch: Annotated[
        str | None, typer.Option("--branch", help="With --commit: the new branch to commit on.")
    ] = None,
) -> None:
    """Show or make the edits that have proof, from the last run's findings.

    Ends with 0 where nothing is left to do, 1 where edits wait to be written, 3 where some could not be made.
    """
    from monitor.commands.fix import fix as carry_out
    from monitor.run.fix_carry import FixOptions

    if branch is not None and not commit:
        raise typer.BadParameter("--branch needs --commit")
    options = FixOptions(
        write=write, select=select or [], patch=patch, commit=commit, branch=branch,
        choose=_prompter() if interactive else None,
    )  # fmt: skip
    raise typer.Exit(carry_out(said, paths or [], options))


def _prompter() -> "Prompter":
    """Return what asks about each edit on this terminal."""
    from monitor.console import answer, edit_text
    from monitor.run.fix_choice import Prompter

    return Prompter(answer, edit_text, sys.stdout.writelines)


@takes(CONFIG, DATABASE, NOW, RESOLVE, QUIET, NO_PROGRESS, *LOG)
def capture(
    said: "Settings",
    urls: Annotated[
        list[str] | None, typer.Argument(help="Sources to capture; without any, those at risk.")
    ] = None,
) -> None:
    """Ask the archive for captures of live, uncovered sources and follow those asked for earlier."""
    from monitor.commands.sources import capture as carry_out

    raise typer.Exit(carry_out(said, urls or []))


@takes(CONFIG, DATABASE, NOW, QUIET, NO_PROGRESS)
def history(
    said: "Settings",
    url: Annotated[str, typer.Argument(help="The source, as cited.")],
) -> None:
    """Explain a verdict: every observation of a source, what was sent, what decided, which rule."""
    from monitor.commands.sources import history as carry_out

    raise typer.Exit(carry_out(said, url))


def explain(
    rule: Annotated[
        str | None,
        typer.Argument(help="A rule's name: stale-dead, access-date/due; without one, all are listed."),
    ] = None,
) -> None:
    """Say what a rule means, with an example, and what to do."""
    from monitor.rule_pages import rule_list, rule_page

    print(rule_list() if rule is None else rule_page(rule), end="")
