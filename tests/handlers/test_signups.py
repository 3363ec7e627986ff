"""报名, 候补, 请假, 加日历, 取消 over Slack's protocol; the calendar file and the private address."""

import http.client
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject

from bot.services.import_ledger import ImportLedger
from bot.workspace import WorkspaceThread
from tests.handlers.branch import (
    HR,
    OTHER,
    OWN,
    RunningBot,
    answers,
    button_values,
    press_event,
    running_bot,
    slack_settings,
    words,
)
from tests.handlers.test_ledger_drops import next_answer

JOIN, LEAVE, CALENDAR = "session_join", "session_leave", "session_calendar"
HEADER = "编号,主题,日期,开始,结束,地点,名额\n"
ONE_SEAT = f"{HEADER}S1,票据新规,2026-10-12,14:00,16:00,三楼,1\nS2,同时的课,2026-10-12,15:00,17:00,二楼,9\n"


def put_down(bot: RunningBot, folder: Path, content: str = ONE_SEAT) -> None:
    (folder / "培训.csv").write_text(content, encoding="utf-8")
    bot.parts.imports(ImportLedger(parsed=bot.parts.read_ledger([folder / "培训.csv"]), actor="3001"))


def press(workspace: WorkspaceThread, user: str, action: str, session: str) -> dict[str, Any]:
    """A button under a session; what the bot then says to whoever pressed it."""
    before = len(answers(workspace.dm(user)))
    workspace.inject(press_event(user, workspace.dm_id(user), action, session), "interactive")
    return next_answer(workspace, user, before)


def test_the_last_seat_the_waiting_list_and_who_moves_up(
    workspace: WorkspaceThread, bot: RunningBot, tmp_path: Path
) -> None:
    put_down(bot, tmp_path)
    workspace.slash(OWN, "/training 下周", channel=workspace.dm_id(OWN))
    listed = next_answer(workspace, OWN, 0)
    assert "名额 1,余 1" in words(listed).replace("名额 1余 1", "名额 1,余 1") and "S1" in button_values(listed, JOIN)
    assert "已报名:票据新规" in words(press(workspace, OWN, JOIN, "S1"))
    assert "候补第 1 位" in words(press(workspace, OTHER, JOIN, "S1"))
    clash = press(workspace, OWN, JOIN, "S2")
    assert "与你已报名的「票据新规」" in words(clash) and "时间冲突" in words(clash)
    assert "已请假" in words(press(workspace, OWN, LEAVE, "S1"))
    moved = next_answer(workspace, OTHER, 1)
    assert "候补到你了" in words(moved) and "2026-10-10" in words(moved)
    assert button_values(moved, JOIN) == ["S1"] == button_values(moved, LEAVE)
    assert "已报名:票据新规" in words(press(workspace, OTHER, JOIN, "S1"))
    assert len(answers(workspace.dm(OTHER))) == 3, "told once"


def test_a_session_that_is_called_off_or_moved_is_told_to_its_list_alone(
    workspace: WorkspaceThread, bot: RunningBot, tmp_path: Path
) -> None:
    put_down(bot, tmp_path)
    press(workspace, OWN, JOIN, "S1")
    press(workspace, OTHER, JOIN, "S1")
    put_down(bot, tmp_path, f"{HEADER}S1,票据新规,2026-10-13,14:00,16:00,三楼,1\n")
    bot.parts.sign_ups.sweep()
    for user in (OWN, OTHER):
        assert "2026-10-13" in words(next_answer(workspace, user, 1))
    workspace.slash(HR, "/training 取消 S1", channel=workspace.dm_id(HR))
    asked = next_answer(workspace, HR, 0)
    assert "已报名 1 人" in words(asked) and "候补 1 人" in words(asked)
    assert "已取消" in words(press(workspace, HR, "session_cancel", "S1"))
    for user in (OWN, OTHER):
        assert "人力资源部已取消" in words(next_answer(workspace, user, 2))
    press(workspace, HR, "session_cancel", "S1")
    assert "已取消" in words(press(workspace, OWN, JOIN, "S1"))
    bot.parts.sign_ups.sweep()
    assert len(answers(workspace.dm(OTHER))) == 3, "and nobody is told twice"
    with bot.parts.store.read() as view:
        rows = [row for row in view.outbox.rows() if row.kind == "session_change"]
    assert len(rows) == 4 and {str(row.state) for row in rows} == {"sent"}


@pytest.mark.parametrize(
    ("action", "session", "said"),
    [
        (JOIN, "nothing", "没有这场培训"),
        (JOIN, "T260915", "已经开始"),
        (LEAVE, "T261015", "不在这场培训的名单上"),
        ("session_cancel", "T261015", "不能提供"),
    ],
)
def test_what_a_button_may_not_do_is_refused_on_the_server(
    workspace: WorkspaceThread, bot: RunningBot, action: str, session: str, said: str
) -> None:
    assert said in words(press(workspace, OWN, action, session))
    with bot.parts.store.read() as view:
        assert view.signups.of_person("1001") == [] and view.signups.cancelled() == frozenset()


def test_the_calendar_file_is_read_by_another_library_and_follows_changes(
    workspace: WorkspaceThread, bot: RunningBot, tmp_path: Path
) -> None:
    put_down(bot, tmp_path)
    workspace.inject(press_event(OWN, workspace.dm_id(OWN), CALENDAR, "S1"), "interactive")
    shared = workspace.wait_for(lambda: [m for m in workspace.dm(OWN) if m.get("files")])
    assert shared[0]["files"][0]["title"] == "培训-S1.ics"
    first = event_of(bot)
    assert first.uid.value == "session-S1@ladder" and first.sequence.value == "0"
    assert first.dtstart.value.astimezone(UTC) == datetime(2026, 10, 12, 6, tzinfo=UTC)
    put_down(bot, tmp_path, f"{HEADER}S1,票据新规,2026-10-13,14:00,16:00,三楼,1\n")
    press(workspace, HR, "session_cancel", "S1")
    last = event_of(bot)
    assert (last.uid.value, last.sequence.value, last.status.value) == (first.uid.value, "2", "CANCELLED")


def event_of(bot: RunningBot) -> Any:
    """S1 as vobject reads it."""
    with bot.parts.store.read() as view:
        asker = bot.parts.calendars.entry(_asker(view), "S1")
    assert asker
    text = bot.parts.calendar_file([asker]).decode()
    assert "BEGIN:VTIMEZONE" in text and "TZID:Asia/Shanghai" in text
    return vobject.readOne(text).vevent


def _asker(view: Any) -> Any:
    from bot.domain.access import Asker

    return Asker(view.people.get("1001"), "1001")


def test_the_private_address_serves_ones_own_calendar_until_it_is_revoked(
    workspace: WorkspaceThread, store_url: str
) -> None:
    with running_bot(workspace, store_url, metrics=0) as bot:
        object.__setattr__(bot.parts.calendars, "_base", "http://ladder.example")
        press(workspace, OWN, JOIN, "T261015")
        workspace.slash(OWN, "/training 日历", channel=workspace.dm_id(OWN))
        shown = next_answer(workspace, OWN, 1)
        path = words(shown).split("http://ladder.example")[1].split(".ics")[0] + ".ics"
        status, body = fetch(bot, path)
        assert status == 200 and vobject.readOne(body).vevent.uid.value == "session-T261015@ladder"
        assert fetch(bot, "/calendar/somebody.ics")[0] == 404
        workspace.press(OWN, workspace.dm_id(OWN), shown["ts"], "feed_revoke")
        assert "已撤销" in words(next_answer(workspace, OWN, 2))
        assert fetch(bot, path)[0] == 404
        with bot.parts.store.read() as view:
            assert view.signups.feed_owner(path) is None
    assert slack_settings(workspace, store_url).public_url is None


def fetch(bot: RunningBot, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", int(bot.address.rpartition(":")[2]), timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()
