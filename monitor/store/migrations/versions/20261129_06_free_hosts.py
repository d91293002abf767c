"""Free hosts are found by the length of their queues, held ones by who holds them."""

import sqlalchemy as sa
from alembic import op

revision = "20261129_06"
down_revision = "20261129_05"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace the index."""
    op.drop_index("ix_frontier_host_waiting", "frontier_host")
    for name, columns, rows in (
        ("ix_frontier_host_free", ["run_id", "waiting"], sa.text("batch IS NULL")),
        ("ix_frontier_host_held", ["batch"], sa.text("batch IS NOT NULL")),
    ):
        op.create_index(name, "frontier_host", columns, postgresql_where=rows, sqlite_where=rows)


def downgrade() -> None:
    """Put it back."""
    op.drop_index("ix_frontier_host_held", "frontier_host")
    op.drop_index("ix_frontier_host_free", "frontier_host")
    op.create_index("ix_frontier_host_waiting", "frontier_host", ["run_id", "batch", "waiting"])
