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
    ("read-only transaction", "may not be written: it is a standby, or set so; name the primary"),
    ("no space left", "has no room: the server's disk is full; free space and run again"),
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
    ("not yet accepting connections", "is starting up; try again in a moment"),
    ("shutting down", "is being stopped; start it, and run again"),
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
    ("connection timeout", "does not answer; check the address, the server, and firewalls between"),
    ("connection failed", "cannot be reached; check that the server runs and that the address is right"),
    ("connection refused", "cannot be reached; check that the server runs and that the address is right"),
)


_PASSING = ("08", "57P", "40001", "40P01", "53300", "55P03", "25P03")
"""SQLSTATEs (or their classes) that pass by themselves: connections lost or too many, restarts, deadlocks."""


_SERVERS = ("08", "25006", "53", "57", "58")
"""SQLSTATEs (or their classes) of the server's own troubles: whatever they are called, no bug of ours."""

_NOT_CONNECTED = ("connection failed", "connection timeout", "connection is bad", "couldn't get a connection")
_LASTING = (
    "does not exist", "authentication failed", "no password", "pg_hba.conf", "resolve host", "support ssl",
    "certificate", "invalid", "permission denied",
)  # fmt: skip
"""What a refusal to connect says where the same again would be refused again: nobody waits for a person."""


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
        state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
        plain = kind in ("operationalerror", "databaseerror") or state.startswith(_SERVERS)
        if isinstance(error, DBAPIError) and not plain:
            raise
        raise raised(f"the database {shown(url)} failed: {words[:300]}; mend that and run again") from error


def _passes(error: Exception, words: str) -> bool:
    """Tell whether a failure of PostgreSQL passes by itself; SQLite has waited for its lock already."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError) or isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if error.connection_invalidated or state is not None:
        return error.connection_invalidated or str(state).startswith(_PASSING)
    # Before a connection stands, psycopg has only words: of a server that is down, stops, or starts.
    told = words.lower()
    return told.startswith(_NOT_CONNECTED) and not any(sign in told for sign in _LASTING)
