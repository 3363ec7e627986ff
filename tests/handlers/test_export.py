"""导出 in Slack: a workbook and a page in the presser's own direct message, for those entitled alone."""

import pytest

from bot.workspace import WorkspaceThread
from tests.handlers.branch import HR, OTHER, OWN, QUESTION, RunningBot, answers, button_values, press_event, running_bot

BUTTON = "export_standing"


def files(workspace: WorkspaceThread, user: str) -> list[str]:
    return [file["title"] for m in workspace.dm(user) for file in m.get("files", [])]


def test_the_cards_button_sends_both_files(workspace: WorkspaceThread, bot: RunningBot) -> None:
    workspace.say(OWN, QUESTION)
    (card,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
    (value,) = button_values(card, BUTTON)
    assert value == "1001|2026Q3|second"
    workspace.press(OWN, workspace.dm_id(OWN), card["ts"], BUTTON, value=value)
    sent = workspace.wait_for(lambda: len(files(workspace, OWN)) == 2 and files(workspace, OWN))
    assert [name.rpartition(".")[2] for name in sent] == ["xlsx", "html"]
    assert all("李强" in name for name in sent)


def test_hr_gets_another_persons_files_and_the_look_is_recorded_and_a_colleague_gets_neither(
    workspace: WorkspaceThread, bot: RunningBot
) -> None:
    workspace.say(HR, "李强离二级还差多少")
    (card,) = workspace.wait_for(lambda: answers(workspace.dm(HR)))
    (value,) = button_values(card, BUTTON)
    workspace.press(HR, workspace.dm_id(HR), card["ts"], BUTTON, value=value)
    workspace.wait_for(lambda: len(files(workspace, HR)) == 2)
    dm = workspace.dm_id(OTHER)
    workspace.inject(press_event(OTHER, dm, BUTTON, value), "interactive")
    workspace.wait_for(lambda: answers(workspace.dm(OTHER)))
    assert not files(workspace, OTHER)
    with bot.parts.store.read() as view:
        looks = [entry for entry in view.audit.entries("1001") if '"export"' in entry["details"]]
    assert [entry["actor"] for entry in looks] == ["3001"]


@pytest.mark.parametrize("setting", ["LADDER_CLIENT_NAMES=number", "LADDER_FIGURES=band"])
def test_where_names_or_figures_stay_in_the_bank_no_file_leaves(
    workspace: WorkspaceThread, store_url: str, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(*setting.split("="))
    with running_bot(workspace, store_url):
        workspace.say(OWN, QUESTION)
        (card,) = workspace.wait_for(lambda: answers(workspace.dm(OWN)))
        assert not button_values(card, BUTTON)
