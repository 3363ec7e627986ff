"""Questions beyond the standing itself: why not, which way, which client, how much by when, when, what if."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.questions.phrases import Phrases
from bot.questions.question import OutOfScope, OwnStanding, PersonStanding, Question, RuleQuestion, Step, Unclear
from bot.questions.recognise import Recognised
from bot.questions.subject import subject_of
from bot.questions.suppositions import Suppositions

_IN_ORDER = ("known_then", "two_dates", "cliff", "forecast", "balance", "route", "why_not")
_MINE_ANYHOW = ("cliff", "route", "what_if")
"""Asked of nobody else: 哪些客户差一点就能计入, 怎么最快到一级."""
_KINDS = {"known_then": "two_dates"}
"""Intents that come to the step of another name."""
_OTHER_RULES = re.compile(
    r"(?:(?P<year>20\d\d)年?|(?P<back>前年)|去年|上年|上一年|旧|老|上一版|上个版本|以前|原来|过去)度?的?(?:那个|那版|那套)?"
    r"(?:管理)?(?:办法|规定|规则|标准|版本|口径)|(?:last year's|old|previous) (?:rules|rulebook|regulation|standards)"
)
_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")


class NextStepReader:
    """Says of a question on a standing what is asked beyond it."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._suppositions = Suppositions(phrases.suppositions)

    def read(self, question: Question, seen: Recognised, today: date) -> Question:
        """The question with its step; as it was where there is none, and where it was refused for what it asks."""
        if isinstance(question, OutOfScope) and question.reason not in ("not_found", "not_understood"):
            return question
        step = self._what_if(seen, today) or _other_rules(seen, today) or _step(seen, today)
        if step is None:
            return question
        if isinstance(question, OwnStanding | PersonStanding):
            return replace(question, step=step)
        mine = (
            seen.of_me
            or seen.means("known_then")
            or step.kind in _MINE_ANYHOW
            or (step.kind == "balance" and seen.means("gap"))
        )
        if not mine or not isinstance(question, OutOfScope | RuleQuestion | Unclear):
            return question
        period = seen.period if step.kind == "two_dates" else None
        return OwnStanding(target=self._target(seen), period=period, step=step, language=seen.language)

    def _target(self, seen: Recognised) -> str | None:
        """The highest grade named."""
        if seen.means("next_grade"):
            return "next"
        grades = subject_of(seen, self._phrases).grades
        return min(grades, key=self._phrases.grades.index) if grades else None

    def _what_if(self, seen: Recognised, today: date) -> Step | None:
        """Only where something is supposed: 二级要存多少 is no change."""
        if not seen.means("what_if"):
            return None
        changes = self._suppositions.changes(seen.text, seen.figures, today)
        return Step(kind="what_if", changes=changes) if changes else None


def _other_rules(seen: Recognised, today: date) -> Step | None:
    """按去年的办法: the last day of the year meant; last year's where the text says only that they are old ones."""
    match = _OTHER_RULES.search(seen.text)
    if not match:
        return None
    year = int(match["year"]) if match["year"] else today.year - (2 if match["back"] else 1)
    return Step(kind="other_rules", since=min(today, date(year, 12, 31)))


def _step(seen: Recognised, today: date) -> Step | None:
    kind = next((key for key in _IN_ORDER if seen.means(key)), None)
    if kind is None:
        return None
    if kind != "balance":
        return Step(kind=_KINDS.get(kind, kind))
    amounts = [c.number for c in seen.claims if c.unit == "amount" and not seen.means("gap")]
    return Step(kind=kind, amount=amounts[0] if amounts else None, since=_since(seen.text, today))


def _since(text: str, today: date) -> date | None:
    """A day named in the text; tomorrow where it says so."""
    if "明天" in text:
        return today + timedelta(days=1)
    match = _DAY.search(text)
    if not match:
        return None
    try:
        return date(today.year, int(match[1]), int(match[2]))
    except ValueError:
        return None
