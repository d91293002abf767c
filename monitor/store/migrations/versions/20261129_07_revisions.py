"""What was made of a citation falls when its facts are written, so nothing of them is read to tell."""

import sqlalchemy as sa
from alembic import op

revision = "20261129_07"
down_revision = "20261129_06"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Empty the table; the first night after fills it."""
    op.add_column("source", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.drop_table("standing")
    _create(
        sa.Column("run_id", _KEY, nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_standing_run_id_run"),
    )


def downgrade() -> None:
    """Make it as it was."""
    op.drop_table("standing")
    _create(sa.Column("mark", sa.String(64), nullable=False))
    op.drop_column("source", "revision")


def _create(*more: sa.schema.SchemaItem) -> None:
    op.create_table(
        "standing",
        sa.Column("citation_id", _KEY, nullable=False),
        *more,
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
