"""The best SQL we could write by hand for every manager's figures and decisions: what the program is held against.

One statement, all of it in the database: the sums in one pass in the order of clients (last year's row is looked up
beside this year's: the two stand in one index, so the join is cheaper than a second pass, which would need it too);
each client's amounts in a subquery of its own, so that SQLite sorts them and not the columns that they are made of;
then bands to floors, shares, bounds and the three answers. Written for one date and the shipped rulebook, where
every fact that the program looks up is known beforehand; amounts come from the rulebook so that they cannot drift.
One thing it does not do as well: SQLite compares the two shares of normal-class loans as floats, past 64 bits.
"""

from fractions import Fraction

from bot.domain.money import Currency
from bot.domain.people import Education, Title
from bot.domain.rulebook import (
    AmountRule,
    BreachRule,
    EducationRule,
    ExamRule,
    Grade,
    Measure,
    ReportRule,
    Rule,
    Rulebook,
    TenureRule,
)

AS_OF, LAST_YEAR = "2026-09-30", "2025-12-31"
RATE = Fraction("7.1")
_AMOUNTS = {
    Measure.DEPOSITS: "f.deposit_avg",
    Measure.NET_DEPOSITS: "f.deposit_avg - f.agreement_avg",
    Measure.LOANS: "f.loan_avg",
    Measure.SETTLEMENT: "f.settlement_usd",
    Measure.NEW_DEPOSITS: "f.deposit_avg - COALESCE(l.deposit_avg, 0)",
}
_FIVE = "{0}.loan_normal + {0}.loan_special + {0}.loan_substandard + {0}.loan_doubtful + {0}.loan_loss"
_BAD = "(f.loan_substandard > 0 OR f.loan_doubtful > 0 OR f.loan_loss > 0 OR f.overdue_interest > 0 OR f.advances > 0)"


def amount_rules(rulebook: Rulebook) -> list[AmountRule]:
    """In the order of the statement's columns: each has its sum, and its single client where it asks one."""
    return [rule for grade in rulebook.grades for rule in grade.amount_rules]


_WAYS = {"sqlite": ("CROSS JOIN", "LIMIT -1"), "postgresql": ("JOIN", "OFFSET 0"), "duckdb": ("JOIN", "")}
"""The join with 管户 and the end of the subquery. CROSS: SQLite keeps the order of the tables, which is that of the
clients. A limit that takes nothing away keeps the subquery apart."""


def statement(rulebook: Rulebook, dialect: str) -> str:
    """A row a manager: the number, a sum and a largest client for each amount rule, an answer for each grade."""
    join, apart = _WAYS[dialect]
    floors, rules = rulebook.floors(), amount_rules(rulebook)
    singles = {rule.measure for rule in rules if rule.single}
    summed = {rule.measure for rule in rules}
    reached = " + ".join(f"CASE WHEN f.deposit_avg >= {floor} THEN 1 ELSE 0 END" for floor in floors)
    amounts = ", ".join(f"{_AMOUNTS[m]} AS a_{m}" for m in summed)
    sums = ", ".join(f"SUM(a_{m}) AS s_{m}" for m in summed)
    largest = ", ".join(f"MAX(a_{m}) AS x_{m}" for m in singles)
    wanted = {(rule.measure, floors.index(rule.floor.amount.minor) + 1) for rule in rules}
    by_floor = [f"SUM(CASE WHEN band >= {b} THEN s_{m} * share ELSE 0 END) AS s_{m}_{b}" for m, b in wanted]
    by_floor += [
        f"MAX(CASE WHEN band >= {b} THEN x_{m} * share ELSE 0 END) AS x_{m}_{b}" for m, b in wanted if m in singles
    ]
    figures = ", ".join(f"{_sum(rule, floors)}, {_single(rule, floors) if rule.single else '0'}" for rule in rules)
    return f"""
    WITH lines AS (
      SELECT a.manager, a.share, {reached} AS band, {amounts}, f.loan_normal AS n1, {_FIVE.format("f")} AS n5,
        COALESCE(l.loan_normal, 0) AS t1, COALESCE({_FIVE.format("l")}, 0) AS t5
      FROM figures f
      {join} attribution a ON a.client = f.client AND a.until_batch IS NULL AND a.starts <= '{AS_OF}'
        AND (a.ends IS NULL OR a.ends >= '{AS_OF}')
      LEFT JOIN figures l ON l.client = f.client AND l.as_of = '{LAST_YEAR}' AND l.until_batch IS NULL
      WHERE f.as_of = '{AS_OF}' AND f.until_batch IS NULL {apart}),
    bands AS (
      SELECT manager, share, band, {sums}, {largest}, SUM(n1) AS normal_now, SUM(n5) AS five_now,
        SUM(t1) AS normal_then, SUM(t5) AS five_then FROM lines GROUP BY 1, 2, 3),
    sums AS (
      SELECT manager, {", ".join(by_floor)}, SUM(normal_now * share) AS normal_now, SUM(five_now * share) AS five_now,
        SUM(normal_then * share) AS normal_then, SUM(five_then * share) AS five_then FROM bands GROUP BY manager),
    faulty AS (
      SELECT DISTINCT a.manager FROM figures f
      JOIN attribution a ON a.client = f.client AND a.until_batch IS NULL AND a.starts <= f.as_of
        AND (a.ends IS NULL OR a.ends >= f.as_of)
      WHERE f.as_of BETWEEN '2026-01-01' AND '{AS_OF}' AND f.until_batch IS NULL AND {_BAD})
    SELECT p.id, {figures}, {", ".join(_grade(grade, floors) for grade in rulebook.grades)}
    FROM managers p LEFT JOIN sums s ON s.manager = p.id LEFT JOIN faulty b ON b.manager = p.id
    WHERE p.until_batch IS NULL AND p.grade IS NOT NULL ORDER BY p.id
    """


def _sum(rule: AmountRule, floors: tuple[int, ...]) -> str:
    return f"COALESCE(s_{rule.measure}_{floors.index(rule.floor.amount.minor) + 1}, 0)"


def _single(rule: AmountRule, floors: tuple[int, ...]) -> str:
    return f"COALESCE(x_{rule.measure}_{floors.index(rule.floor.amount.minor) + 1}, 0)"


def _met(rule: AmountRule, floors: tuple[int, ...]) -> str:
    """Cross-multiplied: the rate is a fraction, shares are basis points."""
    converted = rule.measure is Measure.SETTLEMENT and rule.bound.currency is Currency.CNY
    times, over = (RATE.numerator, RATE.denominator) if converted else (1, 1)
    held = f"{_sum(rule, floors)} * {times} >= {rule.bound.minor * 10_000 * over}"
    return f"({held} AND {_single(rule, floors)} >= {rule.single.minor * 10_000})" if rule.single else f"({held})"


def _grade(grade: Grade, floors: tuple[int, ...]) -> str:
    """Three-valued by SQL's own NULL; every figure is known here, so k of n is a count."""
    met = " + ".join(f"CASE WHEN {_met(rule, floors)} THEN 1 ELSE 0 END" for rule in grade.indicators.of)
    asked = [f"({met}) >= {grade.indicators.needed}", _met(grade.pass_line, floors)]
    if grade.quality:
        asked.append(
            "(b.manager IS NULL AND (COALESCE(five_now, 0) = 0 OR CASE WHEN five_then > 0 THEN"
            " normal_now * five_then > normal_then * five_now"
            " OR (normal_now = five_now AND normal_then = five_then) END))"
        )
    asked += [text for rule in grade.conditions if (text := _condition(rule))]
    return " AND ".join(asked)


def _condition(rule: Rule) -> str:
    """The person's own facts. A special report still to come holds no quarter up."""
    match rule:
        case TenureRule(years=years):
            return f"p.marketing_since <= '{2026 - years}-09-30'"
        case EducationRule(education=education, title=title):
            diplomas, titles = list(Education), list(Title)
            return (
                f"(p.education IN ({_listed(diplomas[diplomas.index(education) :])})"
                f" OR p.title IN ({_listed(titles[titles.index(title) :])}))"
            )
        case ExamRule():
            return "p.exam = 'passed'"
        case BreachRule():
            return "NOT p.breach"
        case ReportRule():
            return ""
    raise TypeError(rule)


def _listed(words: list[Education] | list[Title]) -> str:
    return ", ".join(f"'{word}'" for word in words)
