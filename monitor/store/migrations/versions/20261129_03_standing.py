"""What was made of each citation is kept, so that a night judges only what changed."""

import sqlalchemy as sa
from alembic import op

revision = "20261129_03"
down_revision = "20261129_02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; the first night after fills it."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "standing",
        sa.Column("citation_id", key, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(30), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("coverage", sa.String(30), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citation.id"], name="fk_standing_citation_id_citation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("citation_id", name="pk_standing"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("standing")
