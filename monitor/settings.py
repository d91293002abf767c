"""What the command line says on top of the configuration."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from monitor.config import Config, load_config
from monitor.model.archive_use import ArchiveUse


class Settings(Struct, frozen=True, kw_only=True):
    """What the command line said; None means "not said"."""

    config: Path | None = None
    database: str | None = None
    now: datetime | None = None
    resolve: Sequence[str] | None = None
    archives: ArchiveUse | None = None
    evidence: bool = True
    capture: bool = False
    browser: bool = False
    fail_on: str | None = None
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    exclude_path: Sequence[str] = ()
    identifiers: bool = False
    links: str | None = None
    root_dir: Path | None = None
    base_url: str | None = None
    max_age: timedelta | None = None
    remap: Sequence[tuple[str, str]] = ()
    offline: bool = False
    host: str | None = None
    port: int | None = None
    quiet: bool = False
    bars: bool = True
    engine: str | None = None
    verbosity: int = 0
    log_format: str | None = None

    def load(self) -> Config:
        """Return the configuration with the command line on top; raises ConfigError."""
        said: dict[str, Any] = {
            "database": self.database,
            "check.resolve": list(self.resolve) if self.resolve else None,
            "archive.enabled": False if self.archives is ArchiveUse.OFF or self.offline else None,
            "check.sibling_probe": None if self.evidence else False,
            "browser.enabled": self.browser or None,
            "report.fail_on": self.fail_on,
            "selection.include": list(self.include) or None,
            "selection.exclude": list(self.exclude) or None,
            "selection.exclude_path": list(self.exclude_path) or None,
            "selection.identifiers": self.identifiers or None,
            "selection.links": self.links,
            "selection.root_dir": str(self.root_dir.absolute()) if self.root_dir else None,
            "selection.base_url": self.base_url,
            "check.sentinels": [] if self.offline else None,
            "check.remap": dict(self.remap) or None,
            "scale.engine": self.engine,
            "serve.host": self.host,
            "serve.port": self.port,
            "log.level": {0: None, 1: "info"}.get(self.verbosity, "debug"),
            "log.format": self.log_format,
        }
        return load_config(
            self.config, overrides={key: value for key, value in said.items() if value is not None}
        )
