"""Grades side by side: a row a fact, a column a grade."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.rulebook import Grade
from bot.questions.question import Language
from bot.render.blocks import Block, table
from bot.render.mrkdwn import plain
from bot.render.words import Words
from bot.services.rule_answer import RuleAnswered, Statement

_ROW_OF = {"no_tenure": "tenure", "no_report": "report", "no_quality": "quality", "probation": "tenure"}
"""Facts that stand in another's row: a grade without it."""
_IN_A_LINE = 2
"""So many rows are said in the first line too."""
_NONE = "-"


def compare(words: Words, slots: Mapping[str, str], outcome: RuleAnswered) -> tuple[str, list[Block]]:
    """The first line (of one fact, its values), and the table."""
    english = outcome.language is Language.EN
    grades = _grades(outcome)
    names = [grade.key.capitalize() if english else grade.short_name for grade in grades]
    rows: dict[str, dict[str, list[str]]] = {}
    for statement in outcome.statements:
        cells = rows.setdefault(_row(statement), {})
        for grade in statement.grades:
            cells.setdefault(grade.key, []).append(_cell(words, statement, outcome.language))
    labels = {row: str(words.word(row, "fact_en" if english else "fact")) for row in rows}
    made = [[labels[row], *(_joined(cells.get(grade.key, ())) for grade in grades)] for row, cells in rows.items()]
    return _first_line(words, outcome, names, made), table([[slots["item"], *names], *made])


def _first_line(words: Words, outcome: RuleAnswered, names: Sequence[str], made: Sequence[Sequence[str]]) -> str:
    english = outcome.language is Language.EN
    if len(made) <= _IN_A_LINE:
        return ("; " if english else ";").join(_said(row, names, english) for row in made)
    alike = [label for label, *cells in made if len(set(cells)) == 1]
    return words.slot("answers/answer", "compared", english=english, grades=names, alike=alike)


def _said(row: Sequence[str], names: Sequence[str], english: bool) -> str:
    """A row as a sentence: 日均存款:高级 2.5亿元,一级 1.5亿元."""
    label, *cells = row
    said = [f"{name} {cell}" for name, cell in zip(names, cells, strict=True) if cell != _NONE]
    return f"{label}: {', '.join(said)}" if english else f"{label}:{','.join(said)}"


def _grades(outcome: RuleAnswered) -> list[Grade]:
    named = {grade.key for s in outcome.statements for grade in s.grades}
    return [grade for grade in outcome.rulebook.grades if grade.key in named]


def _row(statement: Statement) -> str:
    if statement.fact == "no_indicator":
        return statement.values["asked"]
    return _ROW_OF.get(statement.fact, statement.fact)


def _cell(words: Words, statement: Statement, language: Language) -> str:
    return plain(words.slot(f"answers/facts/{statement.fact}", f"cell_{language}", s=statement, v=statement.values))


def _joined(cells: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(cells)) or _NONE
