"""Whether a figure of the asker's agrees with what the rulebook says, or reaches it (8000万够吗)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.domain.money import Currency, Money
from bot.domain.rulebook import AmountRule, Grade
from bot.questions.question import Claim, Form
from bot.services.rule_answer import Statement
from bot.services.written import figures

_UNIT_OF_FACT = {
    "tenure": "year",
    "no_tenure": "year",
    "probation": "year",
    "needed": "item",
    "staff_grade": "staff",
}

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(万|亿|)元")
_SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}
_SAID_YEARS = re.compile(r"(?:\d+|[一二三四五])年")
_WRITTEN = {"amount": _AMOUNT, "year": _SAID_YEARS, "month": _SAID_YEARS}


def check(statement: Statement, claims: Sequence[Claim], form: Form) -> Statement:
    """The statement with `holds` set where one of the claims is about it."""
    if form is Form.OPEN:
        return statement
    form = Form.PREMISE if form is Form.WHICH else form
    about = [claim for claim in (_with_unit(c, statement) for c in claims) if _is_about(claim, statement)]
    if not about:
        return statement
    return replace(statement, holds=any(_agrees(statement, claim, form) for claim in about))


def _unit(statement: Statement) -> str:
    return _UNIT_OF_FACT.get(statement.fact, "amount")


def _with_unit(claim: Claim, statement: Statement) -> Claim:
    """A bare number in the unit of the fact: 300 of an allowance are yuan, of deposits 万元."""
    if claim.unit != "bare":
        return claim
    unit = _unit(statement)
    if unit != "amount":
        return Claim(unit, claim.number)
    scale = 1 if statement.fact == "allowance" else 10_000
    return Claim("amount", claim.number * 100 * scale, Money(claim.number * 100 * scale))


def _is_about(claim: Claim, statement: Statement) -> bool:
    if statement.fact == "topic":
        return claim.unit in _WRITTEN and _WRITTEN[claim.unit].search(statement.said or "") is not None
    unit = _unit(statement)
    return claim.unit == unit or (unit == "year" and claim.unit == "month")


def _agrees_with_words(said: str, claim: Claim) -> bool:
    """Whether a topic's sentence says that number of years, months or that amount."""
    if claim.money:
        amounts = {Decimal(m[1]) * _SCALE[m[2]] * 100 for m in _AMOUNT.finditer(said)}
        return Decimal(claim.money.minor) in amounts
    years = {int(n) for m in _SAID_YEARS.finditer(said) for n in figures(m[0])}
    return Decimal(claim.number) / (12 if claim.unit == "month" else 1) in years


def _agrees(statement: Statement, claim: Claim, form: Form) -> bool:
    if statement.fact == "topic":
        return _agrees_with_words(statement.said or "", claim)
    if claim.money:
        return _money_agrees(statement, claim.money, form)
    said = [number for value in statement.values.values() for number in figures(value)]
    number = Decimal(claim.number) / (12 if claim.unit == "month" else 1)
    if form is Form.REACHES:
        return statement.fact == "no_tenure" or any(number >= s for s in said)
    return number in said


def _money_agrees(statement: Statement, money: Money, form: Form) -> bool:
    bounds = [bound for grade in statement.grades for bound in _bounds(statement, grade)]
    if "only" in statement.values:
        bounds = bounds[1:] or bounds
    if form is Form.REACHES:
        return bool(bounds) and all(_same_currency(money, b) and money.minor >= b.minor for b in bounds[:1])
    return any(_same_currency(money, b) and money.minor == b.minor for b in bounds)


def _bounds(statement: Statement, grade: Grade) -> list[Money]:
    """The bound first, then the single client's."""
    if statement.fact == "floor":
        return [grade.floor.amount]
    if statement.fact == "allowance":
        return [grade.allowance] if grade.allowance else []
    ids = {clause.id for clause in statement.clauses}
    rules: list[AmountRule] = [r for r in grade.amount_rules if r.clause in ids]
    return [r.bound for r in rules] + [r.single for r in rules if r.single]


def _same_currency(claim: Money, bound: Money) -> bool:
    """An amount said without a unit is read in the bound's; dollars are never yuan."""
    return claim.currency is bound.currency or claim.currency is Currency.CNY
