"""Which training sessions there are, for whoever asks: those that fit their grade. In a channel nobody's grade decides,
since the choice would give it away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from bot.domain.access import Asker, Matter, Surface, may
from bot.domain.people import Person
from bot.domain.rulebook import Shelf
from bot.domain.signups import CONCERNED, SignupState, left
from bot.domain.training_sessions import Session, Span, about, days_of, in_order
from bot.questions.question import Language, SessionsQuestion
from bot.services.outcomes import Denied, Outcome
from bot.services.ports import Clock, Reading, UnitOfWork

MOST = 3
"""Of what comes next; a month or a week is shown whole."""
_OTHERS_READ = (Surface.CHANNEL,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One session as the asker sees it."""

    session: Session
    audience: tuple[str, ...]
    """Short names of the grades, highest first; none for all."""
    over: bool = False
    cancelled: bool = False
    left: int | None = None
    """Seats that nobody has; None where as many may come as will."""
    state: SignupState | None = None
    """Of the asker; None where they are not on its list, or others read along."""
    buttons: bool = False
    """Whether the asker may press anything under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsShown(Outcome):
    """The sessions of a span, by time."""

    kind: ClassVar[str] = "training"
    matter: ClassVar[Matter] = Matter.SESSIONS

    lines: tuple[SessionLine, ...]
    span: Span
    first: date
    last: date
    grade: str | None = None
    """Short name of the asker's grade, where only what fits it is shown."""
    not_fitting: int = 0
    """How many more are for other grades."""
    topic: bool = False
    """Only those on what was asked about."""
    later: Session | None = None
    """The next one after a span without any."""
    mine: bool = False
    """Those the asker is on the list of."""
    language: Language = Language.ZH


class TrainingSessions:
    """Reads for members of staff."""

    def __init__(self, store: UnitOfWork, shelf: Shelf, clock: Clock) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock

    def answer(
        self,
        asker: Asker,
        question: SessionsQuestion,
        now: datetime | None = None,
        surface: Surface = Surface.DM,
    ) -> Outcome:
        """The sessions asked for; Denied for whoever is no member of staff."""
        now = now or self._clock.now()
        person = asker.staff
        if person is None or not may(asker, Matter.SESSIONS):
            return Denied(unlinked=person is None)
        if question.mine:
            return self._mine(person, question, now)
        first, last = days_of(question.span, now.date(), question.month)
        whom = None if surface in _OTHERS_READ or not person.grade else person
        with self._store.read() as view:
            found = self._found(view, question, first, last, now)
            fitting = [s for s in found if whom is None or s.fits(whom.grade)]
            shown = fitting[:MOST] if question.span is Span.NEXT else fitting
            lines = self.lines(view, shown, None if surface in _OTHERS_READ else person, now)
            later = None if fitting else self._later(view, last, whom, now)
        return SessionsShown(
            lines=lines,
            span=question.span,
            first=first,
            last=last,
            grade=self._short(whom.grade, now) if whom and whom.grade else None,
            not_fitting=len(found) - len(fitting),
            topic=bool(found) and bool(question.topic) and self._named(found, question),
            later=later,
            language=question.language,
        )

    def _found(
        self, view: Reading, question: SessionsQuestion, first: date, last: date, now: datetime
    ) -> Sequence[Session]:
        """What comes, where the next is asked for; else the whole span. Of a topic, where the text names one."""
        sessions = view.sessions.between(first, last)
        if question.span is Span.NEXT:
            sessions = self._coming(view, sessions, now)
        return about(sessions, question.topic) or sessions

    def _named(self, found: Sequence[Session], question: SessionsQuestion) -> bool:
        return bool(about(found, question.topic))

    def _later(self, view: Reading, after: date, whom: Person | None, now: datetime) -> Session | None:
        coming = view.sessions.between(max(after, now.date()), days_of(Span.NEXT, max(after, now.date()))[1])
        return next((s for s in self._coming(view, coming, now) if whom is None or s.fits(whom.grade)), None)

    def _coming(self, view: Reading, sessions: Sequence[Session], now: datetime) -> list[Session]:
        cancelled = view.signups.cancelled()
        return [s for s in sessions if not s.begun(now) and s.id not in cancelled]

    def _mine(self, person: Person, question: SessionsQuestion, now: datetime) -> Outcome:
        """What the asker has a seat in or waits for, and has not ended."""
        with self._store.read() as view:
            listed = [o.session for o in view.signups.of_person(person.id) if o.state in CONCERNED]
            sessions = in_order(s for key in listed if (s := view.sessions.get(key)) and not s.over(now))
            lines = self.lines(view, sessions, person, now)
        days = days_of(Span.NEXT, now.date())
        return SessionsShown(
            lines=lines, span=Span.NEXT, first=days[0], last=days[1], mine=True, language=question.language
        )

    def lines(
        self, view: Reading, sessions: Sequence[Session], person: Person | None, now: datetime
    ) -> tuple[SessionLine, ...]:
        """`person`: whose state is shown; None where others read along."""
        cancelled = view.signups.cancelled()
        mine = {o.session: o.state for o in view.signups.of_person(person.id)} if person else {}
        return tuple(
            replace(
                self._line(session, now),
                cancelled=session.id in cancelled,
                left=left(session, view.signups.of_session(session.id)),
                state=mine.get(session.id),
                buttons=person is not None and session.id not in cancelled and not session.begun(now),
            )
            for session in sessions
        )

    def _line(self, session: Session, now: datetime) -> SessionLine:
        keys = [g.key for g in self._shelf.on(now.date()).grades if g.key in session.grades]
        names = () if session.for_all else tuple(self._short(key, now) for key in keys)
        return SessionLine(session=session, audience=names, over=session.over(now))

    def _short(self, grade: str, now: datetime) -> str:
        return self._shelf.on(now.date()).grade(grade).short_name
