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


def test_a_result_of_the_exam_in_the_attendance_counts_from_its_day_on(ladder: Ladder, tmp_path: Path) -> None:
    files = {
        "人员.csv": "工号,姓名,岗位等级,模拟银行考试\n7,甲,三级,未考\n8,乙,三级,合格\n",
        "培训.csv": "编号,主题,类别,日期\nE1,上半年考试,模拟银行考试,2026-06-10\nE2,补考,模拟银行考试,2026-10-10\nX,小测,班组学习,2026-06-11\n",
        "签到.csv": "编号,工号,学时,成绩\nE1,7,2,不合格\nE2,7,2,合格\nE1,8,2,缺考\nX,8,2,不合格\n",
        "汇率.csv": "截止日,美元兑人民币\n2026-09-30,7.1\n2026-12-31,7.1\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert ladder("import", *(tmp_path / name for name in files)).code == 0

    def exams(period: str) -> dict[str, bool | None]:
        lines = [*ladder("progress", "--all", "--period", period, "--json").lines]
        assert lines == [*ladder("progress", "7", "8", "--period", period, "--json").lines]
        return {line["manager"]: line["grades"]["third"]["conditions"]["exam"] for line in lines}

    assert exams("2026Q2") == {"7": False, "8": True}, "the failed exam holds; what is no result changes nothing"
    assert exams("2026Q4") == {"7": True, "8": True}


def test_a_fault_of_the_attendance_is_reported_with_its_place(ladder: Ladder, tmp_path: Path) -> None:
    imported(ladder, tmp_path)
    (tmp_path / "签到.csv").write_text("编号,工号,学时,成绩\nT9,7,2,\nT1,99,2,\nT1,7,两,\n", encoding="utf-8")
    report = ladder("import", tmp_path / "签到.csv", "--json")
    (said,) = report.lines
    assert report.code == 1 and {(e["row"], e["column"]) for e in said["errors"]} >= {(4, "学时")}
    (tmp_path / "签到.csv").write_text("编号,工号,学时,成绩\nT9,7,2,\nT1,99,2,\n", encoding="utf-8")
    (said,) = ladder("import", tmp_path / "签到.csv", "--json").lines
    assert {(e["row"], e["value"]) for e in said["errors"]} == {(2, "T9"), (3, "99")}
