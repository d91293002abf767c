"""Addresses of databases as people write them, and as a message may show them."""

import re
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from monitor.errors import UsageError
from monitor.store.spelling import is_address, is_libpq_string

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+aiosqlite": "sqlite",  # as earlier versions named it
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    # The same server by another driver's name: it is ours that asks.
    "postgres+psycopg": "postgresql+psycopg",
    "postgresql+asyncpg": "postgresql+psycopg",
    "postgresql+psycopg2": "postgresql+psycopg",
}

_SECRETS = ("password", "sslpassword")


def database_url(address: str) -> URL:
    """Return the URL for a configured address; a bare path is an SQLite file. UsageError if it is neither."""
    address = address.strip()
    scheme, separator, rest = address.partition("://")
    if is_libpq_string(address):
        raise UsageError(
            "database: this is a libpq connection string; write it as an address: postgresql://USER@HOST/NAME"
        )
    if separator:
        text = f"{scheme.lower()}://{_authority(rest)}"
    else:
        text = address if is_address(address) else f"sqlite:///{address}"
    try:
        url = make_url(text)
        driver = _DRIVERS[url.drivername]
    except (ArgumentError, KeyError, ValueError) as error:
        raise UsageError(
            f"database: {_without_password(address)!r} is no address this program can use; "
            "write a file name, sqlite:///FILE, or postgresql://USER@HOST/NAME"
        ) from error
    if driver.startswith("postgresql"):
        url = _libpq_options(url)
    return url.set(drivername=driver)


def _authority(rest: str) -> str:
    """Return what follows the scheme as SQLAlchemy takes it: `h1:5432,h2` apart, no bare @ in front."""
    netloc, slash, path = rest.partition("/")
    user, at, hosts = netloc.rpartition("@")
    user = user.replace("@", "%40")
    if "," not in hosts:
        return f"{user}{at}{hosts}{slash}{path}"
    named = "&".join(f"host={host}" for host in hosts.split(","))
    return f"{user}{at}{slash}{path}{'&' if '?' in path else '?'}{named}"


def _libpq_options(url: URL) -> URL:
    """Return a PostgreSQL address with options as libpq knows them; others' names for them are taken too."""
    query = dict(url.query)
    if "ssl" in query:
        wanted = str(query.pop("ssl")).lower()
        query.setdefault("sslmode", "disable" if wanted in ("false", "0", "disable") else "require")
    schema = query.pop("schema", None) or query.pop("search_path", None)
    if schema is not None:
        query.setdefault("options", f"-csearch_path={schema}")
    return url.set(query=query)


def _without_password(address: str) -> str:
    """Return an address that cannot be parsed as a message may show it."""
    told = re.sub(r"(:/*[^:/@]*:).*(?=@)", r"\1***", address)
    return re.sub(r"(?i)((?:ssl)?password=)[^&\s]*", r"\1***", told)


def is_memory(url: URL) -> bool:
    """Tell whether a URL names a database that lives in memory only."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def is_file(url: URL) -> bool:
    """Tell whether a URL names an SQLite file."""
    return url.get_backend_name() == "sqlite" and not is_memory(url)


def must_exist(address: str) -> None:
    """Raise UsageError where an address names a file that is not there: nothing can be read of it."""
    url = database_url(address)
    if is_file(url) and not Path(url.database or "").exists():
        raise UsageError(
            f"{shown(url)}: there is no database yet; `monitor run` makes it, and --database names another"
        )


def shown(url: URL) -> str:
    """Return the address as a message may show it: the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.difference_update_query(_SECRETS).render_as_string(hide_password=True)
