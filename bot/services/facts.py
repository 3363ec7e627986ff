"""The facts that a rulebook holds of one grade, as statements: one small function a kind of fact, no figure in any."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.rulebook import (
    AmountRule,
    Ban,
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
from bot.services.rule_answer import Statement
from bot.services.written import count_written, written, years_written

Fact = Callable[[Rulebook, Grade], list[Statement]]

_PARTS = {"bad_loans": Ban.BAD_LOANS, "overdue_interest": Ban.OVERDUE_INTEREST, "advances": Ban.ADVANCES}


def amount(rulebook: Rulebook, grade: Grade, rule: AmountRule, fact: str) -> Statement:
    """A sum and, where there is one, the single client's."""
    clause = rulebook.clauses[rule.clause]
    values = {"bound": written(rule.bound, clause)}
    if rule.single:
        values["single"] = written(rule.single, clause)
    if rule.measure is Measure.NET_DEPOSITS:
        values["net"] = "net"
    remarks = (rule.remark,) if rule.remark else ()
    return Statement(fact=fact, grades=(grade,), clauses=(clause,), values=values, remarks=remarks)


def _indicator(fact: str, *measures: Measure) -> Fact:
    def find(rulebook: Rulebook, grade: Grade) -> list[Statement]:
        rules = [rule for rule in grade.indicators.of if rule.measure in measures]
        if not rules:
            return _absent(rulebook, grade, fact)
        return [amount(rulebook, grade, rule, fact) for rule in rules]

    return find


def _absent(rulebook: Rulebook, grade: Grade, fact: str) -> list[Statement]:
    """The grade asks no such indicator: what it asks instead is said, as a fact of its own."""
    if fact == "deposits":
        return pass_line(rulebook, grade)
    if fact == "loans" and grade.no_credit_clause:
        return credit_ban(rulebook, grade)
    clause = rulebook.clauses[grade.indicators.clause]
    return [Statement(fact="no_indicator", grades=(grade,), clauses=(clause,), values={"asked": fact})]


_FACT_OF = {
    Measure.DEPOSITS: "deposits",
    Measure.NET_DEPOSITS: "deposits",
    Measure.LOANS: "loans",
    Measure.SETTLEMENT: "settlement",
    Measure.NEW_DEPOSITS: "new_deposits",
}


def needed(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """k of n; nothing to count where the grade has one indicator only."""
    clause = rulebook.clauses[grade.indicators.clause]
    count = count_written(clause)
    if count is None:
        return [amount(rulebook, grade, rule, _FACT_OF[rule.measure]) for rule in grade.indicators.of]
    letters = [rule.name for rule in grade.indicators.of]
    values = {"count": count, "first": letters[0], "last": letters[-1]}
    return [Statement(fact="needed", grades=(grade,), clauses=(clause,), values=values)]


def single_client(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """The single-client bounds, of deposits and of loans."""
    rules = [rule for rule in grade.indicators.of if rule.single]
    if rules:
        found = [amount(rulebook, grade, rule, _FACT_OF[rule.measure]) for rule in rules]
        return [replace(s, values={**s.values, "only": "single"}) for s in found]
    clauses = tuple(
        rulebook.clauses[r.clause] for r in grade.indicators.of if _FACT_OF[r.measure] in ("deposits", "loans")
    )
    clauses = clauses or (rulebook.clauses[grade.indicators.clause],)
    return [Statement(fact="no_single", grades=(grade,), clauses=clauses)]


def floor(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """Who is left out, and that exactly on it counts (R1)."""
    clause = rulebook.clauses[grade.floor.clause]
    remarks = tuple(rulebook.readings[key].reads for key in grade.floor.readings if key in rulebook.readings)
    values = {"amount": written(grade.floor.amount, clause)}
    return [Statement(fact="floor", grades=(grade,), clauses=(clause,), values=values, remarks=remarks)]


def pass_line(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """The on-post pass line with the clients it counts; a trainee's stands in two places (R6)."""
    rule = grade.pass_line
    clause = rulebook.clauses[rule.clause]
    values = {"bound": written(rule.bound, clause), "floor": written(rule.floor.amount, clause)}
    remarks = (rule.remark,) if rule.remark else ()
    return [Statement(fact="pass_line", grades=(grade,), clauses=(clause,), values=values, remarks=remarks)]


def _quality(part: str | None) -> Fact:
    def find(rulebook: Rulebook, grade: Grade) -> list[Statement]:
        if not grade.quality:
            return _no_quality(rulebook, grade)
        clause = rulebook.clauses[grade.quality.clause]
        return [Statement(fact=part or "quality", grades=(grade,), clauses=(clause,))]

    return find


def _no_quality(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    clause = rulebook.clauses[grade.no_credit_clause or grade.indicators.clause]
    return [Statement(fact="no_quality", grades=(grade,), clauses=(clause,))]


def _condition(kind: type[Rule], fact: str) -> Fact:
    def find(rulebook: Rulebook, grade: Grade) -> list[Statement]:
        rules = [rule for rule in grade.conditions if isinstance(rule, kind)]
        clauses = [rulebook.clauses[rule.clause] for rule in rules]
        return [Statement(fact=fact, grades=(grade,), clauses=(clause,)) for clause in clauses]

    return find


def tenure(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """Years of marketing work; below the grades that ask them, the clause that says so. A trainee: the probation."""
    rule = next((r for r in grade.conditions if isinstance(r, TenureRule)), None)
    if rule:
        clause = rulebook.clauses[rule.clause]
        years = years_written(clause) or ""
        return [Statement(fact="tenure", grades=(grade,), clauses=(clause,), values={"years": years})]
    lowest = next((r for g in reversed(rulebook.grades) for r in g.conditions if isinstance(r, TenureRule)), None)
    if not lowest:
        return []
    none = Statement(fact="no_tenure", grades=(grade,), clauses=(rulebook.clauses[lowest.clause],))
    return [*probation(rulebook, grade), none]


def probation(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """How long it takes, for the grade that is held on probation."""
    if not grade.on_probation:
        return []
    clause = rulebook.clauses[rulebook.probation_clause]
    return [Statement(fact="probation", clauses=(clause,), values={"years": years_written(clause) or ""})]


def report(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """The special report of the year; of grades that ask none, which one does."""
    found = _condition(ReportRule, "report")(rulebook, grade)
    if found:
        return found
    asking = [(g, r) for g in rulebook.grades for r in g.conditions if isinstance(r, ReportRule)]
    clauses = tuple(rulebook.clauses[rule.clause] for _, rule in asking)
    names = "、".join(g.short_name for g, _ in asking)
    return [Statement(fact="no_report", grades=(grade,), clauses=clauses, values={"asking": names})] if asking else []


def skills(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """What people judge: quoted, since the words are all there is to it."""
    clauses = tuple(rulebook.clauses[rule.clause] for rule in grade.judged)
    said = " ".join(dict.fromkeys(clause.text for clause in clauses))
    return [Statement(fact="skills", grades=(grade,), clauses=clauses, said=said)] if clauses else []


def staff_grade(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """行员等级."""
    clause = rulebook.clauses[grade.staff_grade_clause]
    return [Statement(fact="staff_grade", grades=(grade,), clauses=(clause,), values={"staff": grade.staff_grade})]


def allowance(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """Expenses a month, with what a reading makes of the missing heading (R8)."""
    if not grade.allowance or not grade.allowance_clause:
        return []
    clause = rulebook.clauses[grade.allowance_clause]
    remarks = tuple(f"{r.text}{r.reads}" for r in rulebook.readings.values() if clause.id in r.clauses)
    values = {"amount": written(grade.allowance, clause)}
    return [Statement(fact="allowance", grades=(grade,), clauses=(clause,), values=values, remarks=remarks)]


def credit_ban(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """Only a trainee may not handle credit business."""
    banned = [g for g in rulebook.grades if g.no_credit_clause]
    clauses = tuple(rulebook.clauses[g.no_credit_clause] for g in banned if g.no_credit_clause)
    if not clauses:
        return []
    fact = "credit_ban" if grade.no_credit_clause else "no_credit_ban"
    return [Statement(fact=fact, grades=(grade,), clauses=clauses)]


def agreement_deposits(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """Whether agreement deposits count: not in a, and the text excludes them nowhere else."""
    rules = [r for r in grade.indicators.of if r.measure is Measure.NET_DEPOSITS]
    if not rules:
        return [replace(s, fact="agreement_counted") for s in pass_line(rulebook, grade)]
    clauses = tuple(rulebook.clauses[r.clause] for r in rules)
    remarks = tuple(r.remark for r in rules if r.remark)
    return [Statement(fact="agreement_deposits", grades=(grade,), clauses=clauses, remarks=remarks)]


def floor_alone(rulebook: Rulebook, grade: Grade) -> list[Statement]:
    """The floor among other facts: without the reading, which is for those who ask about it."""
    return [replace(statement, remarks=()) for statement in floor(rulebook, grade)]


FACTS: dict[str, Fact] = {
    "deposits": _indicator("deposits", Measure.DEPOSITS, Measure.NET_DEPOSITS),
    "loans": _indicator("loans", Measure.LOANS),
    "settlement": _indicator("settlement", Measure.SETTLEMENT),
    "new_deposits": _indicator("new_deposits", Measure.NEW_DEPOSITS),
    "needed": needed,
    "single_client": single_client,
    "floor": floor,
    "pass_line": pass_line,
    "quality": _quality(None),
    "normal_share": _quality("normal_share"),
    **{part: _quality(part) for part in _PARTS},
    "tenure": tenure,
    "education": _condition(EducationRule, "education"),
    "title": _condition(EducationRule, "education"),
    "exam": _condition(ExamRule, "exam"),
    "breach": _condition(BreachRule, "breach"),
    "report": report,
    "skills": skills,
    "staff_grade": staff_grade,
    "allowance": allowance,
    "credit_ban": credit_ban,
    "agreement_deposits": agreement_deposits,
    "floor_alone": floor_alone,
    "own_report": _condition(ReportRule, "report"),
}
"""Aspects of knowledge/phrases/aspects.yaml, and two that only sets use."""

SETS: dict[str, tuple[str, ...]] = {
    "indicators": ("deposits", "loans", "settlement", "new_deposits", "needed"),
    "requirements": (
        *("deposits", "loans", "settlement", "new_deposits", "needed"),
        *("pass_line", "quality", "floor_alone", "tenure", "education", "exam", "breach", "own_report"),
    ),
    "profile": (
        *("deposits", "loans", "settlement", "new_deposits", "needed"),
        *("floor_alone", "tenure", "own_report", "staff_grade", "allowance"),
    ),
}
"""Aspects that stand for several."""


def merged(statements: Sequence[Statement]) -> list[Statement]:
    """Statements that say the same of several grades become one, with all their grades and clauses."""
    found: dict[object, Statement] = {}
    for statement in statements:
        key = (statement.fact, tuple(statement.values.items()), statement.said)
        if key not in found:
            found[key] = statement
            continue
        one = found[key]
        clauses = {c.id: c for c in (*one.clauses, *statement.clauses)}
        grades = dict.fromkeys(g.key for g in (*one.grades, *statement.grades))
        by_key = {g.key: g for g in (*one.grades, *statement.grades)}
        found[key] = replace(
            one,
            grades=tuple(by_key[k] for k in grades),
            clauses=tuple(clauses.values()),
            remarks=tuple(dict.fromkeys((*one.remarks, *statement.remarks))),
        )
    return list(found.values())
