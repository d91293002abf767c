"""What a database's failures mean, and what to do about them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from monitor.errors import StoreError
from monitor.store.addresses import is_file, shown
from monitor.store.integrity import integrity

_REMEDIES = (
    ("sqlite_ioerr_shmsize", "has no room: the disk is full; free space and run again"),
    (
        "sqlite_ioerr_write",
        "cannot be written: the disk reports an error, or files may not be so large (ulimit -f)",
    ),
    ("file is not a database", "is not a database of this program; name another file with --database"),
    ("malformed", "is damaged; restore it from a backup, or move it away and run again to start afresh"),
    ("locked", "is in use by another program; wait until that run has ended, or stop it"),
    ("readonly database", "may not be written; give this user write permission on the file and its folder"),
    (
        "read-only database",
        "may not be written; give this user write permission on the file and its folder",
    ),
    ("unable to open", "cannot be opened; check that the folder exists and may be written"),
    ("disk is full", "has no room: the disk is full; free space and run again"),
    ("disk i/o error", "cannot be read or written: the disk reports an error; check the disk"),
    ("no such table", "lacks tables; run `monitor db upgrade`"),
    ("undefinedtable", "lacks tables; run `monitor db upgrade`"),
    ("invalid connection option", "has an option that libpq does not know; leave it out of the address"),
    ("invalid sslmode", "has an sslmode that libpq does not know; sslmode=require wants TLS"),
    (
        "does not support ssl",
        "speaks no TLS, which the address wants; leave sslmode out, or set the server up",
    ),
    ("permission denied", "gives this role too few rights; GRANT it CREATE and USAGE on the schema"),
    ("insufficientprivilege", "gives this role too few rights; GRANT it CREATE and USAGE on the schema"),
    ("no schema has been selected", "has no such schema; create it, or correct the address"),
    ("terminating connection", "ended the connection: it is being restarted; run again, nothing is lost"),
    ("adminshutdown", "ended the connection: it is being restarted; run again, nothing is lost"),
    ("starting up", "is starting up; try again in a moment"),
    (
        "too many connections",
        "has no connection free; raise max_connections, or lower [postgresql] pool_size",
    ),
    ("too many clients", "has no connection free; raise max_connections, or lower [postgresql] pool_size"),
    (
        "remaining connection slots",
        "has no connection free; raise max_connections, or lower [postgresql] pool_size",
    ),
    ("queuepool limit", "answers too slowly for [postgresql] pool_size; raise it, or look at the server"),
    (
        "statement timeout",
        "took too long for a statement; raise [postgresql] statement_timeout_s, or look at the server",
    ),
    ("lock timeout", "is held by another program; wait until it has ended, or look at pg_locks"),
    ("deadlock", "gave way to another program; run again, nothing is lost"),
    (
        "server closed the connection",
        "closed the connection; check the server and run again, nothing is lost",
    ),
    ("connection is closed", "closed the connection; check the server and run again, nothing is lost"),
    ('role "', "knows no such user; CREATE ROLE it, or correct the address"),
    ("failed to resolve host", "cannot be found: there is no such host; correct the address"),
    ("password authentication failed", "refuses the user name or password; correct the address"),
    ("does not exist", "does not exist on that server; create it, or correct the address"),
    ("connection failed", "cannot be reached; check that the server runs and that the address is right"),
    ("connection refused", "cannot be reached; check that the server runs and that the address is right"),
)


_PASSING = ("08", "57P", "40001", "40P01", "53300", "55P03", "25P03")
"""SQLSTATEs (or their classes) that pass by themselves: connections lost or too many, restarts, deadlocks."""


class PassingStoreError(StoreError):
    """The database failed in a way that passes by itself: the same once more, a little later, may succeed."""


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn the database's failures into a StoreError that says what to do; bugs pass through.

    What looks like a bug is none where the file is damaged: SQLite keeps anything in any cell.
    """
    try:
        yield
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        fault = integrity(url.database or "") if is_file(url) else None
        if fault is None:
            raise
        remedy = "restore a backup, or move it away and run again to start afresh"
        raise StoreError(f"the database {shown(url)} is damaged: {fault}; {remedy}") from error
    except (DBAPIError, sqlite3.Error, OSError, PoolTimeoutError) as error:
        words = " ".join(str(getattr(error, "orig", None) or error).split())
        kind = type(getattr(error, "orig", error)).__name__.lower()
        raised = PassingStoreError if _passes(error, words) else StoreError
        told = f"{words} {getattr(getattr(error, 'orig', error), 'sqlite_errorname', '')}".lower()
        for sign, remedy in _REMEDIES:
            if sign in told or sign in kind:
                raise raised(f"the database {shown(url)} {remedy}") from error
        if isinstance(error, DBAPIError) and kind not in ("operationalerror", "databaseerror"):
            raise
        raise raised(f"the database {shown(url)} failed: {words[:300]}; mend that and run again") from error


def _passes(error: Exception, words: str) -> bool:
    """Tell whether a failure of PostgreSQL passes by itself; SQLite has waited for its lock already."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError) or isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None) or ""
    refused = "connection refused" in words.lower() or "starting up" in words.lower()
    return error.connection_invalidated or state.startswith(_PASSING) or refused
