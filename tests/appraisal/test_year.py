"""The annual appraisal: special reports (R16), trainees after their year (R20), the leading group (R25, articles 14, 15)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import AppraisalRefused, CannotUndo
from bot.wiring import Parts
from tests.appraisal.office import CLERK, LEADER, OTHER_LEADER, REVIEWER, Office
from tests.ledgers import FIGURES, held, load, sheet

PEOPLE = [
    "工号",
    "姓名",
    "单位",
    "岗位等级",
    "连续营销起始日",
    "见习起始日",
    "学历",
    "模拟银行考试",
    "违规记录",
    "专题报告日期",
    "角色",
]
YEAR, LAST = "2026-12-31", "2025-12-31"


def people(folder: Path, *, reported: str = "2026-11-02") -> Path:
    staff = ("2015-01-01", "", "本科", "合格", "无")
    return sheet(
        folder, "人员", PEOPLE,
        ("1001", "甲", "一部", "高级", *staff, reported, "客户经理"),
        ("1002", "乙", "一部", "二级", *staff, "", "客户经理"),
        ("1003", "丙", "二部", "见习", "2025-06-30", "2025-12-31", "本科", "合格", "无", "", "客户经理"),
        ("1004", "丁", "二部", "见习", "2026-01-01", "2026-01-01", "本科", "合格", "无", "", "客户经理"),
        ("3001", "经办", "人力", "", *staff, "", "HR经办"),
        ("3002", "复核", "人力", "", *staff, "", "HR复核"),
        ("3101", "行长", "分行", "", *staff, "", "领导小组"),
        ("3102", "副行长", "分行", "", *staff, "", "领导小组"),
    )  # fmt: skip


def branch(parts: Parts, folder: Path, reported: str = "2026-11-02") -> None:
    """甲: 2.6亿 with a client of 1.2亿, new 6000万: two of four of 高级. 乙: 1.6亿, new 4000万: 一级. 丙 and 丁: 1600万, new."""
    wan = 10_000
    rows = [("C1", 12_000, 9_000), ("C2", 14_000, 11_000), ("C3", 16_000, 12_000), ("C4", 1_600, 0), ("C5", 1_600, 0)]
    figures = [(d, c, f"客户{c}", amount * wan, *[0] * 10) for c, now, then in rows
               for d, amount in ((LAST, then), (YEAR, now))]  # fmt: skip
    owner = [("C1", "1001"), ("C2", "1001"), ("C3", "1002"), ("C4", "1003"), ("C5", "1004")]
    report = load(
        parts,
        people(folder, reported=reported),
        sheet(folder, "业绩", FIGURES, *figures),
        held(folder, *((c, m, "100", "2020-01-01", "") for c, m in owner)),
    )
    assert report.accepted, report.errors


@pytest.fixture
def year(joined: Parts, tmp_path: Path) -> Iterator[Office]:
    branch(joined, tmp_path)
    yield Office(joined, "2026")


def grades(office: Office) -> dict[str, str | None]:
    return {line.person: line.proposed for line in office.trial().lines}


def test_the_year_proposes_the_appointment(year: Office) -> None:
    year.settle()
    # 丙's probation was over on 2026-12-31, that day included: judged for 四级 and up; 丁's is not.
    assert grades(year) == {"1001": "senior", "1002": "first", "1003": "third", "1004": "trainee"}


def test_a_report_that_is_missing_fails_the_year_and_not_the_last_quarter(joined: Parts, tmp_path: Path) -> None:
    branch(joined, tmp_path, reported="")
    office, quarter = Office(joined, "2026"), Office(joined, "2026Q4")
    office.settle()
    quarter.settle()
    assert grades(office)["1001"] == "first"
    assert grades(quarter)["1001"] == "senior"


def test_senior_and_first_wait_for_the_leading_group(year: Office) -> None:
    year.settle()
    year.propose()
    effect = year.parts.appraisal_decisions.effect(year.step(REVIEWER))
    assert (effect.to_approve, effect.approved) == (("1001", "1002"), ())
    with pytest.raises(AppraisalRefused) as refused:
        year.confirm()
    assert (refused.value.facts["reason"], refused.value.facts["people"]) == ("not_approved", ["1001", "1002"])
    year.approve(LEADER, ["1001"])
    with pytest.raises(AppraisalRefused):
        year.approve(LEADER, ["1003"])
    status = year.parts.appraisals.status(year.step())
    assert (status.to_approve, status.next_step, status.next_by) == (("1002",), "approve", "leading_group")
    year.approve(OTHER_LEADER)
    assert year.confirm().run.state == "finalised"


def test_a_quarter_asks_nobody(joined: Parts, tmp_path: Path) -> None:
    branch(joined, tmp_path)
    quarter = Office(joined, "2026Q4")
    quarter.settle()
    quarter.propose()
    assert quarter.confirm().run.state == "finalised"


def test_who_is_refused_a_grade_is_proposed_for_the_next_one_met_and_other_approvals_stay(year: Office) -> None:
    year.settle()
    year.propose()
    year.approve(LEADER, ["1001"])
    year.reject(LEADER, ["1002"], reason="本年有投诉")
    assert year.parts.appraisals.status(year.step()).run.state == "open"
    year.settle()
    assert grades(year)["1002"] == "second"
    year.propose()
    effect = year.parts.appraisal_decisions.effect(year.step(REVIEWER))
    assert (effect.to_approve, effect.approved) == (("1001",), ("1001",))
    year.confirm()
    assert year.parts.appraisal_export.replay(year.step()).same


def test_published_grades_are_dated_facts_that_later_imports_do_not_undo(year: Office, tmp_path: Path) -> None:
    year.settle()
    year.propose()
    year.approve()
    year.confirm()
    year.publish()
    with year.parts.store.read() as view:
        found = {p.id: (p.grade, str(p.grade_since)) for p in view.people.everyone() if p.grade}
    changed = {"1002": ("first", "2027-01-01"), "1003": ("third", "2027-01-01")}
    assert {key: found[key] for key in changed} == changed
    assert found["1004"][0] == "trainee"
    assert not year.parts.appraisals.status(year.step(CLERK)).late
    report = load(year.parts, people(tmp_path / "again"))
    assert report.accepted
    with pytest.raises(CannotUndo):
        year.parts.imports.undo(2, CLERK)
    with year.parts.store.read() as view:
        person = view.people.get("1002")
        assert person and person.grade == "first"
    assert [w.code for w in report.warnings if w.code == "established_fact_stands"] == ["established_fact_stands"] * 2
