"""What the services need of the world, as small protocols; `bot.wiring` gives them the real things."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from bot.domain.access_changes import Access, AccessChange
from bot.domain.kept_question import KeptQuestion, TaughtPhrase
from bot.domain.ledger import Fault, LedgerState, ManagedClient
from bot.domain.ledger_rows import Chunk
from bot.domain.measures import Measures
from bot.domain.outbox import Change, Entry, Notice, Policy, State
from bot.domain.people import Exam, Person
from bot.domain.reminder_hours import Wishes
from bot.domain.review import Review, Sums
from bot.domain.rulebook import Measure
from bot.domain.signups import Signup
from bot.domain.training_hours import Attended
from bot.domain.training_sessions import Session
from bot.questions.follow_up import Memory
from bot.services.appraisal_ports import AppraisalChecks, AppraisalReader, AppraisalStore

T = TypeVar("T")


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Aware, in the branch's time zone."""


class LedgerReader(Protocol):
    """The ledger's current rows."""

    def latest_as_of(self, on_or_before: date) -> date | None:
        """The newest as-of date with any figures; None where there is none."""

    def state(self, as_of: date) -> LedgerState:
        """What there is for that date at all."""

    def measures(
        self,
        as_of: date,
        floors: Sequence[int],
        manager: str | None = None,
        singles: Sequence[Measure] = tuple(Measure),
    ) -> Iterator[Measures]:
        """The sums of one manager, or of everyone with a client or a fault, by set, by number as text. Floors in 分;
        `singles`: of which measures the largest client is wanted."""

    def clients(self, as_of: date, manager: str) -> list[ManagedClient]:
        """The manager's clients with a row on that date, by client number."""

    def history(self, as_of: date, manager: str) -> list[ManagedClient]:
        """The rows of every date up to `as_of`, of the clients and parts held on it; without last year's deposits."""

    def faults(self, as_of: date, manager: str) -> list[Fault]:
        """What broke the quality rule in the year up to that date (R18), by date and client."""


class PeopleReader(Protocol):
    """The staff as last imported."""

    def get(self, person_id: str) -> Person | None:
        """By staff number."""

    def everyone(self) -> list[Person]:
        """All rows of 人员, sorted by number as text."""

    def by_email(self, email: str) -> list[Person]:
        """Everyone with that address, letter case aside."""

    def team_of(self, supervisor: str) -> list[Person]:
        """Those whose named supervisor this is, by number as text."""


class SessionReader(Protocol):
    """The training sessions of 培训."""

    def get(self, session_id: str) -> Session | None:
        """By 编号."""

    def between(self, first: date, last: date) -> list[Session]:
        """Of those days, both included, by time."""

    def attendees(self, session: str) -> list[str]:
        """Whom 签到 names of a session."""

    def exams(self, as_of: date, person: str | None = None) -> dict[str, Exam]:
        """The last result of each person's mock bank exams up to that day, of 签到."""

    def attended(self, person: str) -> list[Attended]:
        """What 签到 says of somebody, by day."""


class FeedbackReader(Protocol):
    """What people said of sessions."""

    def counts(self, session: str) -> dict[tuple[str, int], int]:
        """How many gave which answer to which question; no names."""


class FeedbackStore(FeedbackReader, Protocol):
    """The same in a write transaction."""

    def put(self, session: str, person: str, question: str, answer: int, at: datetime) -> None:
        """The last answer counts."""


class SignupReader(Protocol):
    """Names on the lists of sessions."""

    def of_session(self, session: str) -> list[Signup]:
        """Every name, also those who have left."""

    def of_person(self, person: str) -> list[Signup]:
        """Of every session."""

    def cancelled(self) -> frozenset[str]:
        """Sessions called off."""

    def sequence(self, session: str) -> int:
        """How often the session has changed since it was put down."""

    def feed_owner(self, digest: str) -> str | None:
        """Whose calendar stands at the address with that token's digest."""


class SignupStore(SignupReader, Protocol):
    """The same in a write transaction."""

    def all(self) -> list[Signup]:
        """By session and person."""

    def put(self, signups: Iterable[Signup]) -> None:
        """In place of what stood there of the same session and person."""

    def cancel(self, session: str, by: str, at: datetime) -> None:
        """Calls it off, once."""

    def set_feed(self, person: str, digest: str | None, at: datetime) -> None:
        """One address a person: the one before is revoked, and None leaves none."""


@dataclass(frozen=True, slots=True)
class Link:
    """A Slack user matched to a member of staff by HR."""

    team_id: str
    user_id: str
    person: str
    linked_by: str
    linked_at: datetime


class LinkStore(Protocol):
    """Slack users linked by HR: team id and user id together."""

    def get(self, team_id: str, user_id: str) -> Link | None:
        """The link in force."""

    def of_person(self, person_id: str) -> list[Link]:
        """Every link to that person."""

    def put(self, link: Link) -> None:
        """Makes or replaces the link of that Slack user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import, or the withdrawal of one."""

    number: int
    at: datetime
    actor: str
    files: tuple[str, ...]
    rows: Mapping[str, int]
    """Rows new or changed, by sheet."""
    undoes: int | None = None
    undone_by: int | None = None
    confirms: int | None = None
    """The batch whose changes of access this one put in force."""


class Decision(NamedTuple):
    """How the last of a batch's access changes ended (confirmed, refused, superseded, withdrawn); by and for whom."""

    state: str
    by: str
    people: tuple[str, ...]


class PendingReader(Protocol):
    """Roles, supervisors and addresses that wait for a second HR person."""

    def any_hr(self) -> bool:
        """Whether anybody on staff has an HR role in force."""

    def in_force(self) -> dict[str, Access]:
        """What everyone in 人员 has now, by staff number."""

    def waiting(self, batch: int | None = None) -> list[AccessChange]:
        """What waits, of one batch or of all, by batch and staff number."""

    def decided(self, batch: int) -> Decision | None:
        """What became of a batch's changes; None where nothing of it ever waited, or all still does."""


class PendingStore(PendingReader, Protocol):
    """Its write side."""

    def wait(self, changes: Iterable[AccessChange]) -> None:
        """Lets these wait."""

    def settle(self, changes: Iterable[AccessChange], state: str, by: str, at: datetime) -> None:
        """They wait no longer: confirmed, refused, superseded or withdrawn."""

    def keep(self, access: Mapping[str, Access], batch: int) -> None:
        """Writes that access into the rows which this batch, not yet committed, has made."""

    def put_in_force(self, changes: Iterable[AccessChange], batch: int) -> int:
        """New versions of the people's rows; how many. Whoever is in 人员 no longer is left out."""

    def shared_emails(self, people: Collection[str]) -> list[tuple[str, str]]:
        """(person, other person) of those named whose address somebody else has too."""


class Past(Protocol):
    """Earlier states of the ledger: as it was when some batch was the newest."""

    def first_of(self, as_of: date) -> int | None:
        """The batch that first brought figures of that date; None where none ever has."""

    def newest_by(self, moment: datetime) -> int | None:
        """The newest batch before that moment."""

    def touching(self, as_of: date, manager: str, after: int) -> list[int]:
        """The batches after that one which may have changed the manager's standing at that date, oldest first."""

    def ledger(self, batch: int) -> LedgerReader:
        """The ledger as it was then."""

    def people(self, batch: int) -> PeopleReader:
        """The staff as they were known then."""


class BatchReader(Protocol):
    """The imports there have been."""

    def newest(self) -> int | None:
        """The number of the newest batch."""

    def get(self, number: int) -> Batch | None:
        """One batch as recorded."""

    def confirmed_by(self, number: int) -> int | None:
        """The batch that put this one's changes of access in force."""


class BatchStore(BatchReader, Protocol):
    """The ledger's write side; every call inside one write transaction."""

    def record(self, batch: Batch) -> None:
        """Writes the batch's own row."""

    def apply(self, sheet_name: str, columns: Sequence[str], chunks: Iterable[Chunk], batch: int) -> int:
        """Rows of one sheet, `columns` naming those of the chunks; how many were new or changed."""

    def undo(self, number: int, batch: int) -> dict[str, int]:
        """Withdraws what batch `number` said; rows changed by sheet."""


class Remains(Protocol):
    """What the withdrawal of a batch leaves behind."""

    def of(self, number: int, most: int) -> list[tuple[str, tuple[str, ...], int]]:
        """(sheet, key, later batch) of rows in force that hold a value which only batch `number` has said, and the
        later one's file had no column for; at most that many a sheet."""


class Some(NamedTuple, Generic[T]):
    """The first of what was found, and how many more there are."""

    first: list[T]
    rest: int


class LedgerChecks(Protocol):
    """What only the store can judge of a batch that has been applied and not yet committed."""

    def unknown_people(self, batch: int | None, most: int) -> Some[tuple[str, str, tuple[str, ...]]]:
        """(sheet, staff number named, key of the row) where 人员 has no such number; None: of all rows."""

    def unknown_sessions(self, batch: int | None, most: int) -> Some[tuple[str, tuple[str, ...]]]:
        """(session named, key of the row of 签到) where 培训 has no such session."""

    def trainees_without_start(self, batch: int | None, grades: Sequence[str]) -> list[str]:
        """Staff numbers of those in a probation grade without 见习起始日."""

    def attributions(self, batch: int | None) -> list[tuple[str, str, int, date, date | None]]:
        """(client, manager, share, from, to): every row in force of the clients that the batch touched, and that have
        more than one."""

    def without_manager(self, batch: int, most: int) -> Some[tuple[date, str]]:
        """(as-of date, client) of the batch's figures that nobody is attributed on that date."""

    def without_figures(self, batch: int, most: int) -> Some[str]:
        """Clients of the batch's attributions that have no figures at all."""


class Reviews(Protocol):
    """What a batch that has been applied and not yet committed does to the ledger."""

    def of(self, batch: int, today: date, files: Sequence[Sums] = ()) -> Review:
        """Compared with the rows in force before it; `files`: the sums of what its files say."""


class AuditReader(Protocol):
    """What has been recorded."""

    def entries(self, subject: str | None = None) -> list[dict[str, Any]]:
        """The entries, newest last; of one subject where named. `details` is JSON."""


class AuditLog(AuditReader, Protocol):
    """Append-only, hash-chained."""

    def record(self, at: datetime, actor: str, action: str, subject: str | None, details: dict[str, str]) -> None:
        """`details` holds no figure."""

    def record_all(
        self, at: datetime, actor: str, action: str, subjects: Sequence[str | None], details: dict[str, str]
    ) -> None:
        """One entry a subject."""


class MemoryStore(Protocol):
    """What conversations remember, for each asker separately."""

    def get(self, asker: str, conversation: str, since: datetime) -> Memory | None:
        """What the asker last spoke of there, unless it is older."""

    def put(self, asker: str, conversation: str, memory: Memory, at: datetime) -> None:
        """In place of what was remembered."""

    def forget(self, before: datetime) -> None:
        """Drops what is older."""


class KeptQuestionsReader(Protocol):
    """Questions kept for HR, and what HR has taught."""

    def get(self, number: int) -> KeptQuestion | None:
        """By number."""

    def in_thread(self, channel: str, ts: str) -> KeptQuestion | None:
        """The one that was handed over in that message of HR's channel."""

    def unsettled(self, limit: int) -> list[KeptQuestion]:
        """The newest first."""

    def clauses_of(self, phrase: str) -> tuple[str, ...]:
        """What HR has said answers that text; none where nobody has."""

    def phrases(self) -> list[TaughtPhrase]:
        """Everything taught, by text."""


class KeptQuestions(KeptQuestionsReader, Protocol):
    """The same in a write transaction."""

    def keep(self, question: KeptQuestion) -> int:
        """Its number; the same again for a key that is kept already."""

    def hand_over(self, number: int, channel: str, ts: str) -> None:
        """Where in HR's channel it stands; only of an open one."""

    def settle(self, number: int, state: str, by: str, at: datetime) -> None:
        """answered, taught or closed."""

    def teach(self, phrase: TaughtPhrase) -> None:
        """In place of what was taught of the same text."""


class OutboxReader(Protocol):
    """What was and is to be told."""

    def get(self, number: int) -> Entry | None:
        """One row."""

    def rows(self, state: State | None = None, limit: int | None = None) -> list[Entry]:
        """The newest first."""

    def counts(self) -> dict[State, int]:
        """How many rows stand in each state."""

    def sent_since(self, person: str, kinds: Sequence[str], since: datetime) -> int:
        """How many messages of these kinds the person was sent; of a digest's rows one counts."""

    def next_at(self) -> datetime | None:
        """When the next row comes up."""


class Outbox(OutboxReader, Protocol):
    """The same in a transaction: what plans a notice is written together with its cause."""

    def plan(self, notices: Iterable[Notice], now: datetime) -> int:
        """How many of them are new: what has the key of a row is that row already."""

    def claim(self, now: datetime, policy: Policy, watermark: datetime | None = None) -> list[Entry]:
        """The rows with the nearest ends among those that have come up, ours until the lease is over."""

    def hold(self, entry: Entry, now: datetime, policy: Policy) -> bool:
        """Another lease, right before the post; False where somebody else has claimed the row since."""

    def settle(self, entry: Entry, change: Change) -> bool:
        """Writes what became of a claimed row; False where somebody else has claimed it since."""

    def settle_beside(self, number: int, like: Entry, now: datetime, change: Change) -> bool:
        """A row that another message has told as well: only one that nobody has claimed."""

    def withdraw(self, number: int, reason: str, now: datetime) -> bool:
        """Takes back what nobody has begun to send."""

    def act(self, number: int, now: datetime) -> None:
        """The person has pressed something below it."""


class Turns(Protocol):
    """Who leads among several processes."""

    def lead(self, holder: str, now: datetime, until: datetime) -> bool:
        """Takes or keeps the lead; False while another holds it."""

    def resign(self, holder: str, now: datetime) -> None:
        """Lets another lead at once."""

    def watermark(self) -> datetime | None:
        """What was due by then may have been sent by an earlier life of the store: it is looked for."""


class WishesReader(Protocol):
    """How people want to be reminded."""

    def of(self, person: str) -> Wishes:
        """The usual ones where the person has set none."""


class WishesStore(WishesReader, Protocol):
    """The same in a write transaction."""

    def put(self, person: str, wishes: Wishes) -> None:
        """In place of what was set; the leaves stay."""

    def add_leave(self, person: str, starts: date, ends: date, said_by: str) -> None:
        """Both days included."""


class Reading(Protocol):
    """One consistent view of the store."""

    @property
    def ledger(self) -> LedgerReader: ...
    @property
    def people(self) -> PeopleReader: ...
    @property
    def sessions(self) -> SessionReader: ...
    @property
    def signups(self) -> SignupReader: ...
    @property
    def feedback(self) -> FeedbackReader: ...
    @property
    def links(self) -> LinkStore: ...
    @property
    def past(self) -> Past: ...
    @property
    def batches(self) -> BatchReader: ...
    @property
    def pending(self) -> PendingReader: ...
    @property
    def audit(self) -> AuditReader: ...
    @property
    def kept_questions(self) -> KeptQuestionsReader: ...
    @property
    def appraisals(self) -> AppraisalReader: ...
    @property
    def appraisal_checks(self) -> AppraisalChecks: ...
    @property
    def outbox(self) -> OutboxReader: ...
    @property
    def wishes(self) -> WishesReader: ...


class Writing(Reading, Protocol):
    """One transaction: all of it or nothing."""

    @property
    def signups(self) -> SignupStore: ...
    @property
    def feedback(self) -> FeedbackStore: ...
    @property
    def audit(self) -> AuditLog: ...
    @property
    def batches(self) -> BatchStore: ...
    @property
    def checks(self) -> LedgerChecks: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def pending(self) -> PendingStore: ...
    @property
    def remains(self) -> Remains: ...
    @property
    def kept_questions(self) -> KeptQuestions: ...
    @property
    def appraisals(self) -> AppraisalStore: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def turns(self) -> Turns: ...
    @property
    def wishes(self) -> WishesStore: ...


class UnitOfWork(Protocol):
    """Opens transactions; nothing of them is used after the `with` block ends."""

    def read(self) -> AbstractContextManager[Reading]:
        """Waits for no writer."""

    def write(self, wait: int | None = None) -> AbstractContextManager[Writing]:
        """Commits at the end of the block, rolls back on any exception. Waits `wait` seconds for a writer."""

    def send(self) -> AbstractContextManager[Writing]:
        """A short transaction over the outbox alone, which on PostgreSQL waits for no other writer."""

    def talk(self) -> AbstractContextManager[MemoryStore]:
        """A short transaction over what conversations remember, which waits for no import."""


class Inbox(Protocol):
    """What Slack has handed over, kept until it is answered: each delivery once, across restarts and processes."""

    def take_in(self, key: str, payload: str, now: datetime, lease_until: datetime) -> bool:
        """Commits the row for this process to work on; False when the key was taken in before."""

    def renew(self, keys: Sequence[str], lease_until: datetime) -> None:
        """Keeps rows that this process still works on."""

    def finish(self, key: str, now: datetime) -> None:
        """Answered: the payload is emptied, the key stays."""

    def take_over(self, now: datetime, lease_until: datetime, limit: int) -> list[tuple[str, str, datetime]]:
        """(key, payload, received at) of unfinished rows whose lease has run out, now leased to this process."""
