"""Appraisals: runs, their lines, what people said, appeals, and what is established; guards over what is finalised."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of their own: no batch mode, so the triggers on `audit` stay."""
    op.create_table(
        "appraisals",
        _key("number"),
        *_texts("period state rulebook opened_by"),
        sa.Column("corrects", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        *_whole("trial_batch trial_said"),
        *_moments("trial_at proposed_at confirmed_at published_at"),
        *_texts("", "trial_by proposed_by head digest signature public_key confirmed_by published_by"),
        sa.UniqueConstraint("period", "corrects", name="uq_appraisals_period"),
    )
    op.create_table(
        "appraisal_lines",
        sa.Column("run", sa.Integer, primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        *_texts("name change pass_line inputs result seal", "unit current proposed"),
        sa.Column("blocks", sa.Boolean, nullable=False),
    )
    op.create_table(
        "appraisal_said",
        _key("number"),
        sa.Column("run", sa.Integer, nullable=False),
        *_texts("kind person item value note by via"),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_appraisal_said_run", "appraisal_said", ["run", "kind"])
    op.create_table(
        "appraisal_appeals",
        _key("number"),
        *_texts("key person kind item text", "outcome reason decided_by"),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_moments("decided_at"),
        *_whole("corrected_by"),
        sa.UniqueConstraint("key", name="uq_appraisal_appeals_key"),
    )
    op.create_table(
        "established",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("person", "field")),
        sa.Column("run", sa.Integer, primary_key=True),
        *_texts("value"),
        sa.Column("since", sa.Date, nullable=False),
    )
    guard()


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _texts(needed: str, optional: str = "") -> list[sa.Column[str]]:
    columns = [sa.Column(name, sa.Text, nullable=False) for name in needed.split()]
    return [*columns, *(sa.Column(name, sa.Text) for name in optional.split())]


def _whole(names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer) for name in names.split()]


def _moments(names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger) for name in names.split()]


_SEALED = "state IN ('finalised', 'published')"
_KEPT = (
    "number period corrects rulebook opened_by opened_at trial_batch trial_said trial_by trial_at proposed_by"
    " proposed_at head digest signature public_key confirmed_by confirmed_at"
)
_WORDS = "a finalised appraisal does not change"


def guard() -> None:
    """Refuses what would change a finalised run, and any change of what people said."""
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _KEPT.split())
    back = "NEW.state NOT IN ('finalised', 'published') OR (OLD.state = 'published' AND NEW.state <> 'published')"
    run = f"OLD.{_SEALED} AND ({changed} OR {back})"
    of_line = "EXISTS (SELECT 1 FROM appraisals WHERE number = {0}.run AND " + _SEALED + ")"  # noqa: S608
    rules = [
        ("appraisals", "UPDATE", run),
        ("appraisals", "DELETE", f"OLD.{_SEALED}"),
        ("appraisal_lines", "INSERT", of_line.format("NEW")),
        ("appraisal_lines", "UPDATE", f"{of_line.format('OLD')} OR {of_line.format('NEW')}"),
        ("appraisal_lines", "DELETE", of_line.format("OLD")),
        ("appraisal_said", "UPDATE", "1 = 1"),
        ("appraisal_said", "DELETE", "1 = 1"),
        ("established", "UPDATE", "1 = 1"),
        ("established", "DELETE", "1 = 1"),
    ]
    for table, act, when in rules:
        _trigger(table, act, when)


def _trigger(table: str, act: str, when: str) -> None:
    name = f"{table}_no_{act.lower()}"
    if op.get_bind().dialect.name == "sqlite":
        when = when.replace("IS DISTINCT FROM", "IS NOT")
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
        )
        return
    row = "OLD" if act == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN"
        f" RAISE EXCEPTION '{_WORDS}'; END IF; RETURN {row}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    """Not offered: finalised appraisals would be lost."""
    raise NotImplementedError("this migration is not taken back: restore a backup instead")
