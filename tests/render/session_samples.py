"""Answers on training sessions and hours, made by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.domain.training_hours import Attended, progress
from bot.domain.training_sessions import Session, Span
from bot.questions.question import Language
from bot.services.outcomes import Outcome
from bot.services.training_hours import Bar, HoursShown
from bot.services.training_sessions import SessionLine, SessionsShown
from tests.render.samples import PLANS

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


_DAY = Attended(session="T1", topic="信贷政策", category="集中学习", day=date(2026, 11, 2), hours=350, result="合格")
SESSIONS: dict[str, Callable[[], Outcome]] = {
    "sessions_next": lambda: shown(grade="二级", not_fitting=1),
    "sessions_month": lambda: shown(Span.THIS_MONTH, (replace(_LINES[0], over=True), _LINES[1])),
    "sessions_none": lambda: shown(Span.NEXT_WEEK, (), grade="四级", not_fitting=1, later=GROUP),
    "sessions_english": lambda: shown(grade="二级", language=Language.EN),
    "sessions_none_english": lambda: shown(Span.NEXT_WEEK, (), later=GROUP, language=Language.EN),
    "hours": lambda: hours(_DAY, replace(_DAY, session="T2", topic="晨会", hours=23650, category=None, result=None)),
    "hours_none": hours,
    "hours_english": lambda: hours(_DAY, language=Language.EN),
}
