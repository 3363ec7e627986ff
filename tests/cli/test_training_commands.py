"""`ladder training` as scripts and HR use it, on both stores."""

from pathlib import Path

from tests.cli.conftest import Ladder

SESSIONS = """编号,主题,类别,适用等级,日期,开始,结束,地点,讲师,名额,学时
T2,贸易融资,集中学习,"一级,二级",2026-12-11,09:00,17:00,三楼,沈国良,30,7
T1,班组学习,班组学习,全部,2026-10-15,18:30,20:30,,,,2
"""
PEOPLE = "工号,姓名,岗位等级\n7,甲,三级\n8,乙,二级\n"


def imported(ladder: Ladder, folder: Path) -> None:
    for name, content in (("培训.csv", SESSIONS), ("人员.csv", PEOPLE)):
        (folder / name).write_text(content, encoding="utf-8")
    assert ladder("import", folder / "培训.csv", folder / "人员.csv").code == 0


def test_what_was_imported_is_listed_by_time_and_for_one_person(ladder: Ladder, tmp_path: Path) -> None:
    imported(ladder, tmp_path)
    first, second = ladder("training", "list", "--json").lines
    assert (first["id"], first["grades"], first["hours"]) == ("T1", ["all"], "2.00")
    assert second == {
        "id": "T2",
        "topic": "贸易融资",
        "category": "集中学习",
        "grades": ["first", "second"],
        "date": "2026-12-11",
        "start": "09:00",
        "end": "17:00",
        "place": "三楼",
        "trainer": "沈国良",
        "seats": 30,
        "hours": "7.00",
        "seats_left": 30,
        "cancelled": False,
    }
    at = ("--now", "2026-10-15T19:00")
    assert ladder("training", "list", "--as", "7", "--json", *at).lines == []
    assert [s["id"] for s in ladder("training", "list", "--as", "8", "--json", *at).lines] == ["T2"]
    assert "下一次:2026-12-11 周五 09:00-17:00 贸易融资" in ladder("training", "list", "--as", "8", *at).out
    assert ladder("training", "list", "--as", "99").code == 1


def test_a_plan_is_shown_with_its_quotes(ladder: Ladder) -> None:
    assert any(line["key"] == "company" for line in ladder("training", "plan", "--json").lines)
    facts = {line["fact"]: line for line in ladder("training", "plan", "company", "--json").lines}
    assert "240个小时" in facts["time"]["quotes"][0]
    assert ladder("training", "plan", "没有的").code == 2
