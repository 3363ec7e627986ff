"""The line that `ladder progress --json` prints, exactly as contract.md has it: the same names, exact decimals."""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from bot.domain.judge import AmountFinding, GradeFinding, QualityFinding
from bot.domain.ledger import FULL_SHARE
from bot.domain.money import Money, decimal_text
from bot.domain.standing import Standing

_ALWAYS = ("tenure", "education", "exam", "breach")
"""Conditions that every grade answers; what a grade does not ask is met."""
_QUALITY = ("normal_share", "bad_loans", "overdue_interest", "advances")


def progress_line(standing: Standing) -> dict[str, Any]:
    """One manager, in the contract's order."""
    return {
        "manager": standing.person.id,
        "as_of": standing.period.as_of.isoformat(),
        "rulebook": standing.rulebook.version,
        "period": str(standing.period),
        "batch": standing.state.batch,
        "current": standing.person.grade,
        "pass_line": _amount(standing.pass_line),
        "quality": _quality(standing.quality),
        "grades": {key: grade_line(finding) for key, finding in standing.grades.items()},
        "proposed": standing.proposed,
    }


def grade_line(finding: GradeFinding) -> dict[str, Any]:
    """One grade, as it stands in the line."""
    first = finding.indicators.parts[0]
    own_pass_line = {"pass_line": _amount(finding.pass_line)} if finding.grade.on_probation else {}
    return {
        "met": finding.verdict.as_bool,
        "needed": finding.indicators.rule.needed,
        "counted": first.counted,
        "excluded": first.excluded,
        **own_pass_line,
        "indicators": {part.rule.name: _amount(part) for part in finding.indicators.parts},
        "conditions": dict(_conditions(finding)),
    }


def _amount(finding: AmountFinding) -> dict[str, Any]:
    line: dict[str, Any] = {
        "met": finding.verdict.as_bool,
        "value": _value(finding.parts),
        "bound": _bound(finding.rule.bound),
    }
    single = finding.single
    if single:
        line["single"] = {
            "met": single.verdict.as_bool,
            "value": _value(single.parts),
            "bound": _bound(single.bound),
        }
    return line


def _value(parts: Fraction | int | None) -> str | None:
    """Exact, from ten-thousandths of a minor unit."""
    return None if parts is None else decimal_text(parts, per=100 * FULL_SHARE)


@lru_cache(maxsize=256)
def _bound(bound: Money) -> str:
    """75000000: no decimals unless the bound has some."""
    return decimal_text(bound.minor, places=0)


def _quality(finding: QualityFinding | None) -> dict[str, Any]:
    """The four words, and whether the rule is met; a rulebook without the rule asks nothing."""
    parts = {part.name: part.verdict for part in finding.parts} if finding else {}
    words = {name: str(parts.get(name) or "none") for name in _QUALITY}
    return {"met": finding.verdict.as_bool if finding else True, **words}


def _conditions(finding: GradeFinding) -> Iterable[tuple[str, bool | None]]:
    found = {condition.rule.name: condition.verdict.as_bool for condition in finding.conditions}
    yield from ((name, found.pop(name, True)) for name in _ALWAYS)
    yield from found.items()
