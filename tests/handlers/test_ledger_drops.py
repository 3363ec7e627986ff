"""A ledger in HR's direct message: dry run, confirmation, faults sent back; over the wire, on both engines."""

import io
import re
import signal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.loading import ledger_workbooks, marking
from bot.storage.unit_of_work import Store
from bot.workspace import WorkspaceThread
from bot.workspace.faults import Fault
from tests.handlers.branch import (
    HR,
    OWN,
    RunningBot,
    answers,
    button_values,
    press_event,
    words,
)
from tests.handlers.test_kill import bot_process

HEADER = "截止日,客户号,客户名称,日均存款,其中协议存款,日均贷款,国际结算额,正常类贷款,关注类贷款,次级类贷款,可疑类贷款,损失类贷款,欠息,垫款"
ROW = "2026-12-31,C001,江州舸禾陶瓷有限公司,{},0,0,0,0,0,0,0,0,0,0"
CONFIRM = "ledger_confirm"


def ledger(deposits: object = "12345.67") -> bytes:
    return f"{HEADER}\n{ROW.format(deposits)}\n".encode()


def batches(bot: RunningBot) -> int:
    with bot.parts.store.write() as view:
        return view.batches.newest() or 0


def next_answer(workspace: WorkspaceThread, user: str, count: int) -> dict[str, Any]:
    return workspace.wait_for(lambda: answers(workspace.dm(user))[count:], timeout=30)[0]


def dropped(workspace: WorkspaceThread, content: bytes, name: str = "业绩.csv") -> dict[str, Any]:
    before = len(answers(workspace.dm(HR)))
    workspace.drop_file(HR, name, content)
    return next_answer(workspace, HR, before)


def press(workspace: WorkspaceThread, message: dict[str, Any], action: str = CONFIRM) -> dict[str, Any]:
    before = len(answers(workspace.dm(HR)))
    workspace.press(HR, workspace.dm_id(HR), message["ts"], action)
    return next_answer(workspace, HR, before)


def test_a_dropped_file_is_reported_on_and_loaded_only_when_confirmed(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    before = batches(bot)
    report = dropped(workspace, ledger())
    assert "尚未入库" in words(report) and "12345.67元" in words(report) and "2026-09-30" in words(report)
    (value,) = button_values(report, CONFIRM)
    assert re.fullmatch(r"[0-9a-f]{32}", value), "an id and nothing else"
    assert "12345" not in report["text"].replace(",", ""), "no figure on a lock screen"
    assert batches(bot) == before
    loaded = press(workspace, report)
    assert "已入库" in words(loaded) and batches(bot) == before + 1
    again = press(workspace, report)
    assert f"批次 {before + 1}" in words(again) and batches(bot) == before + 1
    assert [status for _, status in workspace.downloads] == [200, 200]


def test_nobody_but_hr_loads_anything(workspace: WorkspaceThread, bot: RunningBot) -> None:
    before = batches(bot)
    report = dropped(workspace, ledger())
    (value,) = button_values(report, CONFIRM)
    workspace.drop_file(OWN, "业绩.csv", ledger())
    workspace.inject(press_event(OWN, workspace.dm_id(OWN), CONFIRM, value), "interactive")
    workspace.slash(OWN, "/appraise 导入")
    workspace.wait_for(lambda: len(answers(workspace.dm(OWN))) == 3)
    assert all("不能提供" in words(m) and "12345" not in words(m) for m in answers(workspace.dm(OWN)))
    assert batches(bot) == before
    assert len(workspace.downloads) == 1, "what others send is not even fetched"


def test_in_a_channel_nothing_is_loaded_and_no_figure_shown(workspace: WorkspaceThread, bot: RunningBot) -> None:
    channel = next(
        c.id
        for c in workspace.workspace.world.conversations.values()
        if c.kind != "im" and HR in c.members and "U0LADDER" in c.members
    )
    workspace.drop_file(HR, "业绩.csv", ledger(), channel=channel, text="@客户经理等级助手 导入")
    (told,) = workspace.wait_for(lambda: answers(workspace.messages(channel)))
    assert "只在私信里" in words(told) and "12345" not in words(told)
    assert not answers(workspace.dm(HR)) and not workspace.downloads


def test_faults_come_back_marked_in_the_same_rows(workspace: WorkspaceThread, bot: RunningBot) -> None:
    report = dropped(workspace, ledger("=1+1"))
    assert "没有入库" in words(report) and not button_values(report, CONFIRM)
    sent = next_answer(workspace, HR, 1)
    assert sent["files"][0]["title"] == "业绩-标注.xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(workspace.file(sent["files"][0]["id"]))).worksheets[0]
    cell = sheet["D2"]
    assert cell.comment and cell.value == "=1+1" and cell.data_type == "s", "text, not a formula"
    assert cell.fill.start_color.rgb.endswith("F4B6B6")


def test_a_file_too_large_to_mark_comes_back_as_a_list_and_the_words_say_so(
    workspace: WorkspaceThread, bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "_MOST_BYTES", 100)
    report = dropped(workspace, ledger("=1+1"))
    assert "标注" not in words(report)
    sent = next_answer(workspace, HR, 1)
    assert "业绩.csv 太大或无法改写" in words(sent) and sent["files"][0]["title"] == "错误清单.xlsx"
    page = openpyxl.load_workbook(io.BytesIO(workspace.file(sent["files"][0]["id"]))).worksheets[0]
    assert [cell.value for cell in page[2]][3:6] == ["2", "日均存款", "=1+1"]


def test_of_two_files_of_one_name_neither_is_marked(workspace: WorkspaceThread, bot: RunningBot) -> None:
    other = f"{HEADER}\n{ROW.format(5).replace('C001', 'C002')}\n".encode()
    workspace.drop_files(HR, [("业绩.csv", ledger("=1+1")), ("业绩.csv", other)])
    sent = next_answer(workspace, HR, 1)
    assert [file["title"] for file in sent["files"]] == ["错误清单.xlsx"]


def test_more_faults_than_a_message_names_come_as_a_list_too(workspace: WorkspaceThread, bot: RunningBot) -> None:
    rows = "\n".join(ROW.format("无").replace("C001", f"C{n:03}") for n in range(20))
    report = dropped(workspace, f"{HEADER}\n{rows}\n".encode())
    assert "共 20 个错误" in words(report) and "其余 5 个见随后发来的错误清单" in words(report)
    workspace.wait_for(lambda: len(answers(workspace.dm(HR))) == 3, timeout=30)
    marked_, listed = answers(workspace.dm(HR))[1:]
    assert [m["files"][0]["title"] for m in (marked_, listed)] == ["业绩-标注.xlsx", "错误清单.xlsx"]
    page = openpyxl.load_workbook(io.BytesIO(workspace.file(listed["files"][0]["id"]))).worksheets[0]
    assert page.max_row == 21


def test_a_marked_workbook_that_slack_does_not_take_is_said_to_be_missing(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    workspace.fail(Fault("files.getUploadURLExternal", "file_upload_size_restricted"))
    dropped(workspace, ledger("=1+1"))
    assert "「业绩-标注.xlsx」没有发出去" in words(next_answer(workspace, HR, 1))


def test_the_ledger_moved_since_the_dry_run(workspace: WorkspaceThread, bot: RunningBot) -> None:
    first, second = dropped(workspace, ledger()), dropped(workspace, ledger("99999.00"))
    press(workspace, second)
    before = batches(bot)
    anew = press(workspace, first)
    assert "重新检查" in words(anew) and batches(bot) == before
    assert "已入库" in words(press(workspace, anew)) and batches(bot) == before + 1


@pytest.mark.parametrize("value", ["", "x", "f" * 32])
def test_a_button_of_no_dry_run_loads_nothing(workspace: WorkspaceThread, bot: RunningBot, value: str) -> None:
    before = batches(bot)
    workspace.inject(press_event(HR, workspace.dm_id(HR), CONFIRM, value), "interactive")
    if len(value) == 32:
        assert "已失效" in words(next_answer(workspace, HR, 0))
    workspace.wait_for(lambda: bot.bot.desk.waiting == 0)
    assert batches(bot) == before


def test_a_blank_workbook_and_an_example_that_can_be_loaded(
    workspace: WorkspaceThread, bot: RunningBot, tmp_path: Path
) -> None:
    workspace.slash(HR, "/appraise 导入", channel=workspace.dm_id(HR))
    told = next_answer(workspace, HR, 0)
    for action in ("ledger_blank", "ledger_example"):
        sent = press(workspace, told, action)
        book = openpyxl.load_workbook(io.BytesIO(workspace.file(sent["files"][0]["id"])))
        assert book.sheetnames == ["人员", "业绩", "管户", "汇率", "培训", "签到"]
        assert all(cell.data_type in "sn" for page in book for row in page.rows for cell in row)
    path = tmp_path / "示例.xlsx"
    path.write_bytes(ledger_workbooks.example())
    assert bot.parts.read_ledger([path]).errors == ()


def test_a_file_that_slack_does_not_give_is_said_to_be_missing(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.fail(Fault("files.info", "file_not_found"))
    assert "没有取到" in words(dropped(workspace, ledger()))


@pytest.mark.parametrize("crash_at", ["after_ack", "after_post"])
def test_killed_between_the_press_and_the_answer_it_is_loaded_once(
    workspace: WorkspaceThread, store_url: str, crash_at: str
) -> None:
    with bot_process(workspace, store_url):
        report = dropped(workspace, ledger())
    with bot_process(workspace, store_url, crash_at) as process:
        workspace.press(HR, workspace.dm_id(HR), report["ts"], CONFIRM)
        assert process.wait(30) == -signal.SIGKILL
    with bot_process(workspace, store_url):
        loaded = next_answer(workspace, HR, 1)
        assert "已入库" in words(loaded)
        press(workspace, report)
    store = Store(store_url)
    with store.write() as view:
        imported = [e for e in view.audit.entries() if e["action"] == "imported" and e["subject"]]
    store.close()
    assert len(imported) == 1


def test_killed_after_the_faults_went_back_nothing_comes_twice(workspace: WorkspaceThread, store_url: str) -> None:
    with bot_process(workspace, store_url, "after_post") as process:
        dropped(workspace, ledger("=1+1"))
        assert process.wait(30) == -signal.SIGKILL
    assert len(answers(workspace.dm(HR))) == 2, "the words and the workbook"
    with bot_process(workspace, store_url):
        workspace.say(HR, "二级要多少贷款")
        workspace.wait_for(lambda: any("贷款" in words(m) for m in answers(workspace.dm(HR))[2:]), timeout=30)
        workspace.wait_for(lambda: _finished(store_url), timeout=30)
    assert [len(m.get("files") or ()) for m in answers(workspace.dm(HR))] == [0, 1, 0]


def _finished(store_url: str) -> bool:
    store = Store(store_url)
    with store.talk_engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT count(*) FROM inbox WHERE finished_at IS NULL").scalar()
    store.close()
    return left == 0
