"""A revision of the regulation is data: another k, bound, floor or grade is loaded and judged without a line of Python."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.judge import Facts
from bot.domain.ledger import FULL_SHARE, LedgerState
from bot.domain.measures import FloorSums, Measures
from bot.domain.money import Money
from bot.domain.people import Education, Exam, Person, Title
from bot.domain.period import Period
from bot.domain.rulebook import Measure, Rulebook
from bot.domain.standing import Standing, judge_standing
from bot.domain.verdict import Verdict
from bot.errors import NoRulebook
from bot.loading import data
from bot.loading.rulebooks import check, load_shelf

AS_OF = date(2026, 9, 30)
DEPOSITS, NET, LOANS, NEW = Measure.DEPOSITS, Measure.NET_DEPOSITS, Measure.LOANS, Measure.NEW_DEPOSITS

SEVENTH = """\
grades:
  - key: chief
    name: 资深客户经理
    clause: art3
    staff_grade: {value: 4等, clause: art4.0}
    floor: {amount: 800万元, clause: art11.two.0.3, readings: [R1]}
    indicators:
      key: chief.indicators
      needed: 三项
      clause: art11.two.0.1
      of:
        - {key: chief.a, measure: net_deposits, at_least: 4亿元, clause: art11.two.0.1.a}
        - {key: chief.b, measure: loans, at_least: 5亿元, clause: art11.two.0.1.b}
        - {key: chief.d, measure: new_deposits, at_least: 8000万元, clause: art11.two.0.1.d}
    pass_line:
      key: chief.pass_line
      measure: deposits
      at_least: 1500万元
      floor: {amount: 50万元, clause: art9.two.2}
      clause: art9.two.2
    conditions:
      - {key: chief.tenure, kind: tenure, years: 5年, clause: art11.one.0.1, readings: [R15]}
"""
SEVENTH_CLAUSES = """
art4.0: {label: 第四条(资深), printed: "资深客户经理 4等"}
art11.one.0.1: {label: 第十一条·一(零)1, printed: "在本行连续从事营销工作5年以上。"}
art11.two.0.1: {label: 第十一条·二·0(1), printed: "必须在以下条件中同时具备三项:"}
art11.two.0.1.a: {label: 第十一条·二·0(1)a, printed: "日均存款余额(不含协议存款)4亿元以上;"}
art11.two.0.1.b: {label: 第十一条·二·0(1)b, printed: "日均贷款余额5亿元以上;"}
art11.two.0.1.d: {label: 第十一条·二·0(1)d, printed: "年新增日均存款8000万元以上。"}
art11.two.0.3: {label: 第十一条·二·0(3), printed: "统计不包括日均存款余额在800万元以下的客户。"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped rulebooks, to be revised."""
    return Path(shutil.copytree(data.knowledge() / "rulebooks", tmp_path / "rulebooks"))


def revise(folder: Path, file: str, *changes: tuple[str, str]) -> None:
    """Replaces words that stand once in the file."""
    path = folder / "2026" / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def load(folder: Path) -> Rulebook:
    assert check(folder) == []
    return load_shelf(folder).on(AS_OF)


def judge(rulebook: Rulebook, *, grade: str = "second", clients: list[dict[Measure, str]], deposits: str) -> Standing:
    """A manager who lacks no personal condition, has no loan-quality question, and whose clients each hold `deposits`."""
    whole = Money.parse(deposits).minor
    floors = {}
    for floor in rulebook.floors():
        counted = clients if whole >= floor else []
        parts = [{m: Money.parse(w).minor * FULL_SHARE for m, w in {DEPOSITS: deposits, **c}.items()} for c in counted]
        floors[floor] = FloorSums(
            counted=len(counted),
            excluded=len(clients) - len(counted),
            sums={m: sum(part.get(m, 0) for part in parts) for m in Measure},
            largest={m: max((part.get(m, 0) for part in parts), default=0) for m in Measure},
        )
    person = Person(
        id="1001",
        name="测试",
        grade=grade,
        marketing_since=date(2015, 1, 1),
        education=Education.BACHELOR,
        title=Title.NONE,
        exam=Exam.PASSED,
        breach=False,
        report_date=date(2026, 3, 1),
    )
    state = LedgerState(as_of=AS_OF, has_figures=True, has_last_year=True, usd_cny=None, batch=1)
    facts = Facts(person, Period.at(AS_OF), state, Measures(manager="1001", floors=floors))
    return judge_standing(rulebook, facts)


def test_as_shipped_one_indicator_is_enough_for_the_second_grade(folder: Path) -> None:
    standing = judge(load(folder), clients=[{NET: "7500万元"}], deposits="7500万元")
    assert standing.proposed == "second"


def test_another_k_is_judged(folder: Path) -> None:
    revise(
        folder,
        "clauses.yaml",
        (
            'art11.two.3.1:\n  label: 第十一条·二·3(1)\n  printed: "必须在以下条件中具备其中一项:"',
            'art11.two.3.1:\n  label: 第十一条·二·3(1)\n  printed: "必须在以下条件中具备其中二项:"',
        ),
    )
    revise(
        folder,
        "grades.yaml",
        ("key: second.indicators\n      needed: 一项", "key: second.indicators\n      needed: 二项"),
    )
    rulebook = load(folder)
    one = judge(rulebook, clients=[{NET: "7500万元"}], deposits="7500万元")
    assert one.grades["second"].indicators.verdict is Verdict.FAILED
    assert one.proposed == "third"
    two = judge(rulebook, clients=[{NET: "7500万元", LOANS: "1.8亿元"}], deposits="7500万元")
    assert two.proposed == "second"


def test_another_bound_and_another_single_client_bound_are_judged(folder: Path) -> None:
    revise(
        folder,
        "clauses.yaml",
        ("7500万元以上(其中必须有单户日均存款余额在2500万元", "8000万元以上(其中必须有单户日均存款余额在4000万元"),
    )
    revise(
        folder,
        "grades.yaml",
        (
            "at_least: 7500万元\n          single_client_at_least: 2500万元",
            "at_least: 8000万元\n          single_client_at_least: 4000万元",
        ),
    )
    rulebook = load(folder)

    def verdict(*parts: str) -> Verdict:
        standing = judge(rulebook, clients=[{NET: part} for part in parts], deposits="5000万元")
        return standing.grades["second"].indicators.parts[0].verdict

    assert verdict("4000万元", "4000万元") is Verdict.MET
    assert verdict("4000万元", "3999万元") is Verdict.FAILED
    assert verdict("3900万元", "3900万元", "3900万元") is Verdict.FAILED


def test_another_floor_is_judged(folder: Path) -> None:
    revise(
        folder,
        "clauses.yaml",
        (
            "二级客户经理业务指标统计均不包括日均存款余额在100万元",
            "二级客户经理业务指标统计均不包括日均存款余额在200万元",
        ),
    )
    revise(folder, "grades.yaml", ("amount: 100万元", "amount: 200万元"))
    rulebook = load(folder)
    for deposits, expected in (("200万元", Verdict.MET), ("199万元", Verdict.FAILED)):
        standing = judge(rulebook, clients=[{LOANS: "1.8亿元"}] * 8, deposits=deposits)
        assert standing.grades["second"].indicators.verdict is expected


def test_a_seventh_grade_above_the_senior_one_is_judged_and_proposed(folder: Path) -> None:
    revise(folder, "grades.yaml", ("grades:\n", SEVENTH))
    with (folder / "2026" / "clauses.yaml").open("a", encoding="utf-8") as clauses:
        clauses.write(SEVENTH_CLAUSES)
    rulebook = load(folder)
    assert [grade.short_name for grade in rulebook.grades] == ["资深", "高级", "一级", "二级", "三级", "四级", "见习"]
    client = {NET: "4亿元", LOANS: "5亿元", NEW: "8000万元"}
    full = judge(rulebook, grade="senior", clients=[client], deposits="4亿元")
    assert full.proposed == "chief"
    short = judge(rulebook, grade="senior", clients=[{**client, NEW: "7999万元"}], deposits="4亿元")
    assert short.grades["chief"].verdict is Verdict.FAILED
    assert short.proposed == "senior"


def test_the_next_version_takes_over_on_its_first_day_and_the_old_one_still_answers_for_its_own(folder: Path) -> None:
    shutil.copytree(folder / "2026", folder / "2027")
    path = folder / "2027" / "rulebook.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"2026"', '"2027"').replace("since: 2026-01-01", "since: 2027-07-01"),
        encoding="utf-8",
    )
    assert [fault.code for fault in check(folder)] == ["overlap"]
    revise(folder, "rulebook.yaml", ("until: null", "until: 2027-06-30"))
    shelf = load_shelf(folder)
    first = date(2027, 7, 1)
    assert shelf.on(first).version == "2027"
    assert shelf.on(first - timedelta(days=1)).version == "2026"
    with pytest.raises(NoRulebook):
        shelf.on(date(2025, 12, 31))


def test_after_the_last_day_of_the_last_version_none_holds(folder: Path) -> None:
    revise(folder, "rulebook.yaml", ("until: null", "until: 2026-12-31"))
    with pytest.raises(NoRulebook):
        load_shelf(folder).on(date(2027, 1, 1))
