"""The first tables: ledger, batches, Slack links, audit chain, inbox."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CURRENT = "until_batch IS NULL"
REPLACED = "until_batch IS NOT NULL"
FAULTY = (
    f"{CURRENT} AND (loan_substandard > 0 OR loan_doubtful > 0 OR loan_loss > 0"
    " OR overdue_interest > 0 OR advances > 0)"
)
AMOUNTS = (
    "deposit_avg agreement_avg loan_avg settlement_usd loan_normal loan_special loan_substandard loan_doubtful"
    " loan_loss overdue_interest advances"
)


def upgrade() -> None:
    """The tables as `bot.storage.tables` describes them; a test compares the two."""
    ledger()
    index("ix_figures_faulty", "figures", ["client", "as_of"], FAULTY)
    index("ix_attribution_manager", "attribution", ["manager", "client"], CURRENT)
    index("ix_managers_email", "managers", ["email"], CURRENT)
    index("ix_managers_supervisor", "managers", ["supervisor"], CURRENT)
    number = sa.Column("id", sa.Integer, primary_key=True)
    undo = (sa.Column("undoes", sa.Integer), sa.Column("undone_by", sa.Integer))
    op.create_table("batches", number, *moments("at"), *texts("actor files rows"), *undo)
    linked = (sa.Column(name, sa.Text, primary_key=True) for name in ("team_id", "user_id"))
    op.create_table("slack_links", *linked, *texts("person linked_by"), *moments("linked_at"))
    op.create_index("ix_slack_links_person", "slack_links", ["person"])
    entry = sa.Column("number", sa.Integer, primary_key=True)
    details = texts("actor action", "subject")
    op.create_table("audit", entry, *moments("at"), *details, *texts("details previous digest"))
    op.create_index("ix_audit_subject", "audit", ["subject"])
    key = sa.Column("key", sa.Text, primary_key=True)
    op.create_table("inbox", key, *texts("payload"), *moments("received_at lease_until", "finished_at"))
    index("ix_inbox_unfinished", "inbox", ["lease_until"], "finished_at IS NULL")
    guard_audit()


def ledger() -> None:
    """The six sheets, each row with the batches between which it holds."""
    dates = [sa.Column(name, sa.Date) for name in ("grade_since", "marketing_since", "probation_since")]
    words = texts("", "education title exam")
    record = (sa.Column("breach", sa.Boolean), sa.Column("report_date", sa.Date))
    rest = (*texts("", "roles supervisor email"), sa.Column("status", sa.Boolean))
    sheet("managers", ["id"], *texts("id name", "unit grade"), *dates, *words, *record, *rest)
    amounts = [sa.Column(name, sa.BigInteger, nullable=False) for name in AMOUNTS.split()]
    balance = sa.Column("deposit_balance", sa.BigInteger)
    sheet("figures", ["as_of", "client"], day("as_of"), *texts("client", "client_name"), *amounts, balance)
    share = sa.Column("share", sa.Integer, nullable=False)
    held = (*texts("client manager"), share, day("starts"), sa.Column("ends", sa.Date))
    sheet("attribution", ["client", "manager", "starts"], *held)
    sheet("rates", ["as_of"], day("as_of"), *texts("usd_cny"))
    counts = (sa.Column("seats", sa.Integer), sa.Column("hours", sa.Integer))
    said = texts("id topic", "category grades")
    sheet("sessions", ["id"], *said, day("day"), *texts("", "start end place trainer"), *counts)
    hours = sa.Column("hours", sa.Integer, nullable=False)
    sheet("attendance", ["session", "manager"], *texts("session manager"), hours, *texts("", "result"))


def sheet(name: str, keys: list[str], *columns: sa.Column[Any]) -> None:
    """A versioned table: one current row a key, and the way to a key's history."""
    version = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    batches = (
        sa.Column("since_batch", sa.Integer, nullable=False),
        sa.Column("until_batch", sa.Integer),
        sa.Column("origin_batch", sa.Integer, nullable=False),
    )
    op.create_table(name, sa.Column("version", version, primary_key=True), *batches, *columns)
    index(f"uq_{name}_current", name, keys, CURRENT, unique=True)
    index(f"ix_{name}_history", name, [*keys, "until_batch"], REPLACED)


def index(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    """A partial index on either database."""
    op.create_index(name, table, columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def texts(needed: str, optional: str = "") -> list[sa.Column[Any]]:
    """Columns of text, by their names."""
    columns = [sa.Column(name, sa.Text, nullable=False) for name in needed.split()]
    return [*columns, *(sa.Column(name, sa.Text) for name in optional.split())]


def moments(needed: str, optional: str = "") -> list[sa.Column[Any]]:
    """Microseconds since 1970 UTC."""
    columns = [sa.Column(name, sa.BigInteger, nullable=False) for name in needed.split()]
    return [*columns, *(sa.Column(name, sa.BigInteger) for name in optional.split())]


def day(name: str) -> sa.Column[Any]:
    """A date that every row has."""
    return sa.Column(name, sa.Date, nullable=False)


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
    """Not offered: the first tables hold everything."""
    raise NotImplementedError("the first migration is not taken back: restore a backup instead")
