"""A small branch to ask in: real rulebook, phrases and templates; people and the standings service are stand-ins."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import ClassVar

from bot.domain.access import Asker, Matter, Surface, may
from bot.domain.kept_question import TaughtPhrase
from bot.domain.people import Person, Role
from bot.domain.period import Period
from bot.loading.phrases import load_phrases
from bot.loading.rulebooks import load_shelf
from bot.loading.session_words import load_session_words
from bot.loading.training import load_training
from bot.loading.training_words import load_training_words
from bot.questions.question import Step
from bot.questions.training import TrainingReader
from bot.questions.understanding import Understanding
from bot.render import rule_answers, training
from bot.render.renderer import Renderer
from bot.render.words import Words
from bot.services.ask import Ask, AskService
from bot.services.next_steps import AskNextStep
from bot.services.outcomes import Denied, Outcome

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 10, 15, 10, 0, tzinfo=timezone(timedelta(hours=8)))

STAFF = (
    Person("1001", "王强", grade="third", supervisor="2001"),
    Person("1003", "李娜", grade="second", supervisor="2001"),
    Person("1004", "陈静", grade="third", supervisor="2001"),
    Person("1005", "陈静", grade="fourth", supervisor="2002"),
    Person("2001", "周敏", roles=frozenset({Role.SUPERVISOR})),
    Person("3001", "吴芳", roles=frozenset({Role.HR_CLERK})),
)
ASKERS = {
    "manager": Asker(STAFF[0], "1001"),
    "supervisor": Asker(STAFF[4], "2001"),
    "hr": Asker(STAFF[5], "3001"),
    "stranger": Asker(None, "T1/U9"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAsked(Outcome):
    """What the standings service was asked for."""

    kind: ClassVar[str] = "progress"
    matter: ClassVar[Matter] = Matter.STANDING

    of: str
    grade: str | None
    period: Period | None
    step: Step | None = None


class StandIn:
    """Grants what the access table grants, and says what it was asked."""

    def show_standing(
        self,
        asker: Asker,
        *,
        subject_id: str | None,
        period: Period | None,
        grade: str | None,
        now: datetime,
        surface: Surface,
    ) -> Outcome:
        subject = asker.person if subject_id is None else People().get(subject_id)
        if subject is None or not may(asker, Matter.STANDING, subject):
            return Denied(unlinked=asker.staff is None)
        return StandingAsked(of=subject_id or "own", grade=grade, period=period)


class StandInSteps:
    """Checks what the real service checks, and says what it was asked."""

    def answer(self, asked: AskNextStep, step: Step, text: str, which: str) -> Outcome:
        subject = asked.asker.person if asked.subject_id is None else People().get(asked.subject_id)
        if subject is None or not may(asked.asker, Matter.STANDING, subject):
            return Denied(unlinked=asked.asker.staff is None)
        return StandingAsked(of=asked.subject_id or "own", grade=asked.grade, period=asked.period, step=step)


class StandInTeams:
    """Grants what the access table grants."""

    def show(self, asker: Asker, *, whole: bool = False, **_: object) -> Outcome:
        team = [p for p in STAFF if asker.person and p.supervisor == asker.person.id]
        if not may(asker, Matter.STANDING) and (whole or not team):
            return Denied(unlinked=asker.staff is None)
        return StandingAsked(of="branch" if whole or not team else "team", grade=None, period=None)


class StandInSessions:
    """Of sessions and hours, only that they were asked for: tests/conversations/sessions has the answers."""

    def answer(self, asker: Asker, *_: object) -> Outcome:
        return Denied(unlinked=asker.staff is None)

    show = answer


class People:
    def get(self, person_id: str) -> Person | None:
        return next((p for p in STAFF if p.id == person_id), None)

    def everyone(self) -> list[Person]:
        return list(STAFF)


class NothingTaught:
    def clauses_of(self, phrase: str) -> tuple[str, ...]:
        return ()

    def phrases(self) -> list[TaughtPhrase]:
        return []


@dataclass
class Store:
    people: People = field(default_factory=People)
    kept_questions: NothingTaught = field(default_factory=NothingTaught)

    @contextmanager
    def read(self) -> Iterator["Store"]:
        yield self


PHRASES = load_phrases(ROOT / "knowledge/phrases")
SHELF = load_shelf(ROOT / "knowledge/rulebooks")
PLANS = load_training()
TRAINING = TrainingReader(PLANS, load_training_words(), PHRASES)
CLAUSES = {c.id: c.text for c in SHELF.rulebooks[-1].clauses.values()}
UNDERSTANDING = Understanding(PHRASES, TRAINING, load_session_words(), CLAUSES)
RENDERER = Renderer(Words(ROOT / "templates"))
rule_answers.register(RENDERER)
training.register(RENDERER)


def asked(text: str, who: str = "manager", surface: str = "dm", mentions: Mapping[str, str] | None = None) -> Outcome:
    service = AskService(
        Store(),
        SHELF,
        UNDERSTANDING,
        standings=StandIn(),
        next_steps=StandInSteps(),
        teams=StandInTeams(),
        phrases=PHRASES,
        training=PLANS,
        sessions=StandInSessions(),
        hours=StandInSessions(),
        for_gaps=StandInSessions(),
    )  # type: ignore[arg-type]
    return service(Ask(ASKERS[who], text, Surface(surface), NOW, mentions=mentions or {}))
