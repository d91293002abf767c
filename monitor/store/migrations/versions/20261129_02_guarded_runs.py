"""Runs count once the guard has judged them; when our own network was last seen to work.

Runs that ended before this revision were judged; those that did not end are judged at the next start.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_02"
down_revision = "20261129_01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("run", sa.Column("guarded", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("run", sa.Column("vouched_at", sa.DateTime(timezone=True), nullable=True))
    run = sa.table("run", sa.column("guarded", sa.Boolean()), sa.column("finished_at"))
    op.execute(sa.update(run).where(run.c.finished_at.is_not(None)).values(guarded=sa.true()))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("run", "vouched_at")
    op.drop_column("run", "guarded")
