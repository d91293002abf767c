"""Stretches of hosts' time by the clock of the database, for those of the machines differ (PostgreSQL)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from monitor.store.database import Database, writes

LONGEST_NAME = 253
"""Characters of a host's name that count; what is longer is no host, and would not fit into an index."""

# Hosts in one order everywhere, so that two workers never wait for each other's rows in a circle.
_RESERVE = text(
    "WITH wish AS (SELECT * FROM unnest(CAST(:hosts AS text[]), CAST(:seconds AS float8[]), "
    "CAST(:held AS timestamptz[])) AS wish(host, seconds, held)) "
    "INSERT INTO host_turn AS turn (host, next_at) "
    "SELECT host, clock_timestamp() + make_interval(secs => seconds) FROM wish ORDER BY host "
    "ON CONFLICT (host) DO UPDATE SET next_at = (SELECT make_interval(secs => wish.seconds) + "
    "CASE WHEN turn.next_at = wish.held THEN clock_timestamp() "
    "ELSE greatest(turn.next_at, clock_timestamp()) END FROM wish WHERE wish.host = excluded.host) "
    "RETURNING host, next_at, extract(epoch FROM next_at - clock_timestamp()) AS ends"
)
_RELEASE = text(
    "UPDATE host_turn SET next_at = own.earlier FROM (SELECT turn.host, wish.until, "
    "clock_timestamp() + make_interval(secs => wish.wait_s) AS earlier FROM host_turn AS turn "
    "JOIN unnest(CAST(:hosts AS text[]), CAST(:untils AS timestamptz[]), CAST(:waits AS float8[])) "
    "AS wish(host, until, wait_s) ON wish.host = turn.host AND wish.until = turn.next_at "
    "ORDER BY turn.host FOR UPDATE OF turn) AS own "
    "WHERE host_turn.host = own.host AND host_turn.next_at = own.until AND own.earlier < own.until"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A host wanted for so many seconds; at once for whoever `held` it last, until that instant."""

    host: str
    seconds: float
    held: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """A stretch of a host's time: begins in `wait_s` seconds, ends at `until` by the database's clock."""

    wait_s: float
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A host that others may ask in `wait_s` seconds, though it was reserved `until` later."""

    host: str
    until: datetime
    wait_s: float


class HostStretches(Database):
    """Reserves hosts, each named once, and gives them back; many in one statement."""

    @writes
    def reserve(self, conn: Connection, wishes: Sequence[Wish]) -> list[Reserved]:
        """Reserve each host from when those before are done with it."""
        columns = {
            "hosts": [one.host for one in wishes],
            "seconds": [one.seconds for one in wishes],
            "held": [one.held for one in wishes],
        }
        found = {row.host: row for row in conn.execute(_RESERVE, columns)}
        return [
            Reserved(
                wait_s=max(float(found[one.host].ends) - one.seconds, 0.0), until=found[one.host].next_at
            )
            for one in wishes
        ]

    @writes
    def release(self, conn: Connection, given_back: Sequence[Release]) -> None:
        """Let others ask hosts earlier than they were reserved for; unless some wait already."""
        columns = {
            "hosts": [one.host for one in given_back],
            "untils": [one.until for one in given_back],
            "waits": [one.wait_s for one in given_back],
        }
        conn.execute(_RELEASE, columns)
