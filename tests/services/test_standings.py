"""Which grade a card is about, and that looking is recorded."""

from pathlib import Path

import pytest

from bot.domain.access import Asker
from bot.services.outcomes import Denied, NoGrade, StandingShown
from bot.wiring import Parts
from tests.ledgers import figures, held, load, sheet

Q3 = "2026-09-30"
HEADER = [
    "工号",
    "姓名",
    "岗位等级",
    "连续营销起始日",
    "见习起始日",
    "学历",
    "模拟银行考试",
    "违规记录",
    "角色",
    "主管工号",
]


def branch(joined: Parts, folder: Path, grade: str, yuan: int, probation: str = "") -> None:
    """1001 holds `grade` with one client of `yuan`, new this year to a trainee; 1002 supervises, 1003 is HR, 1004 a colleague."""
    known = ["2015-01-01", probation, "本科", "合格", "无"]
    files = [
        sheet(
            folder,
            "人员",
            HEADER,
            ["1001", "甲", grade, *known, "客户经理", "1002"],
            ["1002", "乙", "", *known, "主管", ""],
            ["1003", "丙", "", *known, "HR经办", ""],
            ["1004", "丁", "三级", *known, "客户经理", ""],
        ),
        figures(folder, (Q3, "C1", yuan), ("2025-12-31", "C9" if probation else "C1", yuan)),
        held(folder, ("C1", "1001", 100, "2026-01-01", "")),
    ]
    assert load(joined, *files).accepted


def shown(joined: Parts, asker: str, subject: str | None = None, grade: str | None = None) -> object:
    with joined.store.read() as view:
        who = Asker(view.people.get(asker), asker)
    return joined.standings.show_standing(who, subject_id=subject, grade=grade)


@pytest.mark.parametrize(
    ("grade", "yuan", "probation", "about"),
    [
        ("三级", 40_000_000, "", "second"),
        ("一级", 10_000_000, "", "first"),
        ("三级", 80_000_000, "", "first"),
        ("高级", 300_000_000, "", "senior"),
        ("见习", 5_000_000, "2026-03-01", "trainee"),
        ("见习", 11_000_000, "2026-03-01", "fourth"),
        ("见习", 40_000_000, "2025-03-01", "first"),
        ("见习", 5_000_000, "2025-03-01", "fourth"),
    ],
    ids=[
        "达到现任的,看上一级",
        "未达到现任的,先看现任",
        "已超过上一级的,看再上一级",
        "最高一级没有再上一级",
        "见习期内未达的,看见习",
        "见习期内已达的,看四级",
        "见习期满的,看已达到之上的一级",
        "见习期满而什么都没达到的,看四级",
    ],
)
def test_the_card_is_about_the_next_thing_to_reach(
    joined: Parts, tmp_path: Path, grade: str, yuan: int, probation: str, about: str
) -> None:
    branch(joined, tmp_path, grade, yuan, probation)
    card = shown(joined, "1001")
    assert isinstance(card, StandingShown)
    assert card.focus.grade.key == about


def test_the_grade_asked_for_goes_before(joined: Parts, tmp_path: Path) -> None:
    branch(joined, tmp_path, "三级", 40_000_000)
    card = shown(joined, "1001", grade="senior")
    assert isinstance(card, StandingShown)
    assert card.focus.grade.key == "senior"


def test_staff_without_a_grade_are_told_so_and_may_still_ask_about_one(joined: Parts, tmp_path: Path) -> None:
    branch(joined, tmp_path, "三级", 40_000_000)
    assert shown(joined, "1002") == NoGrade(own=True)
    assert shown(joined, "1003", "1002") == NoGrade(own=False)
    assert isinstance(shown(joined, "1002", grade="second"), StandingShown)


def test_looks_at_others_are_recorded_before_they_are_shown_and_refusals_are_none(
    joined: Parts, tmp_path: Path
) -> None:
    branch(joined, tmp_path, "三级", 40_000_000)
    for asker, subject in (("1001", None), ("1002", "1001"), ("1003", "1001"), ("1004", "1001")):
        shown(joined, asker, subject)
    with joined.store.read() as view:
        looks = [(e["actor"], e["subject"]) for e in view.audit.entries() if e["action"] == "looked"]
        assert view.audit.verify() is None
    assert looks == [("1002", "1001"), ("1003", "1001")]


def test_a_refusal_is_the_same_whoever_is_not_there(joined: Parts, tmp_path: Path) -> None:
    branch(joined, tmp_path, "三级", 40_000_000)
    assert shown(joined, "1004", "1001") == shown(joined, "1004", "9999") == Denied(unlinked=False)
