"""Options that several commands share: declared once, and handed to each command as its settings."""

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

from monitor.command_line import options
from monitor.command_line.given import settings


class Shared(NamedTuple):
    """An option as Typer wants it: the parameter's name, what it takes with its help, and its default."""

    name: str
    annotation: Any
    default: object = None


CONFIG = Shared("config", options.ConfigFile)
DATABASE = Shared("database", options.Database)
NOW = Shared("now", options.Now)
RESOLVE = Shared("resolve", options.Resolve)
FAIL_ON = Shared("fail_on", options.FailOn)
QUIET = Shared("quiet", options.Quiet, default=False)
QUIET_NIGHT = Shared("quiet", options.QuietNight, default=False)
NO_PROGRESS = Shared("no_progress", options.NoProgress, default=False)

SELECTION = (
    Shared("include", options.Include),
    Shared("exclude", options.Exclude),
    Shared("exclude_path", options.ExcludePath),
    Shared("identifiers", options.Identifiers, default=False),
    Shared("links", options.Links),
    Shared("root_dir", options.RootDir),
    Shared("base_url", options.BaseUrl),
)
"""Which citations of a document are meant."""
PROBES = (
    Shared("archive", options.Archives),
    Shared("no_archive", options.NoArchive, default=False),
    Shared("capture", options.CaptureFlag, default=False),
    Shared("browser", options.BrowserFlag, default=False),
)
"""Who is asked besides the sources themselves."""
LOG = (Shared("verbose", options.Verbose, default=0), Shared("log_format", options.LogFormat))


def takes(*shared: Shared) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command these options after its own; it gets them as `Settings`, its first argument."""

    def command(carry_out: Callable[..., None]) -> Callable[..., None]:
        own = [*inspect.signature(carry_out).parameters.values()][1:]
        common = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for name, annotation, default in shared
        ]

        def typed(**given: Any) -> None:
            said = settings(**{one.name: given.pop(one.name) for one in shared})
            carry_out(said, **given)

        typed.__name__, typed.__doc__ = carry_out.__name__, carry_out.__doc__
        parameters = [*(one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own), *common]
        typed.__annotations__ = {one.name: one.annotation for one in parameters}
        typed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        return typed

    return command
