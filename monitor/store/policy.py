"""How much of a PostgreSQL server this program takes, and how long it waits for it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresPolicy:
    """Connections of one process, and time limits, all in seconds; SQLite files have none of these.

    `pool_size` connections are kept, `pool_overflow` more may be opened for a while; whoever finds none
    free waits `pool_timeout_s`. `retry_s` is how long what passes by itself (a restart, a lost
    connection, a deadlock) is tried again before a command gives up.
    """

    pool_size: int = field(default=4, metadata={"min": 1, "max": 1000})
    pool_overflow: int = field(default=4, metadata={"min": 0, "max": 1000})
    pool_timeout_s: float = field(default=30.0, metadata={"min": 0.1})
    connect_timeout_s: float = field(default=10.0, metadata={"min": 1.0})
    statement_timeout_s: float = field(default=600.0, metadata={"min": 1.0})
    lock_timeout_s: float = field(default=60.0, metadata={"min": 0.1})
    idle_transaction_timeout_s: float = field(default=300.0, metadata={"min": 1.0})
    retry_s: float = field(default=60.0, metadata={"min": 0.0})


DEFAULT_POLICY = PostgresPolicy()
