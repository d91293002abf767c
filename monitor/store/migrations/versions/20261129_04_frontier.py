"""What is left of a run that many machines share, and when a host may be asked again."""

import sqlalchemy as sa
from alembic import op

from monitor.store.types import Key, PlainText

revision = "20261129_04"
down_revision = "20261129_03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "frontier",
        sa.Column("run_id", Key, nullable=False),
        sa.Column("source_id", Key, nullable=False),
        sa.Column("host", PlainText, nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_frontier_run_id_run", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name="fk_frontier_source_id_source", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "source_id", name="pk_frontier"),
    )
    op.create_index("ix_frontier_host", "frontier", ["run_id", "host", "tries", "source_id"])
    op.create_index("ix_frontier_source_id", "frontier", ["source_id"])
    op.create_table(
        "host_turn",
        sa.Column("host", PlainText, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_host_turn"),
    )
    op.create_table(
        "run_share",
        sa.Column("run_id", Key, nullable=False),
        sa.Column("worker", sa.String(200), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_share_run_id_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "worker", name="pk_run_share"),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("run_share", "host_turn", "frontier"):
        op.drop_table(table)
