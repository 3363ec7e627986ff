"""LADDER_CLIENT_NAMES and LADDER_FIGURES, held against every byte that the bot has sent to the workspace."""

import csv
import re
from pathlib import Path

import pytest

from bot.workspace import WorkspaceThread
from tests.handlers.branch import HR, OWN, SUPERVISOR, answers, button_values, running_bot

ROOT = Path(__file__).parents[2]
ROWS = list(csv.DictReader((ROOT / "knowledge/demo/业绩.csv").open(encoding="utf-8")))
NAMES = {row["客户名称"] for row in ROWS}
ASKED = (
    *(
        "我离二级还差多少",
        "为什么不是二级",
        "我怎么最快到二级",
        "到二级还要拉多少存款",
        "对照二级哪些客户差一点就能计入",
    ),
    *("我什么时候能到二级", "如果C001再存3000万呢", "/grade 一级"),
)
OF_OTHERS = ("李强离二级还差多少", "赵磊的进度", "我的团队")
FIGURE = re.compile(r"6,?900|7,?400|1,?850\b|3,?100万|4,?100万|92%|600万")
"""李强's, from knowledge/demo/README.md."""


@pytest.mark.parametrize(("names", "figures"), [("masked", "full"), ("number", "none"), ("masked", "band")])
def test_what_the_settings_keep_in_the_bank_reaches_no_byte_of_the_workspace(
    workspace: WorkspaceThread, store_url: str, monkeypatch: pytest.MonkeyPatch, names: str, figures: str
) -> None:
    monkeypatch.setenv("LADDER_CLIENT_NAMES", names)
    monkeypatch.setenv("LADDER_FIGURES", figures)
    with running_bot(workspace, store_url):
        for user, texts in ((OWN, ASKED), (SUPERVISOR, OF_OTHERS), (HR, OF_OTHERS[:2])):
            for number, text in enumerate(texts, start=1):
                workspace.slash(user, text) if text.startswith("/") else workspace.say(user, text)
                workspace.wait_for(lambda user=user, number=number: len(answers(workspace.dm(user))) >= number)
        card = answers(workspace.dm(OWN))[0]
        before = len(answers(workspace.dm(OWN)))
        for action in ("explain_figure", "left_out_clients"):
            workspace.press(OWN, workspace.dm_id(OWN), card["ts"], action, value=button_values(card, action)[0])
        workspace.wait_for(lambda: len(answers(workspace.dm(OWN))) >= before + 2)
        workspace.open_home(OWN)
        workspace.wait_for(lambda: "views.publish" in {call.method for call in workspace.calls})
    sent = [call for call in workspace.calls if call.method.startswith(("chat.", "views.", "files."))]
    told = "".join(str(call) for call in sent)
    assert len(sent) > len(ASKED)
    assert [name for name in NAMES if name in told] == []
    assert figures == "full" or not FIGURE.search(told)
