"""grades.yaml -> grades, highest first. Codes noted here: empty, duplicate_grade, no_regular_grade; the rest as in
`rulebook_rules` and `cited`.
"""

from bot.domain.money import Money
from bot.domain.rulebook import Grade
from bot.loading.cited import Citations
from bot.loading.rulebook_rules import FLOOR, NO_FLOOR, NO_INDICATORS, NO_PASS_LINE, RuleReader
from bot.loading.strict_yaml import Keys, Table

_FILE = Keys("grades")
_GRADE = Keys(
    "key name clause staff_grade floor indicators pass_line conditions",
    "quality judged allowance on_probation no_credit_clause",
)
_STAFF_GRADE = Keys("value clause")
_ALLOWANCE = Keys("amount clause")


def read_grades(file: Table, cite: Citations) -> tuple[Grade, ...]:
    """All grades of one version; as many faults as there are go to `cite.faults`."""
    rules = RuleReader(cite)
    tables = file.expect(_FILE).tables("grades")
    grades = tuple(_grade(table.expect(_GRADE), rules) for table in tables)
    for name in ("key", "name"):
        _refuse_twins(tables, name, cite)
    if grades and all(grade.on_probation for grade in grades):
        cite.faults.add(file.at("grades"), "no_regular_grade", "除见习外至少要有一个等级")
    if file.has("grades") and not grades:
        cite.faults.add(file.at("grades"), "empty", "没有写等级")
    return grades


def _refuse_twins(tables: list[Table], key: str, cite: Citations) -> None:
    """Two grades of one key or one name could not be told apart in a question."""
    first: dict[str, int] = {}
    for table in tables:
        if word := table.word(key):
            line = first.setdefault(word.text, word.place.line)
            if line != word.place.line:
                cite.faults.add(word.place, "duplicate_grade", f"等级重复,第 {line} 行已有")


def _grade(table: Table, rules: RuleReader) -> Grade:
    """One grade with everything that it asks."""
    key, cite = table.text("key") or "", rules.cite
    below = table.table("floor")
    floor = rules.floor(below.expect(FLOOR)) if below else NO_FLOOR
    indicators, pass_line, quality = table.table("indicators"), table.table("pass_line"), table.table("quality")
    staff_grade, staff_grade_clause = _staff_grade(table, cite)
    allowance, allowance_clause = _allowance(table, cite)
    return Grade(
        key=key,
        name=table.text("name") or "",
        clause=cite.clause(table),
        staff_grade=staff_grade,
        staff_grade_clause=staff_grade_clause,
        floor=floor,
        indicators=rules.indicators(indicators, key, floor) if indicators else NO_INDICATORS,
        pass_line=rules.pass_line(pass_line, key) if pass_line else NO_PASS_LINE,
        quality=rules.quality(quality, key) if quality else None,
        conditions=tuple(filter(None, [rules.condition(item, key) for item in table.tables("conditions")])),
        judged=tuple(rules.judged(item, key) for item in table.tables("judged")),
        allowance=allowance,
        allowance_clause=allowance_clause,
        on_probation=table.flag("on_probation"),
        no_credit_clause=cite.clause(table, "no_credit_clause") or None,
    )


def _staff_grade(table: Table, cite: Citations) -> tuple[str, str]:
    """行员等级 and its clause."""
    below = table.table("staff_grade")
    if below is None:
        return "", ""
    clause = cite.clause(below.expect(_STAFF_GRADE))
    return cite.written(below, "value", clause), clause


def _allowance(table: Table, cite: Citations) -> tuple[Money | None, str | None]:
    """Expenses reimbursed a month, and the clause; both None where the grade has none."""
    below = table.table("allowance")
    if below is None:
        return None, None
    clause = cite.clause(below.expect(_ALLOWANCE))
    return cite.amount(below, "amount", clause), clause
