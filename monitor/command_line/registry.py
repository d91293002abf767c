"""The commands: one line each, made when they are asked for; a night makes one of fourteen."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from monitor.command_line.help_texts import epilog

_PLACES = {
    "check": "checking",
    "run": "nights",
    "worker": "nights",
    "serve": "nights",
    "extract": "checking",
    "report": "nights",
    "fix": "mending",
    "capture": "mending",
    "history": "mending",
    "explain": "mending",
    "init": "upkeep",
    "demo": "nights",
    "doctor": "upkeep",
    "man": "upkeep",
    "db": "database",
}
"""In which module of this room a command stands: a function of its name, or a group."""


class _Commands(Mapping[str, Any]):
    """Commands by name: Click asks for one of them, `--help` for all."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _command(name, _PLACES[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


def _command(name: str, place: str) -> Any:
    found = getattr(import_module(f"monitor.command_line.{place}"), name)
    if isinstance(found, typer.Typer):
        return get_command(found)
    alone = typer.Typer(add_completion=False)
    alone.command(name, epilog=epilog(name))(found)
    return get_command(alone)


class Commands(TyperGroup):
    """The group of all commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = _Commands()
