"""Questions kept for HR to teach from, and the phrases taught."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of their own: no batch mode, so the triggers on `audit` stay."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "kept_questions",
        sa.Column("number", number, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("asker", "team", "user", "text", "reason", "state")),
        *(sa.Column(name, sa.Text) for name in ("hr_channel", "hr_ts", "settled_by")),
        sa.Column("settled_at", sa.BigInteger),
        sa.UniqueConstraint("key", name="uq_kept_questions_key"),
    )
    op.create_index("ix_kept_questions_thread", "kept_questions", ["hr_channel", "hr_ts"])
    op.create_table(
        "taught_phrases",
        sa.Column("phrase", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("clauses", "taught_by")),
        sa.Column("taught_at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Not offered: what HR taught would be lost."""
    raise NotImplementedError("this migration is not taken back: restore a backup instead")
