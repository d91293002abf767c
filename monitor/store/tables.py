"""The tables, as SQLAlchemy Core sees them. The migrations must build exactly these (a test compares).

Four tables are chains: `observation`, `citation_fact`, `coverage`, `finding`. A night that finds what
the last night found extends the last row (`last_run_id`, `last_seen_at`, `times`) instead of adding one;
`before` keeps what the row said before its last extension, so that a rerun replaces it and a void run
takes it back. What a run wrote counts for nothing before the guard has judged it (`run.guarded`): a run
that is cut off in an outage must leave no strike behind.

Outcomes and states are plain text checked in rows.py: a database enum or CHECK would drift unseen, for
Alembic's comparison does not look into them. Sources and documents are unique by the digest of their
name: an address may be longer than what PostgreSQL takes into an index.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    event,
    false,
    text,
)

from monitor.store.types import Json, JsonText, Key, PlainText, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

run = Table(
    "run",
    metadata,
    Column("id", Key, primary_key=True),
    Column("key", String(100), nullable=False, unique=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("judged_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("complete", Boolean, nullable=False, server_default=false()),
    Column("void", Boolean, nullable=False, server_default=false()),
    Column("body", JsonText, nullable=False),
    Column("totals", JsonText),
    Column("guarded", Boolean, nullable=False, server_default=false()),
    Column("vouched_at", UtcDateTime),
)

document = Table(
    "document",
    metadata,
    Column("id", Key, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("path", PlainText, nullable=False),
    Column("body", JsonText, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("id", Key, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("canonical_url", PlainText, nullable=False),
    Column("url", PlainText, nullable=False),
    Column("host_key", PlainText, nullable=False),
    Column("next_check_at", UtcDateTime, nullable=False),
    Column("scheduled_run_id", ForeignKey("run.id", ondelete="SET NULL")),
    Column("before_next_check_at", UtcDateTime),
    Column("rot", JsonText),
    Column("revision", Integer, nullable=False, server_default="0"),
    Index("ix_source_next_check_at", "next_check_at", "id"),
)

citation = Table(
    "citation",
    metadata,
    Column("id", Key, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("document_id", ForeignKey("document.id", ondelete="CASCADE"), nullable=False),
    Column("source_id", ForeignKey("source.id"), index=True),
    Column("line", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("question", String(64), nullable=False),
    Column("body", JsonText, nullable=False),
    Index("ix_citation_document_id", "document_id", "line", "ordinal"),
)


def _chain(name: str, owner: str, *columns: Column[object]) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Key, primary_key=True),
        Column("owner_id", ForeignKey(f"{owner}.id", ondelete="CASCADE"), nullable=False),
        Column("run_id", ForeignKey("run.id"), nullable=False),
        Column("last_run_id", ForeignKey("run.id"), nullable=False, index=True),
        Column("since", UtcDateTime, nullable=False),
        Column("last_seen_at", UtcDateTime, nullable=False),
        Column("times", Integer, nullable=False),
        Column("identity", String(64), nullable=False),
        *columns,
        Column("body", JsonText, nullable=False),
        Column("tally", JsonText),
        Column("before", JsonText),
        UniqueConstraint("owner_id", "run_id"),
        Index(f"ix_{name}_owner_id", "owner_id", "id"),
    )


observation = _chain("observation", "source", Column("outcome", String(30), nullable=False))
citation_fact = _chain(
    "citation_fact",
    "citation",
    Column("question", String(64), nullable=False),
    Column("readable", Boolean, nullable=False),
    Column("confirmed", Boolean, nullable=False),
)
coverage = _chain(
    "coverage",
    "citation",
    Column("question", String(64), nullable=False),
    Column("coverage", String(30), nullable=False),
)
finding = _chain(
    "finding",
    "citation",
    Column("rule", String(100), nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("severity", String(30), nullable=False),
    Column("status", String(30), nullable=False),
    Column("outcome", String(30), nullable=False),
)
CHAINS = (observation, citation_fact, coverage, finding)

standing = Table(
    "standing",
    metadata,
    Column("citation_id", ForeignKey("citation.id", ondelete="CASCADE"), primary_key=True),
    Column("run_id", ForeignKey("run.id"), nullable=False),
    Column("way", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("mark", String(32), nullable=False),
    Column("judged_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("outcome", String(30), nullable=False),
    Column("status", String(30), nullable=False),
    Column("coverage", String(30), nullable=False),
    Column("asks", Boolean, nullable=False),
)
"""What was made of each citation, kept so that a night judges only what changed. It may be lost any time.

A row stands while its source is at this revision: who writes facts moves it on (invalidation.py).
"""

standing_body = Table(
    "standing_body",
    metadata,
    Column("citation_id", ForeignKey("citation.id", ondelete="CASCADE"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""All that was made of a citation: apart from what tells whether it stands, which every night reads."""

capture = Table(
    "capture",
    metadata,
    Column("id", Key, primary_key=True),
    Column("source_id", ForeignKey("source.id", ondelete="CASCADE"), nullable=False),
    Column("archive", PlainText, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("state", String(30), nullable=False, index=True),
    Column("body", JsonText, nullable=False),
    UniqueConstraint("source_id", "archive", "requested_at"),
)

archive_pool = Table(
    "archive_pool",
    metadata,
    Column("archive", String(200), primary_key=True),
    Column("pool", String(100), primary_key=True),
    Column("body", JsonText, nullable=False),
)

archive_answer = Table(
    "archive_answer",
    metadata,
    Column("id", Key, primary_key=True),
    Column("archive", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("answer", Json, nullable=False),
    UniqueConstraint("archive", "digest"),
)

frontier = Table(
    "frontier",
    metadata,
    Column("run_id", ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("source_id", ForeignKey("source.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("host", PlainText, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Index("ix_frontier_host", "run_id", "host", "tries", "source_id"),
)
"""What workers have still to ask in a run: a row goes when its observation is written, in one transaction."""

frontier_host = Table(
    "frontier_host",
    metadata,
    Column("run_id", ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("host", PlainText, primary_key=True),
    Column("waiting", Integer, nullable=False),
    Column("batch", BigInteger),
    # "IS NULL" orders nothing by an index on (batch, waiting): taking the longest queue would sort all hosts.
    Index("ix_frontier_host_free", "run_id", "waiting", sqlite_where=text("batch IS NULL")),
    Index("ix_frontier_host_held", "batch", sqlite_where=text("batch IS NOT NULL")),
)
"""The hosts of the frontier: sources that waited there when it was put back, and the batch that holds it."""


@event.listens_for(frontier_host, "before_create")
def _some_rows(table: Table, connection: Connection, **_: object) -> None:
    """Let its indexes hold as many rows on PostgreSQL; said above, its dialect would be loaded every time."""
    if connection.dialect.name == "postgresql":
        for index in table.indexes:
            index.dialect_kwargs["postgresql_where"] = index.dialect_options["sqlite"]["where"]


host_turn = Table(
    "host_turn",
    metadata,
    Column("host", PlainText, primary_key=True),
    Column("next_at", UtcDateTime, nullable=False),
)
"""When a host may be asked again, handed from worker to worker."""

run_share = Table(
    "run_share",
    metadata,
    Column("run_id", ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("worker", String(200), primary_key=True),
    Column("body", JsonText, nullable=False),
)
"""What each worker did in a run."""
