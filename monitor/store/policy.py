"""How much of a PostgreSQL server this program takes, and how long it waits for it."""

from typing import Annotated

from msgspec import Meta

from monitor.config_values import Policy


class PostgresPolicy(Policy, frozen=True, kw_only=True):
    """Connections of one process, and time limits, all in seconds; SQLite files have none of these.

    `pool_size` connections are kept, `pool_overflow` more may be opened for a while; whoever finds none
    free waits `pool_timeout_s`. `retry_s` is how long what passes by itself (a restart, a lost
    connection, a deadlock) is tried again before a command gives up.
    """

    pool_size: Annotated[int, Meta(ge=1, le=1000)] = 4
    pool_overflow: Annotated[int, Meta(ge=0, le=1000)] = 4
    pool_timeout_s: Annotated[float, Meta(ge=0.1)] = 30.0
    connect_timeout_s: Annotated[float, Meta(ge=1.0)] = 10.0
    statement_timeout_s: Annotated[float, Meta(ge=1.0)] = 600.0
    lock_timeout_s: Annotated[float, Meta(ge=0.1)] = 60.0
    idle_transaction_timeout_s: Annotated[float, Meta(ge=1.0)] = 300.0
    retry_s: Annotated[float, Meta(ge=0.0)] = 60.0


DEFAULT_POLICY = PostgresPolicy()
