"""The manual page (roff, man(7)), made from the same texts as `--help`."""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from monitor.command_line.help_texts import EXAMPLES, EXIT_CODES

_TITLE = "Check cited sources, find archived copies, flag stale access dates"


def page(group: Any) -> str:
    """Return the manual page of a command group as `typer.main.get_command` makes it."""
    return "".join(f"{line}\n" for line in _lines(group))


def _lines(group: Any) -> Iterator[str]:
    yield f'.TH MONITOR 1 "" "citation-monitor {version("citation-monitor")}" "User Commands"'
    yield ".SH NAME"
    yield f"monitor \\- {_plain(_TITLE.lower())}"
    yield ".SH SYNOPSIS"
    yield ".B monitor"
    yield "\\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]"
    yield ".SH DESCRIPTION"
    yield _plain(group.help)
    yield ".SH COMMANDS"
    for name, command in _commands(group, ""):
        yield f'.SS "monitor {name}{_arguments(command)}"'
        yield _plain(command.help or "")
        yield from _options(command)
        for typed, what in EXAMPLES.get(name, ()):
            yield from (".PP", f"Example, {_plain(what)}:", ".RS", ".nf", _plain(typed), ".fi", ".RE")
    yield ".SH EXIT STATUS"
    for code, meaning in EXIT_CODES:
        yield from (".TP", f".B {code}", _plain(meaning))
    yield ".SH ENVIRONMENT"
    yield from (
        ".TP",
        ".B MONITOR_SECTION__KEY",
        "Any key of the configuration: MONITOR_CHECK__TIMEOUT_S.",
    )
    yield from (".TP", ".B NO_COLOR", "No colours and no hyperlinks on a terminal.")
    yield ".SH FILES"
    yield from (".TP", ".I config.toml", "The configuration, if it stands in the working directory.")
    yield from (".TP", ".I .monitorignore", "Patterns of files that are no documents, as in .gitignore.")


def _commands(group: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if getattr(command, "commands", None):
            yield from _commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def _arguments(command: Any) -> str:
    named = [one for one in command.params if one.param_type_name == "argument"]
    return "".join(f" {one.name.upper()}{'...' if one.nargs < 0 else ''}" for one in named)


def _options(command: Any) -> Iterator[str]:
    for one in command.params:
        if getattr(one, "hidden", False):
            continue
        yield ".TP"
        if one.param_type_name == "argument":
            yield f".I {one.name.upper()}"
        else:
            named = (one.metavar or one.type.name).upper()
            value = "" if one.is_flag or one.count else f" \\fI{_plain(named)}\\fR"
            yield ", ".join(f"\\fB{_plain(word)}\\fR" for word in one.opts) + value
        yield _plain(one.help or "")


def _plain(text: str) -> str:
    """Return a text that roff shows as it is: one line, nothing in it a command."""
    line = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{line}" if line.startswith((".", "'")) else line
