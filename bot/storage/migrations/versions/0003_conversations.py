"""What a conversation remembers, for each asker."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own: no batch mode, so the triggers on `audit` stay."""
    op.create_table(
        "conversations",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("asker", "conversation")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("subject", "slots")),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_conversations_at", "conversations", ["at"])


def downgrade() -> None:
    """Half an hour of memory is no loss."""
    op.drop_table("conversations")
