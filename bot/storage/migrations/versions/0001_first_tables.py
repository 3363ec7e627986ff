"""The first tables: ledger, batches, Slack links, audit chain, inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FAULTY = (
    "until_batch IS NULL AND (loan_substandard > 0 OR loan_doubtful > 0 OR loan_loss > 0"
    " OR overdue_interest > 0 OR advances > 0)"
)


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since_batch", sa.Integer(), nullable=False),
        sa.Column("until_batch", sa.Integer(), nullable=True),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("manager", sa.Text(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_index(
        "ix_attendance_history",
        "attendance",
        ["session", "manager", "until_batch"],
        unique=False,
        sqlite_where=sa.text("until_batch IS NOT NULL"),
        postgresql_where=sa.text("until_batch IS NOT NULL"),
    )
    op.create_index(
        "uq_attendance_current",
        "attendance",
        ["session", "manager"],
        unique=True,
        sqlite_where=sa.text("until_batch IS NULL"),
        postgresql_where=sa.text("until_batch IS NULL"),
    )
    op.create_table(
        "attribution",
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since_batch", sa.Integer(), nullable=False),
        sa.Column("until_batch", sa.Integer(), nullable=True),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("manager", sa.Text(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_index(
        "ix_attribution_history",
        "attribution",
        ["client", "manager", "starts", "until_batch"],
        unique=False,
        sqlite_where=sa.text("until_batch IS NOT NULL"),
        postgresql_where=sa.text("until_batch IS NOT NULL"),
    )
    op.create_index(
        "ix_attribution_manager",
        "attribution",
        ["manager", "client"],
        unique=False,
        sqlite_where=sa.text("until_batch IS NULL"),
        postgresql_where=sa.text("until_batch IS NULL"),
    )
    op.create_index(
        "uq_attribution_current",
        "attribution",
        ["client", "manager", "starts"],
        unique=True,
        sqlite_where=sa.text("until_batch IS NULL"),
        postgresql_where=sa.text("until_batch IS NULL"),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "figures",
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since_batch", sa.Integer(), nullable=False),
        sa.Column("until_batch", sa.Integer(), nullable=True),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("client_name", sa.Text(), nullable=True),
        sa.Column("deposit_avg", sa.BigInteger(), nullable=False),
        sa.Column("agreement_avg", sa.BigInteger(), nullable=False),
        sa.Column("loan_avg", sa.BigInteger(), nullable=False),
        sa.Column("settlement_usd", sa.BigInteger(), nullable=False),
        sa.Column("loan_normal", sa.BigInteger(), nullable=False),
        sa.Column("loan_special", sa.BigInteger(), nullable=False),
        sa.Column("loan_substandard", sa.BigInteger(), nullable=False),
        sa.Column("loan_doubtful", sa.BigInteger(), nullable=False),
        sa.Column("loan_loss", sa.BigInteger(), nullable=False),
        sa.Column("overdue_interest", sa.BigInteger(), nullable=False),
        sa.Column("advances", sa.BigInteger(), nullable=False),
        sa.Column("deposit_balance", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_index(
        "ix_figures_faulty",
        "figures",
        ["client", "as_of"],
        unique=False,
        sqlite_where=sa.text(FAULTY),
        postgresql_where=sa.text(FAULTY),
    )
    op.create_index(
        "ix_figures_history",
        "figures",
        ["as_of", "client", "until_batch"],
        unique=False,
        sqlite_where=sa.text("until_batch IS NOT NULL"),
        postgresql_where=sa.text("until_batch IS NOT NULL"),
    )
    op.create_index(
        "uq_figures_current",
        "figures",
        ["as_of", "client"],
        unique=True,
        sqlite_where=sa.text("until_batch IS NULL"),
        postgresql_where=sa.text("until_batch IS NULL"),
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "ix_inbox_unfinished",
        "inbox",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "managers",
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since_batch", sa.Integer(), nullable=False),
        sa.Column("until_batch", sa.Integer(), nullable=True),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("grade_since", sa.Date(), nullable=True),
        sa.Column("marketing_since", sa.Date(), nullable=True),
        sa.Column("probation_since", sa.Date(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("exam", sa.Text(), nullable=True),
        sa.Column("breach", sa.Boolean(), nullable=True),
        sa.Column("report_date", sa.Date(), nullable=True),
        sa.Column("roles", sa.Text(), nullable=True),
        sa.Column("supervisor", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("status", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_index(
        "ix_managers_history",
        "managers",
        ["id", "until_batch"],
        unique=False,
        sqlite_where=sa.text("until_batch IS NOT NULL"),
        postgresql_where=sa.text("until_batch IS NOT NULL"),
    )
    for column in ("email", "supervisor"):
        op.create_index(
            f"ix_managers_{column}",
            "managers",
            [column],
            unique=False,
            sqlite_where=sa.text("until_batch IS NULL"),
            postgresql_where=sa.text("until_batch IS NULL"),
        )
    op.create_index(
        "uq_managers_current",
        "managers",
        ["id"],
        unique=True,
        sqlite_where=sa.text("until_batch IS NULL"),
        postgresql_where=sa.text("until_batch IS NULL"),
    )
    op.create_table(
        "rates",
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since_batch", sa.Integer(), nullable=False),
        sa.Column("until_batch", sa.Integer(), nullable=True),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("usd_cny", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_index(
        "ix_rates_history",
        "rates",
        ["as_of", "until_batch"],
        unique=False,
        sqlite_where=sa.text("until_batch IS NOT NULL"),
        postgresql_where=sa.text("until_batch IS NOT NULL"),
    )
    op.create_index(
        "uq_rates_current",
        "rates",
        ["as_of"],
        unique=True,
        sqlite_where=sa.text("until_batch IS NULL"),
        postgresql_where=sa.text("until_batch IS NULL"),
    )
    op.create_table(
        "sessions",
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since_batch", sa.Integer(), nullable=False),
        sa.Column("until_batch", sa.Integer(), nullable=True),
        sa.Column("origin_batch", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("grades", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("trainer", sa.Text(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_index(
        "ix_sessions_history",
        "sessions",
        ["id", "until_batch"],
        unique=False,
        sqlite_where=sa.text("until_batch IS NOT NULL"),
        postgresql_where=sa.text("until_batch IS NOT NULL"),
    )
    op.create_index(
        "uq_sessions_current",
        "sessions",
        ["id"],
        unique=True,
        sqlite_where=sa.text("until_batch IS NULL"),
        postgresql_where=sa.text("until_batch IS NULL"),
    )
    op.create_table(
        "slack_links",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("linked_by", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id"),
    )
    op.create_index(op.f("ix_slack_links_person"), "slack_links", ["person"], unique=False)

    guard_audit()


def guard_audit() -> None:
    """The audit chain only grows. Batch mode drops triggers: a migration that alters `audit` calls this again."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit chain only grows'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit chain only grows'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()"
    )


def downgrade() -> None:
    raise NotImplementedError("the first migration is not taken back: restore a backup instead")
