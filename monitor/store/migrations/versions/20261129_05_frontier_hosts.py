"""The hosts of a run that many machines share, and which batch holds them."""

import sqlalchemy as sa
from alembic import op

from monitor.store.types import Key, PlainText

revision = "20261129_05"
down_revision = "20261129_04"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "frontier_host",
        sa.Column("run_id", Key, nullable=False),
        sa.Column("host", PlainText, nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("batch", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name="fk_frontier_host_run_id_run", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "host", name="pk_frontier_host"),
    )
    op.create_index("ix_frontier_host_waiting", "frontier_host", ["run_id", "batch", "waiting"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("frontier_host")
