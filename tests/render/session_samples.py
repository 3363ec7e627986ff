"""Answers on training sessions and hours, made by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from bot.domain.signups import Signup, SignupState
from bot.domain.training_hours import Attended, progress
from bot.domain.training_sessions import Session, Span
from bot.loading.training_gaps import load_gaps
from bot.questions.question import Language
from bot.services.calendars import FeedShown
from bot.services.outcomes import Outcome
from bot.services.session_feedback import FeedbackAsked, FeedbackSummed, FeedbackTaken
from bot.services.session_telling import SessionNotice
from bot.services.signups import CancelAsked, NotPossible, SignedUp
from bot.services.training_for_gaps import Advice, GapTraining
from bot.services.training_hours import Bar, HoursShown
from bot.services.training_sessions import SessionLine, SessionsShown
from tests.render.samples import PLANS, RULEBOOK

TRADE = Session(
    id="T261211",
    topic="国际结算与贸易融资提高班 <!here>",
    category="集中学习",
    grades=frozenset({"first", "second"}),
    day=date(2026, 12, 11),
    start="09:00",
    end="17:00",
    place="分行培训中心三楼",
    trainer="沈国良",
    seats=30,
    hours=700,
)
GROUP = Session(id="T261215", topic="班组学习:全年复盘", category="班组学习", day=date(2026, 12, 15))
_LINES = (SessionLine(session=TRADE, audience=("一级", "二级")), SessionLine(session=GROUP, audience=()))
TODAY = date(2026, 12, 1)


def shown(span: Span = Span.NEXT, lines: tuple[SessionLine, ...] = _LINES, **more: object) -> SessionsShown:
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    return SessionsShown(lines=lines, span=span, first=first, last=last, **more)


def hours(*attended: Attended, language: Language = Language.ZH) -> HoursShown:
    made = progress(PLANS, attended, TODAY)
    bars = (Bar(progress=one, plan=PLANS.cited(one.citation)[0], fact=PLANS.cited(one.citation)[1]) for one in made)
    total = sum(one.hours for one in attended)
    reading = PLANS.readings["T2"]
    return HoursShown(
        today=TODAY,
        hours=total,
        sessions=len(attended),
        bars=tuple(bars),
        latest=attended[-3:],
        reading=reading,
        language=language,
    )


SIGNUP = Signup(
    session=TRADE.id,
    person="1001",
    state=SignupState.OFFERED,
    at=datetime(2026, 12, 1, 9, tzinfo=UTC),
    until=datetime(2026, 12, 2, 9, tzinfo=UTC),
)


def notice(what: str, state: SignupState = SignupState.SIGNED) -> SessionNotice:
    return SessionNotice(signup=replace(SIGNUP, state=state), session=TRADE, what=what)


_GAP = Advice(
    key="settlement",
    said=(PLANS.cited("all_managers.content.knowledge"),),
    sessions=(replace(_LINES[0], buttons=True),),
)


def gaps(*advice: Advice, language: Language = Language.ZH) -> GapTraining:
    return GapTraining(grade=RULEBOOK.grade("second"), advice=advice, map=load_gaps(PLANS), language=language)


_DAY = Attended(session="T1", topic="信贷政策", category="集中学习", day=date(2026, 11, 2), hours=350, result="合格")
SESSIONS: dict[str, Callable[[], Outcome]] = {
    "sessions_next": lambda: shown(grade="二级", not_fitting=1),
    "sessions_month": lambda: shown(Span.THIS_MONTH, (replace(_LINES[0], over=True), _LINES[1])),
    "sessions_none": lambda: shown(Span.NEXT_WEEK, (), grade="四级", not_fitting=1, later=GROUP),
    "sessions_english": lambda: shown(grade="二级", language=Language.EN),
    "sessions_none_english": lambda: shown(Span.NEXT_WEEK, (), later=GROUP, language=Language.EN),
    "hours": lambda: hours(_DAY, replace(_DAY, session="T2", topic="晨会", hours=23650, category=None, result=None)),
    "hours_none": hours,
    "sessions_mine": lambda: shown(
        lines=(
            replace(_LINES[0], state=SignupState.SIGNED, buttons=True, left=0),
            replace(_LINES[1], state=SignupState.WAITING, buttons=True),
            replace(_LINES[1], cancelled=True),
        ),
        mine=True,
    ),
    "sessions_none_mine": lambda: shown(lines=(), mine=True),
    "sessions_pressable": lambda: shown(
        lines=(
            replace(_LINES[0], buttons=True, left=0),
            replace(_LINES[0], buttons=True, left=1, state=SignupState.OFFERED),
            replace(_LINES[1], buttons=True),
        )
    ),
    "gaps": lambda: gaps(_GAP, replace(_GAP, key="loans", said=(), sessions=())),
    "gaps_none": gaps,
    "gaps_english": lambda: gaps(_GAP, language=Language.EN),
    "signed_up": lambda: SignedUp(session=TRADE, state=SignupState.SIGNED, conflicts=(GROUP,)),
    "signed_up_waiting": lambda: SignedUp(session=TRADE, state=SignupState.WAITING, place=2),
    "signed_up_left": lambda: SignedUp(session=TRADE, state=SignupState.LEFT),
    **{
        f"signed_up_refused_{why}": partial(SignedUp, session=None if why == "gone" else TRADE, refused=why)
        for why in NotPossible
    },
    "notice_offered": lambda: notice("offered", SignupState.OFFERED),
    "notice_changed": lambda: notice("changed"),
    "notice_cancelled": lambda: notice("cancelled"),
    "notice_lapsed": lambda: notice("lapsed", SignupState.LAPSED),
    "session_cancel": lambda: CancelAsked(session=TRADE, seated=30, waiting=2),
    "session_cancelled": lambda: CancelAsked(session=TRADE, seated=30, waiting=2, done=True),
    "session_cancel_unknown": lambda: CancelAsked(session=None),
    "feedback_asked": lambda: FeedbackAsked(session=GROUP),
    "feedback_taken": lambda: FeedbackTaken(session=GROUP, taken=True),
    "feedback_not_taken": lambda: FeedbackTaken(session=None, taken=False),
    "feedback_summed": lambda: FeedbackSummed(session=GROUP, counts={("useful", 1): 4, ("clear", 3): 2}, people=4),
    "feedback_too_few": lambda: FeedbackSummed(session=GROUP, counts={}, people=2),
    "feedback_unknown": lambda: FeedbackSummed(session=None, counts={}, people=0),
    "feed": lambda: FeedShown(address="https://ladder.example/calendar/x_y*z.ics"),
    "feed_revoked": lambda: FeedShown(address=None, revoked=True),
    "feed_nowhere": lambda: FeedShown(address=None),
    "hours_english": lambda: hours(_DAY, language=Language.EN),
}
