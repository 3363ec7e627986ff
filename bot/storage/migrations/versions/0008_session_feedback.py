"""What people said of training sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own: no batch mode, so the triggers stay."""
    op.create_table(
        "session_feedback",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("session", "person", "question")),
        sa.Column("answer", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Not offered: what people said would be lost."""
    raise NotImplementedError("this migration is not taken back: restore a backup instead")
