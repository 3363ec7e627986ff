"""Access that waits for a second HR person; which batch a confirmation belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WAITING = "state = 'waiting'"


def upgrade() -> None:
    """A plain added column: SQLite needs no batch mode for it, so that the triggers on `audit` stay."""
    op.add_column("batches", sa.Column("confirms", sa.Integer))
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "pending_access",
        sa.Column("number", number, primary_key=True),
        sa.Column("batch", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("person", "field")),
        sa.Column("value", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.BigInteger),
    )
    op.create_index(
        "uq_pending_access_waiting",
        "pending_access",
        ["person", "field"],
        unique=True,
        sqlite_where=sa.text(WAITING),
        postgresql_where=sa.text(WAITING),
    )


def downgrade() -> None:
    """Not offered: what waits would be lost."""
    raise NotImplementedError("this migration is not taken back: restore a backup instead")
