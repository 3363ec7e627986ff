"""After a session whoever was in it is asked two questions, once; HR and the trainer see counts and no names."""

from pathlib import Path

from bot.services.import_ledger import ImportLedger
from bot.workspace import WorkspaceThread
from tests.handlers.branch import HR, OTHER, OWN, SUPERVISOR, RunningBot, answers, button_values, words
from tests.handlers.test_ledger_drops import next_answer
from tests.handlers.test_signups import press

SESSIONS = (
    "编号,主题,日期,开始,结束,讲师\nF1,昨天的课,2026-10-08,14:00,16:00,周敏\nF2,没有完的课,2026-10-09,09:00,23:00,\n"
)
ATTENDANCE = "编号,工号,学时\nF1,1001,2\nF1,1003,2\nF1,1004,2\n"


def test_the_questions_the_answers_and_what_hr_and_the_trainer_see(
    workspace: WorkspaceThread, bot: RunningBot, tmp_path: Path
) -> None:
    for name, content in (("培训.csv", SESSIONS), ("签到.csv", ATTENDANCE)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    files = [tmp_path / "培训.csv", tmp_path / "签到.csv"]
    bot.parts.imports(ImportLedger(parsed=bot.parts.read_ledger(files), actor="3001"))
    bot.parts.sign_ups.sweep()
    bot.parts.sign_ups.sweep()
    asked = next_answer(workspace, OWN, 0)
    assert "对工作有用吗" in words(asked) and "讲得清楚吗" in words(asked)
    assert button_values(asked, "session_rate_1") == ["1|useful|F1", "1|clear|F1"]
    assert "谢谢" in words(press(workspace, OWN, "session_rate_1", "1|useful|F1"))
    assert "谢谢" in words(press(workspace, OWN, "session_rate_3", "3|useful|F1"))
    assert "只有参加过" in words(press(workspace, OTHER, "session_rate_1", "1|useful|F1"))
    assert "只有参加过" in words(press(workspace, OWN, "session_rate_1", "1|useful|F2"))
    workspace.slash(HR, "/training 反馈 F1", channel=workspace.dm_id(HR))
    assert "收到 1 份" in words(next_answer(workspace, HR, 0)), "one answer would say who gave it"
    with bot.parts.store.write() as view:
        for person in ("1003", "1004"):
            view.feedback.put("F1", person, "useful", 1, bot.parts.clock.now())
    for count, user in ((1, HR), (0, SUPERVISOR)):
        workspace.slash(user, "/training 反馈 F1", channel=workspace.dm_id(user))
        assert "很有用 2 · 有一些 0 · 用不上 1" in words(next_answer(workspace, user, count))
    workspace.slash(OWN, "/training 反馈 F1", channel=workspace.dm_id(OWN))
    assert "不能提供" in words(next_answer(workspace, OWN, 4))
    assert len(answers(workspace.dm(OWN))) == 5, "asked once"
