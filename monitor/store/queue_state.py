"""How a shared run stands, for `/metrics` and `monitor doctor`: the frontier and the engine's tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, text

from monitor.store.database import Database
from monitor.store.interface import EPOCH

MOST_HOSTS = 10
"""Hosts told apart: the longest waits; a million labels would be no metrics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """Sources left to ask, their hosts, workers alive; and who is waited for.

    `waits` has seconds until the hosts with the longest waits may be asked, `oldest_due` when the source that
    waits longest for its next look was to be asked; None while nothing is late.
    """

    engine: bool = False
    """Whether the engine's tables are there: they are made by the first worker or shared run."""
    left: int = 0
    tried: int = 0
    """Of these, how many a worker took and did not bring back, so far."""
    hosts: int = 0
    """Hosts of the run that wait for a worker."""
    hosts_held: int = 0
    """Hosts of the run that workers hold."""
    workers: int = 0
    silent: int = 0
    """Workers registered that gave no sign of life for too long."""
    resting: int = 0
    """Hosts that may not be asked just now."""
    waits: Mapping[str, float] = field(default_factory=dict)
    oldest_due: datetime | None = None


_LEFT = text('SELECT count(*) AS "left", count(*) FILTER (WHERE tries > 0) AS tried FROM frontier')
_WAITS = text(
    "SELECT host, extract(epoch FROM next_at - clock_timestamp()) AS wait_s, count(*) OVER () AS resting "
    "FROM host_turn WHERE next_at > clock_timestamp() ORDER BY next_at DESC LIMIT :most"
)
_OLDEST = text(
    "SELECT next_check_at FROM source WHERE next_check_at > :never AND next_check_at <= :now AND EXISTS "
    "(SELECT 1 FROM citation WHERE citation.source_id = source.id) ORDER BY next_check_at LIMIT 1"
)
_ENGINE = text(
    "SELECT to_regclass('procrastinate_jobs') IS NOT NULL "
    "AND to_regclass('procrastinate_workers') IS NOT NULL"
)
_FUNCTIONS = text(
    "SELECT proname FROM pg_proc WHERE proname LIKE 'procrastinate%' AND pg_function_is_visible(oid)"
)
_HOSTS = text("SELECT count(*) - count(batch) AS unheld, count(batch) AS held FROM frontier_host")
_WORKERS = text(
    "SELECT count(*) FILTER (WHERE alive) AS workers, count(*) FILTER (WHERE NOT alive) AS silent "
    "FROM (SELECT last_heartbeat >= now() - make_interval(secs => :stalled_s) AS alive "
    "FROM procrastinate_workers) AS seen"
)


async def queue_state(database: Database, now: datetime, stalled_s: float) -> QueueState:
    """Return how a shared run stands; the database is PostgreSQL."""
    return await database.engine.read(lambda conn: _queue_state(conn, now, stalled_s))


def _queue_state(conn: Connection, now: datetime, stalled_s: float) -> QueueState:
    sources = conn.execute(_LEFT).one()
    hosts = conn.execute(_HOSTS).one()
    waits = conn.execute(_WAITS, {"most": MOST_HOSTS}).all()
    oldest = conn.execute(_OLDEST, {"never": EPOCH, "now": now}).scalar()
    known = {
        "left": sources.left,
        "tried": sources.tried,
        "hosts": hosts.unheld,
        "hosts_held": hosts.held,
        "resting": waits[0].resting if waits else 0,
        "waits": {row.host: float(row.wait_s) for row in waits},
        "oldest_due": oldest,
    }
    if not conn.execute(_ENGINE).scalar():
        return QueueState(**known)
    workers = conn.execute(_WORKERS, {"stalled_s": stalled_s}).one()
    return QueueState(
        engine=True,
        workers=workers.workers,
        silent=workers.silent,
        **known,
    )


async def engine_functions(database: Database) -> frozenset[str]:
    """Return the names of the engine's functions that the database has."""
    return await database.engine.read(lambda conn: frozenset(conn.execute(_FUNCTIONS).scalars()))
