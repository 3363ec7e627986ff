"""A question about the regulation, answered from the rulebook in force: composed of its facts, not of passages."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.rulebook import Clause, Grade, Rulebook
from bot.questions.phrases import Topic
from bot.questions.question import Form, Language, OutOfScope, RuleQuestion
from bot.services.claims import check
from bot.services.facts import FACTS, SETS, merged
from bot.services.outcomes import Outcome
from bot.services.rule_answer import RuleAnswered, RuleDeclined, Statement
from bot.services.written import says_no_more

_MOST_NEAREST = 3
_MANY = 3
"""Statements of all grades that a table says better than a list."""
_MOST_OF_AN_ARTICLE = 12
_AMOUNTS = {"deposits", "loans", "settlement", "new_deposits"}
_OF_CLAIM = {"year": "tenure", "item": "needed", "staff": "staff_grade", "amount": "indicators"}


def answer(question: RuleQuestion, rulebook: Rulebook, topics: Mapping[str, Topic]) -> Outcome:
    """Everything asked, in the order asked."""
    statements = [
        *_topics(question, rulebook, topics),
        *(_articles(question, rulebook) if not question.aspects and not question.topics else ()),
        *_of_grades(question, rulebook),
    ]
    if not statements:
        return _no_answer(question, rulebook)
    return RuleAnswered(
        rulebook=rulebook,
        statements=tuple(statements),
        compared=_compared(question, statements),
        same=_same(statements) if question.same and _grades(statements) > 1 else None,
        reaches=question.form in (Form.REACHES, Form.WHICH),
        language=question.language,
    )


def _compared(question: RuleQuestion, statements: Sequence[Statement]) -> bool:
    """Two grades or more, which differ in something, or several things of them; a verdict on a figure is no table."""
    if question.topics or question.form is not Form.OPEN or _grades(statements) < 2:
        return False
    if len(question.grades) < 2 and len(statements) < _MANY:
        return False
    return not _same(statements) or len(statements) > 1


def _grades(statements: Iterable[Statement]) -> int:
    return len({grade.key for s in statements for grade in s.grades})


def _same(statements: Sequence[Statement]) -> bool:
    """Whether every fact is one for all the grades that it speaks of."""
    return len(statements) == len({s.fact for s in statements}) and len({len(s.grades) for s in statements}) == 1


def decline(question: OutOfScope, rulebook: Rulebook) -> RuleDeclined:
    """The reason, and the clauses nearest to what was understood."""
    grades = [g for g in rulebook.grades if g.key in question.grades]
    ids = [
        *question.nearest,
        *(c.id for a in question.aspects for g in grades for s in _facts(rulebook, g, a) for c in s.clauses),
    ]
    if question.reason == "not_found":
        ids += [grade.indicators.clause for grade in grades]
    return RuleDeclined(
        reason=question.reason,
        rulebook=rulebook,
        nearest=_clauses(rulebook, dict.fromkeys(ids))[:_MOST_NEAREST],
        subject="、".join(grade.name for grade in grades) or None,
        language=question.language,
    )


def _of_grades(question: RuleQuestion, rulebook: Rulebook) -> list[Statement]:
    aspects = [part for aspect in _aspects(question) for part in SETS.get(aspect, (aspect,))]
    grades = [g for g in rulebook.grades if g.key in question.grades]
    if not aspects or (not grades and question.grades):
        return []
    found: list[Statement] = []
    for aspect in aspects:
        of_one = [s for grade in grades or rulebook.grades for s in _facts(rulebook, grade, aspect)]
        found += [check(s, question.claims, question.form) for s in merged(of_one)]
    found = _once(found)
    if question.form is Form.WHICH:
        exact = [replace(s, holds=None) for s in found if s.holds]
        return exact or _highest_reached(found, question)
    if len(grades) == 1 and {s.fact for s in found} <= _AMOUNTS and found and len(found) < len(grades[0].indicators.of):
        found += [s for s in _facts(rulebook, grades[0], "needed") if s.fact == "needed"]
    return found


def _highest_reached(statements: Sequence[Statement], question: RuleQuestion) -> list[Statement]:
    """贷款2.5亿能上哪一级: the highest grade whose bound it reaches, else the lowest that it misses."""
    checked = [check(replace(s, holds=None), question.claims, Form.REACHES) for s in statements]
    about = [s for s in checked if s.holds is not None]
    reached = [s for s in about if s.holds]
    return reached[:1] or about[-1:]


def _aspects(question: RuleQuestion) -> list[str]:
    """What to say of each grade: what was asked; else what the asker's figure may be; else everything."""
    aspects = list(question.aspects)
    if "single_client" in aspects and {"deposits", "loans"} & set(aspects):
        aspects.remove("single_client")
    if "floor" in aspects and "requirements" in aspects:
        aspects.remove("requirements")
    if aspects or question.topics or question.articles:
        return aspects
    if question.form is Form.OPEN:
        return ["profile"] if len(question.grades) > 1 else ["requirements"]
    guessed = [_OF_CLAIM[c.unit] for c in question.claims if c.unit in _OF_CLAIM]
    return list(dict.fromkeys(guessed)) or ["requirements"]


def _facts(rulebook: Rulebook, grade: Grade, aspect: str) -> list[Statement]:
    return [s for part in SETS.get(aspect, (aspect,)) if part in FACTS for s in FACTS[part](rulebook, grade)]


def _topics(question: RuleQuestion, rulebook: Rulebook, topics: Mapping[str, Topic]) -> list[Statement]:
    """Sentences of knowledge/phrases/topics.yaml; one that this rulebook no longer bears out is not said."""
    found = []
    for key in question.topics:
        topic = topics[key]
        clauses = _clauses(rulebook, topic.clauses)
        if not clauses:
            continue
        said = topic.say_en if question.language is Language.EN else topic.say
        remarks = tuple(
            f"{rulebook.readings[r].text}{rulebook.readings[r].reads}" for r in topic.readings if r in rulebook.readings
        )
        statement = Statement(fact="topic", clauses=clauses, remarks=remarks)
        if says_no_more(said, clauses):
            checked = check(replace(statement, said=topic.say), question.claims, question.form)
            statement = replace(checked, said=said)
        found.append(statement)
    return found


def _articles(question: RuleQuestion, rulebook: Rulebook) -> list[Statement]:
    """An article asked for by its number: its words."""
    found = []
    for number in question.articles:
        clauses = _of_article(rulebook, number)
        if clauses and not clauses[0].missing:
            found.append(Statement(fact="article", clauses=clauses[:_MOST_OF_AN_ARTICLE]))
    return found


def _of_article(rulebook: Rulebook, number: int) -> tuple[Clause, ...]:
    """The article's clauses, without those that only repeat a part of one before."""
    own = re.compile(rf"art{number}(\..*)?")
    kept: list[Clause] = []
    for clause in rulebook.clauses.values():
        if own.fullmatch(clause.id) and not any(clause.text and clause.text in other.text for other in kept):
            kept.append(clause)
    return tuple(kept)


def _no_answer(question: RuleQuestion, rulebook: Rulebook) -> RuleDeclined:
    clauses = [c for number in question.articles for c in _of_article(rulebook, number)[:1]]
    missing = bool(question.articles) and (not clauses or clauses[0].missing)
    return RuleDeclined(
        reason="article_missing" if missing else "not_found",
        rulebook=rulebook,
        nearest=tuple(clauses),
        language=question.language,
    )


def _clauses(rulebook: Rulebook, ids: Iterable[str]) -> tuple[Clause, ...]:
    return tuple(rulebook.clauses[i] for i in ids if i in rulebook.clauses)


def _once(statements: Sequence[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    for statement in statements:
        if statement not in kept:
            kept.append(statement)
    return kept
