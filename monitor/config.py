"""config.toml and the environment -> frozen policies; every fault is reported at once.

Order of precedence: command line > environment (`MONITOR_CHECK__TIMEOUT_S=5`) > file > defaults.
Relative paths of a file are taken from the folder the file stands in.
"""

import dataclasses
import difflib
import json
import os
import tomllib
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from monitor.archive.policy import ArchivePolicy
from monitor.check.policy import CheckPolicy
from monitor.config_values import address_fault, base_url_fault, expanded, limits
from monitor.errors import ConfigError
from monitor.fetch.policy import BrowserPolicy
from monitor.judge.policy import JudgePolicy
from monitor.logs import LogPolicy
from monitor.model.finding import Waiver
from monitor.scale_policy import ScalePolicy
from monitor.store.policy import PostgresPolicy
from monitor.store.spelling import is_address, is_libpq_string

ENV_PREFIX = "MONITOR_"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRule:
    """One `[[documents]]` table: what to watch, by exactly one of `path`, `glob`, `page`, `site`.

    `path` is a file or folder; `page` the address of a page that is the document itself; of a `site`,
    `max_pages` pages are.
    `url` is the public address of a file, where links of unlocated citations can be found;
    `format` overrides what name and content say.
    """

    path: str | None = None
    glob: str | None = None
    page: str | None = field(default=None, metadata={"check": address_fault})
    site: str | None = field(default=None, metadata={"check": address_fault})
    max_pages: int = field(default=100, metadata={"min": 1})
    url: str | None = None
    format: str | None = None
    called: str | None = field(default=None, metadata={"internal": True})
    """The name a document goes by that is no file of its own: standard input, a fetched page."""

    @property
    def fetched(self) -> str | None:
        """Return the address of what is read over HTTP; None for files."""
        return self.page or self.site


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionPolicy:
    """What of the documents is watched: addresses by regular expressions, paths as in .gitignore.

    `root_dir` is the folder that "/" means in links, `base_url` the address it is published at.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    exclude_path: tuple[str, ...] = ()
    identifiers: bool = False
    links: str = field(default="cited", metadata={"choices": ("cited", "all")})
    root_dir: str | None = None
    base_url: str | None = field(default=None, metadata={"check": base_url_fault})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPolicy:
    """What is written, where, and from which severity on the exit code says "findings"."""

    directory: str = "reports"
    formats: tuple[str, ...] = ("html", "json", "atom", "badge")
    fail_on: str = field(default="error", metadata={"choices": ("error", "warning", "info", "never")})
    title: str = "Citation status"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePolicy:
    """When `monitor serve` runs by itself. `cron` has five fields; `timezone` is an IANA name."""

    cron: str = "17 3 * * *"
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServePolicy:
    """The web face of `monitor serve`. `token` (environment only) allows "recheck now".

    `hosts` are the names it goes by besides its address ("*": any); `run_hours` after which a run hangs.
    """

    host: str = "127.0.0.1"
    port: int = field(default=8080, metadata={"min": 0, "max": 65535})
    hosts: tuple[str, ...] = ()
    max_connections: int = field(default=500, metadata={"min": 1})
    max_connections_per_address: int = field(default=0, metadata={"min": 0})
    header_timeout_s: float = field(default=10.0, metadata={"min": 0.1})
    idle_timeout_s: float = field(default=30.0, metadata={"min": 0.1})
    run_hours: float = field(default=20.0, metadata={"min": 0.1})
    token: str | None = field(default=None, metadata={"env_only": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePolicy:
    """Who is told of transitions; `apprise` takes notification URLs (extra "notify").

    With `digest`, one message every `remind_days` tells all that changed since.
    """

    webhook: str | None = None
    apprise: tuple[str, ...] = field(default=(), metadata={"env_only": True})
    remind_days: int = field(default=7, metadata={"min": 1})
    digest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything a run may be told. `base` is the folder relative paths start from."""

    database: str = "monitor.sqlite3"
    postgresql: PostgresPolicy = field(default_factory=PostgresPolicy)
    documents: tuple[DocumentRule, ...] = ()
    selection: SelectionPolicy = field(default_factory=SelectionPolicy)
    check: CheckPolicy = field(default_factory=CheckPolicy)
    browser: BrowserPolicy = field(default_factory=BrowserPolicy)
    archive: ArchivePolicy = field(default_factory=ArchivePolicy)
    judge: JudgePolicy = field(default_factory=JudgePolicy)
    report: ReportPolicy = field(default_factory=ReportPolicy)
    schedule: SchedulePolicy = field(default_factory=SchedulePolicy)
    serve: ServePolicy = field(default_factory=ServePolicy)
    notices: NoticePolicy = field(default_factory=NoticePolicy)
    scale: ScalePolicy = field(default_factory=ScalePolicy)
    log: LogPolicy = field(default_factory=LogPolicy)
    waivers: tuple[Waiver, ...] = ()
    base: Path = field(default=Path(), metadata={"internal": True})

    def path(self, name: str) -> Path:
        """Return a configured path, taken from the folder of the configuration."""
        return self.base / name

    @property
    def database_url(self) -> str:
        """Return the database as an SQLAlchemy URL; a plain file name means SQLite."""
        if is_address(self.database) or is_libpq_string(self.database):  # the store says what to write
            return self.database
        return f"sqlite+aiosqlite:///{self.path(self.database)}"


def load_config(
    file: Path | None,
    environment: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
    *,
    search: bool = True,
) -> Config:
    """Read a configuration; `overrides` maps dotted keys ("check.resolve") to typed values.

    Without `file`, `config.toml` of the working directory is read if there is one; not with
    `search` off.
    Raises ConfigError listing every fault with its key path and what is allowed.
    """
    where = file or Path("config.toml")
    table: dict[str, Any] = {}
    if file is not None or (search and where.is_file()):
        table = _read(where)
    faults: list[str] = []
    environment = os.environ if environment is None else environment
    env_table = _environment(environment, faults)
    for dotted, value in (overrides or {}).items():
        _put(env_table, dotted.split("."), value)
    outside = _Outside(_secrets(table, Config, ""), environment)
    config = _build(Config, _merge(table, env_table), "", faults, outside)
    if not faults:
        faults.extend(_cross_checks(config))
    if faults:
        source = str(where) if table else "configuration"
        raise ConfigError([f"{source}: {fault}" for fault in faults])
    built: Config = dataclasses.replace(config, base=where.parent if table else Path())
    return built


def _read(where: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(where.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError([f"{where}: no such file; name another with --config"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{where}: cannot be read: {error}"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{where}: not valid TOML: {error}"]) from error


def _cross_checks(config: Config) -> list[str]:
    faults = [
        f'check.hosts."{name}".headers: name the origins that may see them, for NAME is a pattern'
        for name, rule in config.check.hosts.items()
        if "*" in name and rule.headers and not rule.origins
    ]
    for index, rule in enumerate(config.documents):
        given = [one for one in (rule.path, rule.glob, rule.page, rule.site) if one is not None]
        if len(given) != 1:
            faults.append(f"documents[{index}]: give exactly one of path, glob, page, site")
        if rule.fetched and rule.url is not None:
            faults.append(f"documents[{index}].url: the public address of a file; a page or site has its own")
        if rule.site is not None and rule.format is not None:
            faults.append(f"documents[{index}].format: a site's pages are read as they are served")
    return faults


def _merge(low: Mapping[str, Any], high: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(low)
    for key, value in high.items():
        below = merged.get(key)
        merged[key] = _merge(below, value) if isinstance(value, dict) and isinstance(below, dict) else value
    return merged


def _put(table: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for part in path[:-1]:
        table = table.setdefault(part, {})
    table[path[-1]] = value


def _environment(environment: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    """Turn MONITOR_SECTION__KEY variables into a table of typed values."""
    table: dict[str, Any] = {}
    for name, text in sorted(environment.items()):
        if not name.startswith(ENV_PREFIX):
            continue
        path = name.removeprefix(ENV_PREFIX).lower().split("__")
        hint = _hint(Config, path)
        if hint is None:
            if len(path) > 1:  # MONITOR_X alone may belong to another program
                faults.append(f"environment {name}: no such key {'.'.join(path)}")
            continue
        try:
            _put(table, path, _parse(text, hint))
        except ValueError as error:
            faults.append(f"environment {name}: {error}")
    return table


def _hint(cls: type, path: Sequence[str]) -> Any:
    hints = typing.get_type_hints(cls)
    if path[0] not in hints or path[0] == "base":
        return None
    hint = hints[path[0]]
    if len(path) == 1:
        return None if dataclasses.is_dataclass(hint) else hint
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _hint(hint, path[1:])
    return None


def _parse(text: str, hint: Any) -> Any:
    """Read an environment variable's text as the type a key wants."""
    options = _options(hint)
    if type(None) in options and text == "":
        return None
    if any(typing.get_origin(option) is tuple for option in options):
        if text.lstrip().startswith("["):
            return json.loads(text)
        return [part.strip() for part in text.split(",") if part.strip()]
    readers: tuple[tuple[type, Callable[[str], Any]], ...] = ((bool, _parse_bool), (int, int), (float, float))
    for kind, reader in readers:
        if kind in options:
            try:
                return reader(text)
            except ValueError:
                raise ValueError(f"{text!r} is not {_name(kind)}") from None
    return text


def _parse_bool(text: str) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


def _options(hint: Any) -> tuple[Any, ...]:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return typing.get_args(hint)
    return (hint,)


def _secrets(table: Mapping[str, Any], cls: type, path: str) -> frozenset[str]:
    """Return the dotted paths of environment-only keys that a file holds nevertheless."""
    found = set()
    hints = typing.get_type_hints(cls)
    for entry in dataclasses.fields(cls):
        if entry.name not in table:
            continue
        dotted = f"{path}{entry.name}"
        hint = hints[entry.name]
        if entry.metadata.get("env_only"):
            found.add(dotted)
        elif (
            dataclasses.is_dataclass(hint) and isinstance(hint, type) and isinstance(table[entry.name], dict)
        ):
            found |= _secrets(table[entry.name], hint, f"{dotted}.")
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Outside:
    """What building needs to know beside the table: secrets a file holds, and the environment."""

    secrets: frozenset[str]
    environment: Mapping[str, str]


def _build(cls: type, table: Any, path: str, faults: list[str], outside: _Outside) -> Any:
    """Build one dataclass from one table, appending every fault to `faults`."""
    name = path.rstrip(".") or "the file"
    if not isinstance(table, Mapping):
        faults.append(f"{name}: must be a table")
        return None
    hints = typing.get_type_hints(cls)
    known = {entry.name: entry for entry in dataclasses.fields(cls) if not entry.metadata.get("internal")}
    values: dict[str, Any] = {}
    for key, raw in table.items():
        dotted = f"{path}{key}"
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            advice = f"did you mean {near[0]}? " if near else ""
            faults.append(f"{dotted}: unknown key; {advice}allowed: {', '.join(sorted(known))}")
            continue
        if dotted in outside.secrets:
            variable = ENV_PREFIX + dotted.upper().replace(".", "__")
            faults.append(f"{dotted}: keep secrets out of the file; set the environment variable {variable}")
            continue
        fault, value = _value(raw, hints[key], dotted, faults, outside)
        if not fault and value is not None and known[key].metadata.get("expand"):
            fault, value = expanded(value, outside.environment)
        fault = fault or limits(value, known[key].metadata)
        if fault:
            faults.append(f"{dotted}: {fault}")
        values[key] = value
    missing = [
        entry.name
        for entry in known.values()
        if entry.name not in table
        and entry.default is dataclasses.MISSING
        and entry.default_factory is dataclasses.MISSING
    ]
    faults.extend(f"{path}{key}: required" for key in missing)
    if faults:
        return None
    try:
        return cls(**values)
    except (ValueError, TypeError) as error:
        faults.append(f"{name}: {error}")
        return None


def _value(raw: Any, hint: Any, dotted: str, faults: list[str], outside: _Outside) -> tuple[str | None, Any]:
    """Return (fault, value) for one key; nested faults go to `faults`."""
    options = _options(hint)
    if raw is None and type(None) in options:
        return None, None
    for option in options:
        origin = typing.get_origin(option)
        if dataclasses.is_dataclass(option) and isinstance(option, type):
            return None, _build(option, raw, f"{dotted}.", faults, outside)
        if origin is tuple:
            return _list(raw, typing.get_args(option)[0], dotted, faults, outside)
        if origin in (dict, Mapping):
            return _table(raw, typing.get_args(option)[1], dotted, faults, outside)
        if isinstance(option, type) and issubclass(option, StrEnum):
            if raw in list(option):
                return None, option(raw)
            return f"{raw!r} is not allowed; allowed: {', '.join(option)}", None
        if option is float and isinstance(raw, int | float) and not isinstance(raw, bool):
            return None, float(raw)
        if option is bool and isinstance(raw, bool):
            return None, raw
        if option is date and isinstance(raw, date) and not isinstance(raw, datetime):
            return None, raw
        if option in (int, str) and isinstance(raw, option) and not isinstance(raw, bool):
            return None, raw
    return (
        f"{raw!r} is not {' or '.join(_name(option) for option in options if option is not type(None))}",
        None,
    )


def _list(raw: Any, item: Any, dotted: str, faults: list[str], outside: _Outside) -> tuple[str | None, Any]:
    if not isinstance(raw, list | tuple):
        return "must be a list", None
    values = []
    for index, entry in enumerate(raw):
        fault, value = _value(entry, item, f"{dotted}[{index}]", faults, outside)
        if fault:
            return f"[{index}]: {fault}", None
        values.append(value)
    return None, tuple(values)


def _table(raw: Any, item: Any, dotted: str, faults: list[str], outside: _Outside) -> tuple[str | None, Any]:
    if not isinstance(raw, Mapping):
        return "must be a table", None
    values = {}
    for key, entry in raw.items():
        fault, value = _value(entry, item, f'{dotted}."{key}"', faults, outside)
        if fault:
            return f'"{key}": {fault}', None
        values[key] = value
    return None, values


def _name(kind: Any) -> str:
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", date: "a date"}
    return names.get(kind, str(kind))
