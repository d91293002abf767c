"""config.toml and the environment -> frozen policies; every fault is reported at once.

Order of precedence: command line > environment (`MONITOR_CHECK__TIMEOUT_S=5`) > file > defaults.
Relative paths of a file are taken from the folder the file stands in.
"""

import os
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, field

from monitor.archive.policy import ArchivePolicy
from monitor.check.policy import CheckPolicy
from monitor.config_tables import build, from_environment, put
from monitor.config_values import Policy, address_fault, base_url_fault, pattern_fault
from monitor.errors import ConfigError
from monitor.fetch.policy import BrowserPolicy
from monitor.judge.policy import JudgePolicy
from monitor.logs import LogPolicy
from monitor.model.finding import Waiver
from monitor.model.values import replaced
from monitor.scale_policy import ScalePolicy
from monitor.schedule_policy import SchedulePolicy
from monitor.store.policy import PostgresPolicy
from monitor.store.spelling import is_address, is_libpq_string


def _report_fault(name: str) -> str | None:
    """Say why a text names no report that the folder may hold, or None."""
    from monitor.report.registry import NAMES, SITE

    known = (SITE, *NAMES)
    return None if name in known else f"{name!r} is no report; known: {', '.join(known)}"


class DocumentRule(Policy, frozen=True, kw_only=True):
    """One `[[documents]]` table: what to watch, by exactly one of `path`, `glob`, `page`, `site`.

    `path` is a file or folder; `page` the address of a page that is the document itself; of a `site`,
    `max_pages` pages are.
    `url` is the public address of a file, where links of unlocated citations can be found;
    `format` overrides what name and content say.
    """

    path: str | None = None
    glob: str | None = None
    page: Annotated[str | None, Meta(extra={"check": address_fault})] = None
    site: Annotated[str | None, Meta(extra={"check": address_fault})] = None
    max_pages: Annotated[int, Meta(ge=1)] = 100
    url: str | None = None
    format: str | None = None
    called: Annotated[str | None, Meta(extra={"internal": True})] = None
    """The name a document goes by that is no file of its own: standard input, a fetched page."""

    @property
    def fetched(self) -> str | None:
        """Return the address of what is read over HTTP; None for files."""
        return self.page or self.site


class SelectionPolicy(Policy, frozen=True, kw_only=True):
    """What of the documents is watched: addresses by regular expressions, paths as in .gitignore.

    `root_dir` is the folder that "/" means in links, `base_url` the address it is published at.
    """

    include: Annotated[tuple[str, ...], Meta(extra={"check": pattern_fault})] = ()
    exclude: Annotated[tuple[str, ...], Meta(extra={"check": pattern_fault})] = ()
    exclude_path: tuple[str, ...] = ()
    identifiers: bool = False
    links: Annotated[str, Meta(extra={"choices": ("cited", "all")})] = "cited"
    root_dir: str | None = None
    base_url: Annotated[str | None, Meta(extra={"check": base_url_fault})] = None


class ReportPolicy(Policy, frozen=True, kw_only=True):
    """What is written, where, and from which severity on the exit code says "findings"."""

    directory: str = "reports"
    formats: Annotated[tuple[str, ...], Meta(extra={"check": _report_fault})] = (
        "html",
        "json",
        "atom",
        "badge",
    )
    fail_on: Annotated[str, Meta(extra={"choices": ("error", "warning", "info", "never")})] = "error"
    title: str = "Citation status"


class ServePolicy(Policy, frozen=True, kw_only=True):
    """The web face of `monitor serve`. `token` (environment only) allows "recheck now".

    `hosts` are the names it goes by besides its address ("*": any); `run_hours` after which a run hangs.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8080
    hosts: tuple[str, ...] = ()
    max_connections: Annotated[int, Meta(ge=1)] = 500
    max_connections_per_address: Annotated[int, Meta(ge=0)] = 0
    header_timeout_s: Annotated[float, Meta(ge=0.1)] = 10.0
    idle_timeout_s: Annotated[float, Meta(ge=0.1)] = 30.0
    run_hours: Annotated[float, Meta(ge=0.1)] = 20.0
    token: Annotated[str | None, Meta(extra={"env_only": True})] = None


class NoticePolicy(Policy, frozen=True, kw_only=True):
    """Who is told of transitions; `apprise` takes notification URLs (extra "notify").

    With `digest`, one message every `remind_days` tells all that changed since.
    """

    webhook: str | None = None
    apprise: Annotated[tuple[str, ...], Meta(extra={"env_only": True})] = ()
    remind_days: Annotated[int, Meta(ge=1)] = 7
    digest: bool = False


class Config(Policy, frozen=True, kw_only=True):
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
    base: Annotated[Path, Meta(extra={"internal": True})] = Path()

    def path(self, name: str) -> Path:
        """Return a configured path, taken from the folder of the configuration."""
        return self.base / name

    @property
    def database_url(self) -> str:
        """Return the database as an SQLAlchemy URL; a plain file name means SQLite."""
        if is_address(self.database) or is_libpq_string(self.database):  # the store says what to write
            return self.database
        return f"sqlite:///{self.path(self.database)}"


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
    on_top = from_environment(Config, environment, faults)
    for dotted, value in (overrides or {}).items():
        put(on_top, dotted.split("."), value)
    config = build(Config, table, on_top, environment, faults)
    if not faults:
        faults.extend(_cross_checks(config))
    if faults:
        source = str(where) if table else "configuration"
        raise ConfigError([f"{source}: {fault}" for fault in faults])
    built: Config = replaced(config, base=where.parent if table else Path())
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
    return [*faults, *_waivers_of_nothing(config.waivers)]


def _waivers_of_nothing(waivers: tuple[Waiver, ...]) -> list[str]:
    if not waivers:
        return []
    from monitor.judge.registry import RULES

    known = {
        name for family, rules in RULES for rule in rules for name in (rule.name, f"{family}/{rule.name}")
    }
    return [
        f"waivers[{index}].rule: {waiver.rule!r} names no rule; `monitor explain` lists them"
        for index, waiver in enumerate(waivers)
        if not any(fnmatchcase(name, waiver.rule) for name in known)
    ]
