"""What is to be told later, who sends it, and how people want to be reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('due', 'sending')")


def upgrade() -> None:
    """Tables of their own: no batch mode, so the triggers on `audit` stay."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "outbox",
        sa.Column("number", number, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "person", "period", "occurrence", "state")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("due_at", "next_at", "expires_at", "planned_at")),
        sa.Column("lease_until", sa.BigInteger),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("token", "attempts")),
        *(sa.Column(name, sa.Text) for name in ("reason", "recipient", "ts")),
        *(sa.Column(name, sa.BigInteger) for name in ("sent_at", "acted_at")),
        sa.UniqueConstraint("kind", "person", "period", "occurrence", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_open", "outbox", ["expires_at", "next_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("ix_outbox_person", "outbox", ["person", "sent_at"])
    op.create_table(
        "outbox_turns",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "reminder_wishes",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("hour", sa.Integer),
        sa.Column("every_days", sa.Integer, nullable=False),
    )
    op.create_table(
        "leaves",
        sa.Column("number", number, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("starts", "ends")),
        sa.Column("said_by", sa.Text, nullable=False),
    )
    op.create_index("ix_leaves_person", "leaves", ["person"])


def downgrade() -> None:
    """Not offered: what was sent would be forgotten, and sent again."""
    raise NotImplementedError("this migration is not taken back: restore a backup instead")
