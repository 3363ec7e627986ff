"""发布: each person's result goes out once; an annual run's grade changes become dated facts of the staff record."""

from datetime import date, datetime, timedelta

from bot.domain.appraisal import Action, State
from bot.domain.appraisal_result import Change
from bot.domain.appraisal_run import LineRow
from bot.domain.ledger_rows import Chunk
from bot.domain.outbox import Notice
from bot.services.appraisal_case import Desk, desk, record
from bot.services.appraisal_outcomes import Done, Step, summary_of
from bot.services.appraisal_result_telling import KIND
from bot.services.ports import Batch, Clock, UnitOfWork, Writing

_GOES_OUT_WITHIN = timedelta(days=90)
"""What nobody could be told by then is expired, and HR sees it."""


class AppraisalPublishing:
    """One transaction: either every result is due and every fact established, or none."""

    def __init__(self, store: UnitOfWork, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def publish(self, request: Step) -> Done:
        """Whoever asks again gets the same answer, and nothing goes out twice."""
        now = self._clock.now()
        with self._store.write() as view:
            at = desk(view, request.asker, request.period, now, lock=True)
            at.allow(Action.PUBLISH, at.case())
            people = tuple(line.person for line in at.lines)
            if at.run.state is State.PUBLISHED:
                return Done(run=at.run, summary=summary_of(at.lines), people=people, again=True)
            view.outbox.plan((_notice(at, person, now) for person in people), now)
            if at.period.annual:
                self._establish(view, at, request)
            done = {"state": str(State.PUBLISHED), "published_by": at.actor.id, "published_at": now}
            view.appraisals.change(at.run.number, **done)
            record(view, now, at, "published", request.via)
            run = view.appraisals.get(at.run.number) or at.run
            return Done(run=run, summary=summary_of(at.lines), people=people)

    def _establish(self, view: Writing, at: Desk, request: Step) -> None:
        """From the day after the year appraised: a batch of its own, so that history says where the grade came from."""
        moving = [line for line in at.lines if line.change in (Change.UP, Change.DOWN) and line.proposed]
        if not moving:
            return
        since = at.period.as_of + timedelta(days=1)
        number = (view.batches.newest() or 0) + 1
        changed = view.batches.apply("managers", *_rows(moving, since), number)
        now, name = self._clock.now(), f"appraisal:{at.run.period}#{at.run.number}"
        view.batches.record(Batch(number=number, at=now, actor=at.actor.id, files=(name,), rows={"managers": changed}))
        facts = (("grade", None), ("grade_since", since.isoformat()))
        view.appraisals.establish(
            [
                {"person": x.person, "field": f, "run": at.run.number, "value": v or x.proposed, "since": since}
                for x in moving
                for f, v in facts
            ]
        )


def _notice(at: Desk, person: str, now: datetime) -> Notice:
    """Once a run and person, by the outbox's key."""
    period, run = at.run.period, str(at.run.number)
    return Notice(
        kind=KIND, person=person, period=period, occurrence=run, due_at=now, expires_at=now + _GOES_OUT_WITHIN
    )


def _rows(moving: list[LineRow], since: date) -> tuple[list[str], list[Chunk]]:
    """人员 with only what changes: a column that is not there keeps its value."""
    columns = ["id", "name", "grade", "grade_since"]
    rows = [(line.person, line.name, line.proposed, since.isoformat()) for line in moving]
    return columns, [(list(range(1, len(moving) + 1)), [list(column) for column in zip(*rows, strict=True)])]
