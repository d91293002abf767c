"""What was made of a citation lies beside what tells whether it stands: most nights read the latter alone."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_08"
down_revision = "20261129_07"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Empty the table; the first night after fills it."""
    op.drop_table("standing")
    _create()
    op.create_table(
        "standing_body",
        sa.Column("citation_id", _KEY, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citation.id"], name="fk_standing_body_citation_id_citation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("citation_id", name="pk_standing_body"),
    )


def downgrade() -> None:
    """Make it as it was."""
    op.drop_table("standing_body")
    op.drop_table("standing")
    _create(sa.Column("body", sa.LargeBinary(), nullable=False))


def _create(*more: sa.schema.SchemaItem) -> None:
    op.create_table(
        "standing",
        sa.Column("citation_id", _KEY, nullable=False),
        sa.Column("run_id", _KEY, nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(30), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("coverage", sa.String(30), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_standing_run_id_run"),
        sa.ForeignKeyConstraint(
            ["citation_id"], ["citation.id"], name="fk_standing_citation_id_citation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("citation_id", name="pk_standing"),
    )
