"""Whether a figure of the asker's agrees with what the rulebook says, or reaches it (8000万够吗)."""

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


def check(statement: Statement, claims: Sequence[Claim], form: Form) -> Statement:
    """The statement with `holds` set where one of the claims is about it."""
    if form is Form.OPEN:
        return statement
    form = Form.PREMISE if form is Form.WHICH else form
    unit = _UNIT_OF_FACT.get(statement.fact, "amount")
    about = [claim for claim in claims if claim.unit == unit or (unit == "year" and claim.unit == "month")]
    if not about:
        return statement
    return replace(statement, holds=any(_agrees(statement, claim, form) for claim in about))


def _agrees(statement: Statement, claim: Claim, form: Form) -> bool:
    if claim.money:
        return _money_agrees(statement, claim.money, form)
    said = [number for value in statement.values.values() for number in figures(value)]
    number = Decimal(claim.number) / (12 if claim.unit == "month" else 1)
    if form is Form.REACHES:
        return statement.fact == "no_tenure" or any(number >= s for s in said)
    return number in said


def _money_agrees(statement: Statement, money: Money, form: Form) -> bool:
    bounds = [bound for grade in statement.grades for bound in _bounds(statement, grade)]
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
