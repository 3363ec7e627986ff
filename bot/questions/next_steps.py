"""Questions beyond the standing itself: why not, which way, which client, how much by when, when, what if."""

import re
from dataclasses import replace
from datetime import date

from bot.domain.rulebook import Measure
from bot.questions.days import find_days
from bot.questions.follow_up import THEM
from bot.questions.phrases import Kind, Phrases
from bot.questions.plain_amounts import is_plain
from bot.questions.question import OutOfScope, OwnStanding, PersonStanding, Question, RuleQuestion, Step, Unclear
from bot.questions.recognise import Recognised
from bot.questions.signs import Signs
from bot.questions.subject import subject_of
from bot.questions.supposed_clients import NotPlain
from bot.questions.suppositions import Suppositions

_IN_ORDER = ("known_then", "two_dates", "cliff", "forecast", "balance", "route", "why_not")
_MINE_ANYHOW = ("cliff", "route", "what_if")
"""Asked of oneself where nobody is named or spoken of: 哪些客户差一点就能计入, 怎么最快到一级."""
_BY_SIGNS = ("cliff", "balance_anyhow", "forecast_anyhow", "forecast", "balance", "why_not", "route")
_MINE = re.compile("名下|手上|手里")
_KINDS = {"known_then": "two_dates", "balance_anyhow": "balance", "forecast_anyhow": "forecast"}
"""Intents that come to the step of another name."""
_OTHER_RULES = re.compile(
    r"(?:(?P<year>20\d\d)年?|(?P<back>前年)|去年|上年|上一年|旧|老|上一版|上个版本|以前|原来|过去)度?的?(?:那个|那版|那套)?"
    r"(?:管理)?(?:办法|规定|规则|标准|版本|口径)|(?:last year's|old|previous) (?:rules|rulebook|regulation|standards)"
)
_OF_THE_TEXT = frozenset({"agreement_deposits"})
"""What the regulation alone answers, whoever's it is: 协议存款算不算我的指标."""


class NextStepReader:
    """Says of a question on a standing what is asked beyond it."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._signs = Signs(replace(phrases, signs=phrases.step_signs))
        self._suppositions = Suppositions(phrases.suppositions)

    def read(self, question: Question, seen: Recognised, today: date) -> Question:
        """The question with its step; as it was where there is none, and where it was refused for what it asks."""
        of_the_text = isinstance(question, RuleQuestion) and set(question.aspects) & _OF_THE_TEXT
        if of_the_text or not isinstance(question, OwnStanding | PersonStanding | OutOfScope | RuleQuestion | Unclear):
            return question
        step = self.step(seen, today)
        if isinstance(question, OutOfScope) and not _may_be_a_step(question, seen, step):
            return question
        if step is None:
            return self._reached(question, seen)
        if isinstance(question, PersonStanding):
            return replace(question, step=_without_name(step, question.named))
        if isinstance(question, OwnStanding):
            return replace(question, step=step)
        return self._of_mine(seen, step, today) if _is_mine(question, seen, step, today) else question

    def _of_mine(self, seen: Recognised, step: Step, today: date) -> Question:
        if not seen.of_me and (them := THEM.search(seen.text)):
            return PersonStanding(named=them[0], target=self._target(seen), step=step, language=seen.language)
        dated = step.kind in ("two_dates", "forecast", "why_not", "route", "cliff")
        period = seen.period if dated and seen.period and seen.period.as_of <= today else None
        return OwnStanding(target=self._target(seen), period=period, step=step, language=seen.language)

    def step(self, seen: Recognised, today: date) -> Step | None:
        """What the text asks beyond a standing, whoever's it is."""
        by_signs = self._by_signs(seen, today)
        told = self._what_if(seen, today) or _other_rules(seen, today) or _step(seen, today)
        if told and by_signs and told.kind == by_signs.kind:
            return replace(told, anyhow=by_signs.anyhow)
        return told or by_signs

    def _by_signs(self, seen: Recognised, today: date) -> Step | None:
        found = {sign.entry.key for sign in self._signs.scan(seen.text)}
        key = next((key for key in _BY_SIGNS if key in found), None)
        if key is None:
            return None
        kind = _KINDS.get(key, key)
        step = replace(_balance(seen, today), amount=None) if kind == "balance" else Step(kind=kind)
        return replace(step, anyhow=key != kind)

    def _reached(self, question: Question, seen: Recognised) -> Question:
        """我够一级了吗: of the asker's own, where nothing but the grade is named."""
        if not isinstance(question, RuleQuestion) or question.claims or question.topics or not seen.of_me:
            return question
        subject = subject_of(seen, self._phrases)
        asked = any(sign.entry.key == "standing" for sign in self._signs.scan(seen.text))
        if not asked or subject.aspects or not subject.grades:
            return question
        return OwnStanding(target=self._target(seen), period=seen.period, language=seen.language)

    def _target(self, seen: Recognised) -> str | None:
        """The highest grade named."""
        if seen.means("next_grade"):
            return "next"
        grades = subject_of(seen, self._phrases).grades
        return min(grades, key=self._phrases.grades.index) if grades else None

    def _what_if(self, seen: Recognised, today: date) -> Step | None:
        """Only where something is supposed: 二级要存多少 is no change."""
        if not seen.means("what_if") and not (seen.figures and seen.of_me):
            return None
        try:
            changes = self._suppositions.changes(seen.text, seen.figures, today)
        except NotPlain as found:
            return Step(kind="what_if", unread=found.what) if seen.means("what_if") else None
        if not seen.means("what_if") and not self._suppositions.of_somebody(changes):
            return None
        return Step(kind="what_if", changes=changes) if changes else None


def _without_name(step: Step, named: str) -> Step:
    """李强的C001: the client without the person whose it is."""
    changes = [
        replace(c, client=c.client.removeprefix(named.lower()).removeprefix("的") or c.client) for c in step.changes
    ]
    return replace(step, changes=tuple(changes))


def _is_mine(question: Question, seen: Recognised, step: Step, today: date) -> bool:
    """Whether the asker's own standing is meant, where the text was read as a question on rules, or not at all. An
    amount in it is held against the rule, unless the step's own words stand there."""
    plain = _step(seen, today)
    if step.kind == "what_if" or step.anyhow or seen.means("known_then"):
        return True
    if plain is not None and (plain.kind in _MINE_ANYHOW or (plain.kind == "balance" and seen.means("gap"))):
        return True
    held = isinstance(question, RuleQuestion) and any(claim.unit == "amount" for claim in question.claims)
    mine = seen.of_me or _MINE.search(seen.text) is not None
    return mine and (plain is not None or not held)


def _may_be_a_step(question: OutOfScope, seen: Recognised, step: Step | None) -> bool:
    """What was refused for its words is asked of the asker's own standing all the same: 为什么我不是二级; or the words
    are part of a client's name (舸湾新材料)."""
    if question.reason in ("not_found", "not_understood"):
        return True
    if step is None:
        return False
    if step.kind == "what_if":
        scopes = [hit.word for hit in seen.hits if hit.keys(Kind.SCOPE)]
        return bool(scopes) and all(any(word in change.client for change in step.changes) for word in scopes)
    if question.reason == "silent" and step.anyhow:
        return True
    return question.reason == "silent" and seen.of_me and (step.kind == "cliff" or not seen.keys(Kind.SCOPE))


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
    return _balance(seen, today)


def _balance(seen: Recognised, today: date) -> Step:
    """An amount beside 还差 is the gap; any other is what could be raised."""
    said = [] if seen.means("gap") else [hit for hit in seen.figures if hit.claim and hit.claim.unit == "amount"]
    if said and not is_plain(seen.text, said[0], "", Measure.DEPOSITS):
        return Step(kind="balance", unread="amount")
    days = find_days(seen.text, today)
    if any(hit.day is None for hit in days):
        return Step(kind="balance", unread="day")
    amount = said[0].claim.number if said and said[0].claim else None
    return Step(kind="balance", amount=amount, since=days[0].day if days else None)
