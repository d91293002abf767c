"""Why a capture was refused is a kind of its own, no longer the first words of a sentence."""

import json

import sqlalchemy as sa
from alembic import op

revision = "20261129_01"
down_revision = "20261121_01"
branch_labels = None
depends_on = None

KINDS = (
    ("no-keys: ", "no-keys"),
    ("unauthorized: ", "bad-keys"),
    ("temporary: today's ", "day-spent"),
    ("temporary: ", "passing"),
    ("permanent: ", "permanent"),
)
"""How the sentences of earlier versions begin, and what they meant."""

_CAPTURE = sa.table("capture", sa.column("id"), sa.column("state"), sa.column("body", sa.JSON))
_ANSWER = sa.table("archive_answer", sa.column("id"), sa.column("answer", sa.JSON))


def upgrade() -> None:
    """Name the kind of each refusal in both ledgers: the reports' and the archive's own."""
    bind = op.get_bind()
    refused = sa.select(_CAPTURE.c.id, _CAPTURE.c.body).where(_CAPTURE.c.state == "refused")
    for number, body in bind.execute(refused).all():
        op.execute(_CAPTURE.update().where(_CAPTURE.c.id == number).values(body=named(body)))
    lines = sa.cast(_ANSWER.c.answer, sa.Text).like("%requested_at%")
    for number, answer in bind.execute(sa.select(_ANSWER.c.id, _ANSWER.c.answer).where(lines)).all():
        line = json.loads(answer)
        if line.get("state") == "refused":
            text = json.dumps(named(line))
            op.execute(_ANSWER.update().where(_ANSWER.c.id == number).values(answer=text))


def named(line: dict[str, object]) -> dict[str, object]:
    """Return a line of a ledger with the kind of its refusal apart from the words."""
    reason = str(line.get("reason") or "")
    for words, kind in KINDS:
        if reason.startswith(words):
            return {**line, "refusal": kind, "reason": reason.removeprefix(words)}
    return {**line, "refusal": "passing"}


def downgrade() -> None:
    """Leave the kinds where they are: an earlier version does not read them."""
