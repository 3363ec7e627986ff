"""Names on the lists of training sessions, sessions called off, addresses of calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of their own: no batch mode, so the triggers on `audit` stay."""
    op.create_table(
        "signups",
        sa.Column("session", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Column("told", sa.Text, nullable=False),
    )
    op.create_index("ix_signups_person", "signups", ["person"])
    op.create_table(
        "cancelled_sessions",
        sa.Column("session", sa.Text, primary_key=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("digest", name="uq_calendar_feeds_digest"),
    )


def downgrade() -> None:
    """Not offered: who has a seat would be lost."""
    raise NotImplementedError("this migration is not taken back: restore a backup instead")
