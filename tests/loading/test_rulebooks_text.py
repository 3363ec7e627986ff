"""The clauses are the regulation word for word: held against the source itself, white space aside."""

import re

import pytest

from bot.domain.rulebook import Clause, Rulebook
from bot.loading import data
from bot.loading.rulebooks import load_shelf

TITLE = "交通银行南昌分行客户经理岗位等级管理办法"
BETWEEN = re.compile(
    r"第[一二三四五]章|第[一二三四五六七八九十]+条|[一二三四五六]、|\([一二三]\)|\([123]\)|[1-6][.、]|[a-d]、"
)
HEADINGS = {
    "客户经理岗位等级设定",
    "客户经理岗位条线设置与配备原则",
    "客户经理的基本职责、任职条件",
    "客户经理的待遇",
    "客户经理岗位等级管理的组织和程序",
    "素质要求",
    "业务指标",
    "高级客户经理",
    "一级客户经理",
    "二级及以下客户经理",
    "二级客户经理",
    "三级客户经理",
    "四级客户经理",
}
"""What stands between the clauses beside their numbers."""

MISPRINTS = {
    "art10.three": ("土动", "主动"),
    "art10.six": ("力口深", "加深"),
    "art11.lead": ("条件外具备", "条件外还须相应具备"),
    "art11.one.1.1": ("3年以上。还须相应", "3年以上。"),
    "art11.one.3.1": ("1年以上;及以下客户经理不作此项要求。三级", "1年以上;三级及以下客户经理不作此项要求。"),
    "art11.one.3.3": ("司题", "问题"),
    "art11.two.1.2": ("共他", "其他"),
    "art11.two.2.2": ("正常灯贷款", "正常类贷款"),
    "art11.two.3.2": ("正常灯贷款", "正常类贷款"),
    "art11.two.4.2": ("正常灯贷款", "正常类贷款"),
    "art11.two.5.2": ("正常灯贷款", "正常类贷款"),
}


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_shelf().rulebooks[0]


@pytest.fixture(scope="module")
def source() -> str:
    (file,) = (data.knowledge() / "source").glob("*.txt")
    whole = squeezed(file.read_text(encoding="utf-8"))
    return whole[whole.rindex(TITLE) :].removesuffix("相关文档最新文档")


def within(clause: Clause, rulebook: Rulebook) -> bool:
    """Whether the clause is a part of the one whose id it extends, whose words hold it."""
    above = rulebook.clauses.get(clause.id.rpartition(".")[0])
    return above is not None and squeezed(clause.printed) in squeezed(above.printed)


def test_every_clause_stands_in_the_source_word_for_word(rulebook: Rulebook, source: str) -> None:
    for clause in rulebook.clauses.values():
        assert squeezed(clause.printed) in source, clause.id


def test_the_clauses_in_their_order_leave_nothing_of_the_regulation_out(rulebook: Rulebook, source: str) -> None:
    at, between = len(TITLE), []
    for clause in rulebook.clauses.values():
        if clause.missing or within(clause, rulebook):
            continue
        printed = squeezed(clause.printed)
        start = source.index(printed, at)
        between += [word for word in BETWEEN.split(source[at:start]) if word]
        at = start + len(printed)
    assert source[at:] == ""
    assert set(between) == HEADINGS


def test_the_articles_one_to_fifteen_are_there_and_only_the_thirteenth_is_missing(rulebook: Rulebook) -> None:
    articles = {clause.id.split(".")[0] for clause in rulebook.clauses.values()}
    assert articles == {"preamble", *(f"art{number}" for number in range(1, 16))}
    assert [clause.id for clause in rulebook.clauses.values() if clause.missing] == ["art13"]


def test_each_misprint_is_kept_as_printed_and_corrected_beside_it_and_nothing_else_is_corrected(
    rulebook: Rulebook,
) -> None:
    corrected = {clause.id: clause for clause in rulebook.clauses.values() if clause.corrected}
    assert corrected.keys() == MISPRINTS.keys()
    for clause_id, (wrong, right) in MISPRINTS.items():
        clause = corrected[clause_id]
        assert wrong in squeezed(clause.printed)
        assert squeezed(clause.printed).replace(wrong, right) == squeezed(clause.text), clause_id


def test_no_two_clauses_are_cited_by_the_same_words(rulebook: Rulebook) -> None:
    labels = [clause.label for clause in rulebook.clauses.values()]
    assert sorted(set(labels)) == sorted(labels)
    assert rulebook.clauses["art11.two.3.1.a"].label == "第十一条·二·3(1)a"


@pytest.mark.parametrize("clause_id", ["art12.two", "art13", "art15", "art11.two.5.1.c", "art11.two.4.1.a"])
def test_what_is_missing_or_doubtful_in_the_document_is_said(clause_id: str, rulebook: Rulebook) -> None:
    note = rulebook.clauses[clause_id].note
    assert note
    assert re.search("缺失|照录", note)
