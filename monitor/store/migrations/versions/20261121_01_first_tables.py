"""The first tables.

Frozen: it spells out plain column types instead of importing tables.py, which moves on.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261121_01"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "archive_answer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("archive", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answered_at", TIME, nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_answer")),
        sa.UniqueConstraint("archive", "digest", name=op.f("uq_archive_answer_archive_digest")),
    )
    op.create_table(
        "archive_pool",
        sa.Column("archive", sa.String(length=200), nullable=False),
        sa.Column("pool", sa.String(length=100), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("archive", "pool", name=op.f("pk_archive_pool")),
    )
    op.create_table(
        "document",
        sa.Column("id", KEY, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("digest", name=op.f("uq_document_digest")),
    )
    op.create_table(
        "run",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("judged_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("complete", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("void", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("key", name=op.f("uq_run_key")),
    )
    op.create_table(
        "source",
        sa.Column("id", KEY, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host_key", sa.Text(), nullable=False),
        sa.Column("next_check_at", TIME, nullable=False),
        sa.Column("scheduled_run_id", KEY, nullable=True),
        sa.Column("before_next_check_at", TIME, nullable=True),
        sa.Column("rot", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["scheduled_run_id"], ["run.id"], name=op.f("fk_source_scheduled_run_id_run"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("digest", name=op.f("uq_source_digest")),
    )
    op.create_index("ix_source_next_check_at", "source", ["next_check_at", "id"], unique=False)
    op.create_table(
        "capture",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_capture_source_id_source"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
        sa.UniqueConstraint(
            "source_id", "archive", "requested_at", name=op.f("uq_capture_source_id_archive_requested_at")
        ),
    )
    op.create_index(op.f("ix_capture_state"), "capture", ["state"], unique=False)
    op.create_table(
        "citation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("document_id", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_citation_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_citation_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint("key", name=op.f("uq_citation_key")),
    )
    op.create_index("ix_citation_document_id", "citation", ["document_id", "line", "ordinal"], unique=False)
    op.create_index(op.f("ix_citation_source_id"), "citation", ["source_id"], unique=False)
    op.create_table(
        "observation",
        sa.Column("id", KEY, nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("last_run_id", KEY, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["last_run_id"], ["run.id"], name=op.f("fk_observation_last_run_id_run")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["source.id"], name=op.f("fk_observation_owner_id_source"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_observation_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("owner_id", "run_id", name=op.f("uq_observation_owner_id_run_id")),
    )
    op.create_index(op.f("ix_observation_last_run_id"), "observation", ["last_run_id"], unique=False)
    op.create_index("ix_observation_owner_id", "observation", ["owner_id", "id"], unique=False)
    op.create_table(
        "citation_fact",
        sa.Column("id", KEY, nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("last_run_id", KEY, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("readable", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["last_run_id"], ["run.id"], name=op.f("fk_citation_fact_last_run_id_run")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["citation.id"], name=op.f("fk_citation_fact_owner_id_citation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_citation_fact_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation_fact")),
        sa.UniqueConstraint("owner_id", "run_id", name=op.f("uq_citation_fact_owner_id_run_id")),
    )
    op.create_index(op.f("ix_citation_fact_last_run_id"), "citation_fact", ["last_run_id"], unique=False)
    op.create_index("ix_citation_fact_owner_id", "citation_fact", ["owner_id", "id"], unique=False)
    op.create_table(
        "coverage",
        sa.Column("id", KEY, nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("last_run_id", KEY, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("coverage", sa.String(length=30), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["last_run_id"], ["run.id"], name=op.f("fk_coverage_last_run_id_run")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["citation.id"], name=op.f("fk_coverage_owner_id_citation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_coverage_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage")),
        sa.UniqueConstraint("owner_id", "run_id", name=op.f("uq_coverage_owner_id_run_id")),
    )
    op.create_index(op.f("ix_coverage_last_run_id"), "coverage", ["last_run_id"], unique=False)
    op.create_index("ix_coverage_owner_id", "coverage", ["owner_id", "id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", KEY, nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("last_run_id", KEY, nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=100), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=30), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["last_run_id"], ["run.id"], name=op.f("fk_finding_last_run_id_run")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["citation.id"], name=op.f("fk_finding_owner_id_citation"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_finding_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("owner_id", "run_id", name=op.f("uq_finding_owner_id_run_id")),
    )
    op.create_index(op.f("ix_finding_last_run_id"), "finding", ["last_run_id"], unique=False)
    op.create_index("ix_finding_owner_id", "finding", ["owner_id", "id"], unique=False)


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("finding")
    op.drop_table("coverage")
    op.drop_table("citation_fact")
    op.drop_table("observation")
    op.drop_table("citation")
    op.drop_table("capture")
    op.drop_table("source")
    op.drop_table("run")
    op.drop_table("document")
    op.drop_table("archive_pool")
    op.drop_table("archive_answer")
