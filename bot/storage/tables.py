"""Every table, once. Amounts are whole 分 (settlement: US cents), shares basis points, hours hundredths.

The ledger's tables are versioned: a row holds from `since_batch` until `until_batch` (the batch that replaced or
withdrew it; NULL: now). So the ledger can be read as it was known after any batch, and nothing is deleted.
"""

from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from sqlalchemy import BigInteger, Dialect, Index, Integer, MetaData, TypeDecorator, UniqueConstraint, text
from sqlmodel import Field, SQLModel

CURRENT = text("until_batch IS NULL")
REPLACED = text("until_batch IS NOT NULL")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """A moment, kept as whole microseconds since 1970 UTC: SQLite would drop the time zone of a datetime."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Aware datetimes only: subtracting a naive one raises TypeError."""
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """In UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


# SQLite numbers rows by itself in an INTEGER key only.
_VERSION = BigInteger().with_variant(Integer, "sqlite")


class Table(SQLModel):
    """Base of our tables, with a metadata of its own."""

    metadata: ClassVar[MetaData] = MetaData()


def _versions(name: str, *keys: str) -> tuple[Index, Index]:
    """One current row a key; and the way to a key's history."""
    return (
        Index(f"uq_{name}_current", *keys, unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT),
        Index(f"ix_{name}_history", *keys, "until_batch", sqlite_where=REPLACED, postgresql_where=REPLACED),
    )


def amount(default: int | None = 0, nullable: bool = False) -> int:
    """A column of whole minor units, 64 bits."""
    return Field(default=default, sa_type=BigInteger, nullable=nullable)  # type: ignore[no-any-return]


class Versioned(Table):
    """What every versioned row carries."""

    version: int | None = Field(default=None, primary_key=True, sa_type=_VERSION)
    since_batch: int
    until_batch: int | None = None
    origin_batch: int
    """The batch whose file said so; a row restored by an undo keeps its origin."""


class BatchRow(Table, table=True):
    """One import, or the withdrawal of one."""

    __tablename__ = "batches"
    id: int = Field(primary_key=True, sa_type=Integer)
    at: datetime = Field(sa_type=Instant)
    actor: str
    files: str
    rows: str
    """JSON: rows changed by sheet."""
    undoes: int | None = None
    undone_by: int | None = None
    confirms: int | None = None
    """The batch whose changes of access this one put in force."""


class ManagerRow(Versioned, table=True):
    """人员."""

    __tablename__ = "managers"
    __table_args__ = (
        *_versions("managers", "id"),
        # Who asks on Slack is looked up by address, a supervisor's team by number.
        Index("ix_managers_email", "email", sqlite_where=CURRENT, postgresql_where=CURRENT),
        Index("ix_managers_supervisor", "supervisor", sqlite_where=CURRENT, postgresql_where=CURRENT),
    )
    id: str
    name: str
    unit: str | None = None
    grade: str | None = None
    grade_since: date | None = None
    marketing_since: date | None = None
    probation_since: date | None = None
    education: str | None = None
    title: str | None = None
    exam: str | None = None
    breach: bool | None = None
    report_date: date | None = None
    roles: str | None = None
    supervisor: str | None = None
    email: str | None = None
    status: bool | None = None
    """NULL and true: 在岗."""


FAULTY = text(
    "until_batch IS NULL AND (loan_substandard > 0 OR loan_doubtful > 0 OR loan_loss > 0"
    " OR overdue_interest > 0 OR advances > 0)"
)


class FiguresRow(Versioned, table=True):
    """业绩."""

    __tablename__ = "figures"
    __table_args__ = (
        *_versions("figures", "as_of", "client"),
        # R18 looks through a whole year for the few rows that break it.
        Index("ix_figures_faulty", "client", "as_of", sqlite_where=FAULTY, postgresql_where=FAULTY),
    )
    as_of: date
    client: str
    client_name: str | None = None
    deposit_avg: int = amount()
    agreement_avg: int = amount()
    loan_avg: int = amount()
    settlement_usd: int = amount()
    loan_normal: int = amount()
    loan_special: int = amount()
    loan_substandard: int = amount()
    loan_doubtful: int = amount()
    loan_loss: int = amount()
    overdue_interest: int = amount()
    advances: int = amount()
    deposit_balance: int | None = amount(default=None, nullable=True)


class AttributionRow(Versioned, table=True):
    """管户: in force from `starts` to `ends`, both days included (R11)."""

    __tablename__ = "attribution"
    __table_args__ = (
        *_versions("attribution", "client", "manager", "starts"),
        Index("ix_attribution_manager", "manager", "client", sqlite_where=CURRENT, postgresql_where=CURRENT),
    )
    client: str
    manager: str
    share: int = 10_000
    starts: date
    ends: date | None = None


class RateRow(Versioned, table=True):
    """汇率, a decimal as text."""

    __tablename__ = "rates"
    __table_args__ = _versions("rates", "as_of")
    as_of: date
    usd_cny: str


class SessionRow(Versioned, table=True):
    """培训."""

    __tablename__ = "sessions"
    __table_args__ = _versions("sessions", "id")
    id: str
    topic: str
    category: str | None = None
    grades: str | None = None
    day: date
    start: str | None = None
    end: str | None = None
    place: str | None = None
    trainer: str | None = None
    seats: int | None = None
    hours: int | None = None


class AttendanceRow(Versioned, table=True):
    """签到."""

    __tablename__ = "attendance"
    __table_args__ = _versions("attendance", "session", "manager")
    session: str
    manager: str
    hours: int
    result: str | None = None


class LinkRow(Table, table=True):
    """A Slack user linked to a member of staff by HR; team and user id together are the key."""

    __tablename__ = "slack_links"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    person: str = Field(index=True)
    linked_by: str
    linked_at: datetime = Field(sa_type=Instant)


WAITING = text("state = 'waiting'")


class PendingAccessRow(Table, table=True):
    """A role list, supervisor or address that an import brought and a second HR person has to confirm."""

    __tablename__ = "pending_access"
    __table_args__ = (
        Index(
            "uq_pending_access_waiting",
            "person",
            "field",
            unique=True,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )
    number: int | None = Field(default=None, primary_key=True, sa_type=_VERSION)
    batch: int
    person: str
    field: str
    """`roles`, `supervisor` or `email`."""
    value: str | None = None
    state: str = "waiting"
    """waiting, confirmed, refused, superseded (a later import said otherwise), withdrawn (its batch was)."""
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Instant)


class AuditRow(Table, table=True):
    """One entry of the audit chain: `digest` covers the entry and the digest before it."""

    __tablename__ = "audit"
    number: int = Field(primary_key=True, sa_type=Integer)
    at: datetime = Field(sa_type=Instant)
    actor: str
    action: str
    subject: str | None = Field(default=None, index=True)
    details: str
    previous: str
    digest: str


class InboxRow(Table, table=True):
    """One delivery of Slack's: unfinished ones are taken over when their lease has run out."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_unfinished",
            "lease_until",
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
    )
    key: str = Field(primary_key=True)
    payload: str
    received_at: datetime = Field(sa_type=Instant)
    lease_until: datetime = Field(sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)


class ConversationRow(Table, table=True):
    """What one asker last spoke of in one conversation: keys and staff numbers, no figure, no word of theirs."""

    __tablename__ = "conversations"
    __table_args__ = (Index("ix_conversations_at", "at"),)
    asker: str = Field(primary_key=True)
    conversation: str = Field(primary_key=True)
    subject: str
    slots: str
    """JSON: keys by slot."""
    at: datetime = Field(sa_type=Instant)


LEDGER_TABLES = (ManagerRow, FiguresRow, AttributionRow, RateRow, SessionRow, AttendanceRow)
METADATA = Table.metadata


class KeptQuestionRow(Table, table=True):
    """A question that was not answered, or answered badly, without its figures: HR's list to teach from."""

    __tablename__ = "kept_questions"
    __table_args__ = (
        UniqueConstraint("key", name="uq_kept_questions_key"),
        Index("ix_kept_questions_thread", "hr_channel", "hr_ts"),
    )
    number: int | None = Field(default=None, primary_key=True, sa_type=_VERSION)
    key: str
    """The request's, so that a repeated run keeps it once."""
    at: datetime = Field(sa_type=Instant)
    asker: str
    team: str
    user: str
    text: str
    reason: str
    """Of the decline, or clarify, or not_useful."""
    state: str = "open"
    """open, handed_over, answered, taught, closed."""
    hr_channel: str | None = None
    hr_ts: str | None = None
    settled_by: str | None = None
    settled_at: datetime | None = Field(default=None, sa_type=Instant)


class TaughtPhraseRow(Table, table=True):
    """A text, as questions are normalised, that HR has pointed at clauses; live at once."""

    __tablename__ = "taught_phrases"
    phrase: str = Field(primary_key=True)
    clauses: str
    taught_by: str
    taught_at: datetime = Field(sa_type=Instant)


class AppraisalRow(Table, table=True):
    """One run of an appraisal. Once finalised only its publication is added: triggers refuse all else."""

    __tablename__ = "appraisals"
    __table_args__ = (UniqueConstraint("period", "corrects", name="uq_appraisals_period"),)
    number: int = Field(primary_key=True, sa_type=Integer)
    period: str
    corrects: int = 0
    """The run that this one corrects; 0: none."""
    state: str = "open"
    rulebook: str
    opened_by: str
    opened_at: datetime = Field(sa_type=Instant)
    trial_batch: int | None = None
    trial_said: int | None = None
    """The newest statement that the trial knew."""
    trial_by: str | None = None
    trial_at: datetime | None = Field(default=None, sa_type=Instant)
    proposed_by: str | None = None
    proposed_at: datetime | None = Field(default=None, sa_type=Instant)
    head: str | None = None
    """Canonical JSON: what all lines share (bot.domain.appraisal_snapshot)."""
    digest: str | None = None
    signature: str | None = None
    public_key: str | None = None
    confirmed_by: str | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)
    published_by: str | None = None
    published_at: datetime | None = Field(default=None, sa_type=Instant)


class AppraisalLineRow(Table, table=True):
    """One person's inputs and result in a run: the newest trial's, and for ever once the run is finalised."""

    __tablename__ = "appraisal_lines"
    run: int = Field(primary_key=True, sa_type=Integer)
    person: str = Field(primary_key=True)
    name: str
    unit: str | None = None
    current: str | None = None
    proposed: str | None = None
    change: str
    blocks: bool
    pass_line: str
    inputs: str
    result: str
    seal: str


class AppraisalSaidRow(Table, table=True):
    """What people said in a run: answers, overrides, approvals, refusals, stand-ins. Only grows."""

    __tablename__ = "appraisal_said"
    __table_args__ = (Index("ix_appraisal_said_run", "run", "kind"),)
    number: int = Field(primary_key=True, sa_type=Integer)
    run: int
    kind: str
    """answer, override, approval, rejection, stand_in, publication."""
    person: str
    item: str
    value: str
    note: str
    by: str
    at: datetime = Field(sa_type=Instant)
    via: str


class AppraisalAppealRow(Table, table=True):
    """One appeal against a finalised run."""

    __tablename__ = "appraisal_appeals"
    __table_args__ = (UniqueConstraint("key", name="uq_appraisal_appeals_key"),)
    number: int = Field(primary_key=True, sa_type=Integer)
    key: str
    run: int
    person: str
    kind: str
    """attribution, amount, reading, other."""
    item: str
    text: str
    at: datetime = Field(sa_type=Instant)
    outcome: str | None = None
    """granted, partly, rejected, escalated."""
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    corrected_by: int | None = None
    """The run that corrects."""


class EstablishedRow(Table, table=True):
    """What an appraisal has established of a person: it holds whatever an import says."""

    __tablename__ = "established"
    person: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    run: int = Field(primary_key=True, sa_type=Integer)
    value: str
    since: date


STILL_OPEN = text("state IN ('due', 'sending')")


class OutboxRow(Table, table=True):
    """Something to be told to one person, once; `domain.outbox` says what its states mean."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("kind", "person", "period", "occurrence", name="uq_outbox_key"),
        # Whoever claims looks for the nearest deadline among what has come up.
        Index("ix_outbox_open", "expires_at", "next_at", sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN),
        Index("ix_outbox_person", "person", "sent_at"),
    )
    number: int | None = Field(default=None, primary_key=True, sa_type=_VERSION)
    kind: str
    person: str
    period: str
    occurrence: str
    state: str = "due"
    due_at: datetime = Field(sa_type=Instant)
    next_at: datetime = Field(sa_type=Instant)
    """Not before this moment is the row claimed, or claimed again."""
    expires_at: datetime = Field(sa_type=Instant)
    planned_at: datetime = Field(sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    token: int = 0
    attempts: int = 0
    reason: str | None = None
    recipient: str | None = None
    ts: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    acted_at: datetime | None = Field(default=None, sa_type=Instant)


class OutboxTurnRow(Table, table=True):
    """Who leads among several processes, and up to which moment an earlier life of the store may have sent."""

    __tablename__ = "outbox_turns"
    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=Instant)


class ReminderWishesRow(Table, table=True):
    """How a person wants to be reminded."""

    __tablename__ = "reminder_wishes"
    person: str = Field(primary_key=True)
    paused: bool = False
    hour: int | None = None
    every_days: int = 7


class LeaveRow(Table, table=True):
    """Days on which a person is away, said by themselves or by HR."""

    __tablename__ = "leaves"
    number: int | None = Field(default=None, primary_key=True, sa_type=_VERSION)
    person: str = Field(index=True)
    starts: date
    ends: date
    said_by: str


class SignupRow(Table, table=True):
    """A name on the list of a session."""

    __tablename__ = "signups"
    __table_args__ = (Index("ix_signups_person", "person"),)
    session: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    state: str
    """signed, waiting, offered, left, lapsed."""
    at: datetime = Field(sa_type=Instant)
    until: datetime | None = Field(default=None, sa_type=Instant)
    told: str = ""


class CancelledSessionRow(Table, table=True):
    """A session that HR has called off; its row of 培训 stays."""

    __tablename__ = "cancelled_sessions"
    session: str = Field(primary_key=True)
    by: str
    at: datetime = Field(sa_type=Instant)


class CalendarFeedRow(Table, table=True):
    """A private calendar's address: the token's digest alone, so that the store gives none away."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (UniqueConstraint("digest", name="uq_calendar_feeds_digest"),)
    person: str = Field(primary_key=True)
    digest: str
    at: datetime = Field(sa_type=Instant)


class SessionFeedbackRow(Table, table=True):
    """One person's answer to one question about a session."""

    __tablename__ = "session_feedback"
    session: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    question: str = Field(primary_key=True)
    """useful, clear."""
    answer: int
    """1 best, 3 worst."""
    at: datetime = Field(sa_type=Instant)
