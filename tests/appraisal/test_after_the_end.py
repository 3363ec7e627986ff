"""Exports as a branch files them, and appeals with the correcting run."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.errors import AppraisalRefused, NoAppraisal, ReasonNeeded
from bot.render.appraisal_files import as_csv, as_json, as_xlsx
from bot.services.appraisal_appeals import FileAppeal, RuleAppeal
from tests.appraisal.office import CLERK, REVIEWER, Office
from tests.appraisal.test_year import branch


@pytest.fixture
def ended(joined, tmp_path: Path) -> Office:  # type: ignore[no-untyped-def]
    branch(joined, tmp_path)
    office = Office(joined, "2026")
    office.settle()
    office.propose()
    office.approve()
    office.confirm()
    return office


def test_the_workbook_is_what_a_branch_files(ended: Office) -> None:
    exported = ended.parts.appraisal_export.export(ended.step())
    rulebook = ended.parts.shelf.rulebooks[-1]
    book = load_workbook(io.BytesIO(as_xlsx(exported, rulebook)))
    assert book.sheetnames == ["考核结果", "考核表", "审批表", "费用"]
    results = book["考核结果"]
    assert results["A1"].value == "2026 客户经理考核结果"
    assert "单位:万元" in results["A2"].value
    assert results["A3"].value.startswith("制表人:经办")
    assert results.freeze_panes == "A5"
    assert results.page_setup.paperSize == 9
    # 甲: 1.2亿 + 1.4亿 = 26000万元
    assert [cell.value for cell in results[5]][:8] == ["1001", "甲", "一部", "高级", "高级", "不变", "达到", 26000]
    assert "签字" in book["考核表"].cell(row=book["考核表"].max_row, column=1).value
    assert [row[0].value for row in book["审批表"].iter_rows(min_row=5, max_row=6)] == ["1001", "1002"]
    # 第十二条: 300 + 260 + 160 + 160 = 880 元
    assert book["费用"].cell(row=book["费用"].max_row, column=4).value == 880
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_csv_opens_in_excel_and_json_is_recomputed_anywhere(ended: Office) -> None:
    exported = ended.parts.appraisal_export.export(ended.step())
    text = as_csv(exported, ended.parts.shelf.rulebooks[-1])
    assert text.startswith("\ufeff工号,姓名".encode())
    assert text.decode("utf-8-sig").count("\n") == 5
    snapshot = json.loads(as_json(exported))
    assert snapshot["exported"]["via"] == "test"
    assert ended.parts.appraisal_export.replay_file(snapshot).same


def appeal(office: Office, by: str, text: str = "C3 的存款少计") -> FileAppeal:
    return FileAppeal(**office._asked(by), kind="amount", item="first.a", text=text)  # type: ignore[arg-type]


def ruling(office: Office, by: str, number: int, outcome: str, reason: str = "已核对") -> RuleAppeal:
    return RuleAppeal(**office._asked(by), number=number, outcome=outcome, reason=reason)  # type: ignore[arg-type]


def test_an_appeal_that_is_granted_opens_a_correcting_run_and_leaves_the_old_one(ended: Office) -> None:
    appeals = ended.parts.appeals
    with pytest.raises(NoAppraisal):
        appeals.file(appeal(ended, "1002"))  # not published yet
    digest = ended.publish().run.digest
    filed = appeals.file(appeal(ended, "1002"))
    assert appeals.file(appeal(ended, "1002")).again
    with pytest.raises(NoAppraisal):
        appeals.file(appeal(ended, "3001"))
    with pytest.raises(AppraisalRefused):
        appeals.listed(ended.step("1002"))
    assert [a.number for a in appeals.listed(ended.step())] == [filed.appeal.number] == [1]
    with pytest.raises(ReasonNeeded):
        appeals.rule(ruling(ended, CLERK, 1, "granted", " "))
    with pytest.raises(AppraisalRefused):
        appeals.rule(ruling(ended, "1002", 1, "granted"))
    ruled = appeals.rule(ruling(ended, CLERK, 1, "granted"))
    assert ruled.correction
    assert (ruled.correction.number, ruled.correction.corrects) == (2, 1)
    assert appeals.rule(ruling(ended, CLERK, 1, "granted")).again
    with pytest.raises(AppraisalRefused):
        appeals.rule(ruling(ended, REVIEWER, 1, "rejected"))
    ended.settle()
    ended.propose()
    ended.approve()
    ended.confirm()
    with ended.parts.store.read() as view:
        first, second = view.appraisals.everything()
    assert (first.digest, first.state, second.state) == (digest, "published", "finalised")
